"""A sitting's signed acts put in their envelopes, then sent, beside tar and gzip alone and a bare POST of the same.

`python -m bench sending [N]`: N acts, 150 by default. The TdT is simulated, over loopback HTTP: it judges each act as a
real one does, and that work is most of the cost; the bare POST goes to a program that reads and says yes.
"""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from bench.line import Line

if TYPE_CHECKING:
    from hemicycle.protocols.actes import Acte, Transmission

#: Reads what it is sent and answers nothing more.
SWALLOWS = """
import http.server, sys
class Door(http.server.BaseHTTPRequestHandler):
    protocol_version, disable_nagle_algorithm = "HTTP/1.1", True
    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200); self.send_header("content-length", "0"); self.end_headers()
    def log_message(self, *said): pass
server = http.server.HTTPServer(("127.0.0.1", 0), Door)
print('{"url": "http://127.0.0.1:%d"}' % server.server_address[1], flush=True)
server.serve_forever()
"""
LOGIN = ("hemicycle", "hemicycle")
SIREN = "229999990"


def run(count: int) -> None:
    """Print the measures, for that many acts."""
    print(f"{f'measure ({count} acts, per act)':<52}{'ours':>12}{'limit':>12}{'ratio':>9}   what the limit is")
    for line in measures(count):
        ratio = line.ours / line.limit
        print(f"{line.name:<52}{line.ours:>9.2f} ms{line.limit:>9.2f} ms{ratio:>8.2f}×   {line.what}")


def measures(count: int) -> Iterator[Line]:
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    signed = _signed(now)
    acts = [_acte(signed, f"CP{now:%Y}_{rank:04d}", now.date()) for rank in range(1, count + 1)]
    packed, made = _each(acts, lambda act: _packed(act, now.date()))
    bare, _ = _each(made, _bare_archive)
    yield Line(name="pack: message, envelope, archive", ours=packed, limit=bare, what="tar + gzip -9 of the same files")
    yield from _sent(acts)


def _sent(acts: Sequence[Acte]) -> Iterator[Line]:
    import httpx

    from hemicycle.gateways.prefecture.client import S2lowClient

    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="hemicycle-bench-"))
        options = ["--siren", SIREN, "--login", LOGIN[0], "--password", LOGIN[1], "--data", folder]
        tdt = stack.enter_context(_program(["-m", "simulators.prefecture", "--port", "0", *options]))
        door = stack.enter_context(_program(["-c", SWALLOWS]))
        ours, _ = _each(acts, S2lowClient(tdt, *LOGIN).deposit)
        http = stack.enter_context(httpx.Client(auth=LOGIN))
        forms = [_form(act) for act in acts]
        judged, taken = _each(forms, lambda form: http.post(f"{tdt}/modules/actes/actes_transac_create.php", **form))
        swallowed, answers = _each(forms, lambda form: http.post(door, **form))
    assert all(answer.text.startswith("OK") for answer in taken), taken[0].text
    assert all(answer.status_code == 200 for answer in answers)
    yield Line(name="send to the simulated TdT", ours=ours, limit=judged, what="bare httpx POST of that form, there")
    yield Line(name="the same", ours=ours, limit=swallowed, what="bare httpx POST to a program that only reads")


def _form(act: Acte) -> dict[str, Any]:
    """What S²LOW is sent for an act (norm: s2low-api.md §4.1), under another number: each is taken once."""
    number = act.number.replace("CP", "CD")
    sent = {"api": "1", "nature_code": str(int(act.nature)), "number": number, "subject": act.subject}
    levels = {f"classif{level}": str(code) for level, code in enumerate(act.matiere, start=1)}
    days = {"decision_date": act.decided_on.isoformat(), "type_acte": act.document.type_code, "document_papier": "0"}
    file = (f"{number}.pdf", act.document.data, "application/pdf")
    return {"data": sent | levels | days, "files": {"acte_pdf_file": file}}


def _signed(now: dt.datetime) -> bytes:
    """An act as the signature leaves it, level B-B: its proofs would add bytes to both sides alike."""
    from bench.signatures import _authority, _bare, _enrolled
    from hemicycle.gateways.signature.pkcs12 import Pkcs12Key
    from hemicycle.rendering.deliberation import render_deliberation
    from tests.rendering.samples import deliberation

    with _authority() as url:
        key = Pkcs12Key(*_enrolled(url))
    return _bare(render_deliberation(deliberation(), at=now), key, now)()


def _acte(signed: bytes, number: str, on: dt.date) -> Acte:
    from hemicycle.protocols.actes import Acte, Nature, Piece, default_classification, matiere_code

    nature = Nature.from_abbreviation("DE")
    document = Piece(
        name=f"{number}.pdf", type_code=nature.default_piece_type, data=signed, media_type="application/pdf"
    )
    return Acte(
        number=number,
        nature=nature,
        decided_on=on,
        matiere=matiere_code("7.5"),
        subject="Subventions de fonctionnement aux associations",
        document=document,
        annexes=(),
        classification_date=default_classification().dated,
    )


def _packed(act: Acte, on: dt.date) -> Transmission:
    from hemicycle.protocols.actes import Contact, Emitter, build_transmission

    return build_transmission(
        act,
        emitter=Emitter(siren=SIREN, departement="099", arrondissement="1", nature="22"),
        contact=Contact(name="Service des assemblées", email=""),
        return_addresses=["retour@tdt.test"],
        serial=1,
        on=on,
        trigramme="HEM",
        quadrigramme="TACT",
    )


def _bare_archive(made: Transmission) -> bytes:
    """The same files under the same names, by the library alone."""
    packed = io.BytesIO()
    files = [(made.envelope_name, made.envelope), (made.message_name, made.message)]
    with tarfile.open(fileobj=packed, mode="w") as tar:
        for name, data in [*files, *((one.name, one.data) for one in made.documents)]:
            header = tarfile.TarInfo(name)
            header.size = len(data)
            tar.addfile(header, io.BytesIO(data))
    return gzip.compress(packed.getvalue(), compresslevel=9)


def _each(things: Sequence[Any], action: Callable[[Any], Any]) -> tuple[float, list[Any]]:
    """Mean milliseconds of each of these calls, and what they gave; the first, which opens connections, not counted."""
    made = [action(things[0])]
    start = time.perf_counter()
    made += [action(thing) for thing in things[1:]]
    return (time.perf_counter() - start) * 1000 / max(len(things) - 1, 1), made


@contextmanager
def _program(arguments: Sequence[str]) -> Iterator[str]:
    """A program that says its address in one line, until the end of the block."""
    with subprocess.Popen([sys.executable, *arguments], stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        try:
            yield json.loads(program.stdout.readline())["url"]
        finally:
            program.terminate()
            program.wait(10)
