"""A sitting's acts: rendered, then signed by one key, beside the bare key and pyHanko's stock signer.

`python -m bench signatures [N]`: N acts, 150 by default. The timestamping service and the authority are simulated, over
loopback HTTP: with them, their own RSA is most of the cost, as a real service's round trip would be.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from bench.line import Line, median_ms

T = TypeVar("T")


def run(count: int) -> None:
    """Print the measures, for that many acts."""
    print(f"{f'measure ({count} acts, per act)':<52}{'ours':>12}{'limit':>12}{'ratio':>9}   what the limit is")
    for line in measures(count):
        ratio = line.ours / line.limit
        print(f"{line.name:<52}{line.ours:>9.2f} ms{line.limit:>9.2f} ms{ratio:>8.2f}×   {line.what}")


def measures(count: int) -> Iterator[Line]:
    from hemicycle.rendering.deliberation import render_deliberation
    from tests.rendering.samples import deliberation

    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    empty = median_ms(lambda: subprocess.run([sys.executable, "-S", "-c", ""], check=True), times=10)
    rendered, act = _each(count, lambda: render_deliberation(deliberation(), at=now))
    yield Line(name="render, PDF/A-2a + PDF/UA-1", ours=rendered, limit=empty, what="start an empty interpreter")
    raw = _openssl()
    with _authority() as url:
        yield from _signed([act] * count, url, raw=raw, now=now)


def _signed(acts: Sequence[bytes], url: str, *, raw: float, now: dt.datetime) -> Iterator[Line]:
    from hemicycle.gateways.signature.client import Document, Level, PadesSigner
    from hemicycle.gateways.signature.pkcs12 import Pkcs12Key

    pkcs12, passphrase = _enrolled(url)
    key = Pkcs12Key(pkcs12, passphrase)
    ours, _ = _each(len(acts), _bare(acts[0], key, now))
    stock, _ = _each(min(len(acts), 20), _stock(acts[0], pkcs12, passphrase))
    yield Line(name="sign, B-B, RSA-3072, key kept", ours=ours, limit=raw, what="openssl speed rsa3072")
    yield Line(name="the same", ours=ours, limit=stock, what="pyHanko's stock SimpleSigner (the peer)")
    for level in Level:
        signer = PadesSigner(key, tsa_url=f"{url}/tsa", level=level)
        start = time.perf_counter()
        signer.sign_all([Document(pdf=act, reason="Mesure") for act in acts], at=now, location="Ormelle")
        each = (time.perf_counter() - start) * 1000 / len(acts)
        yield Line(
            name=f"sign in one gesture, {level}, TSA over HTTP", ours=each, limit=raw, what="openssl speed rsa3072"
        )


def _bare(act: bytes, key: object, now: dt.datetime) -> Callable[[], bytes]:
    from cryptography.hazmat.primitives.serialization import Encoding

    from hemicycle.gateways.signature.pkcs12 import Pkcs12Key
    from hemicycle.protocols.pades.prepare import finish, prepare

    assert isinstance(key, Pkcs12Key)
    certificate = key.certificate.public_bytes(Encoding.DER)

    def sign() -> bytes:
        prepared = prepare(act, certificate=certificate, at=now, reason="Mesure", location="Ormelle")
        return finish(prepared, signature=key.values([prepared.to_be_signed])[0])

    return sign


def _stock(act: bytes, pkcs12: bytes, passphrase: str) -> Callable[[], object]:
    from io import BytesIO

    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf
    from pyhanko.sign.fields import SigSeedSubFilter

    signer = SimpleSigner.load_pkcs12_data(pkcs12, other_certs=[], passphrase=passphrase.encode())
    told = PdfSignatureMetadata(field_name="Signature1", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    return lambda: sign_pdf(IncrementalPdfFileWriter(BytesIO(act)), told, signer=signer)


def _each(count: int, action: Callable[[], T]) -> tuple[float, T]:
    """Mean milliseconds of one call among that many in a row, and what the last one made."""
    made = action()
    start = time.perf_counter()
    for _ in range(count):
        made = action()
    return (time.perf_counter() - start) * 1000 / count, made


def _openssl() -> float:
    """Milliseconds of one bare RSA-3072 signature."""
    said = subprocess.run(["openssl", "speed", "-seconds", "2", "rsa3072"], capture_output=True, text=True, check=True)
    found = re.search(r"rsa 3072 bits\s+([\d.]+)s", said.stdout)
    if found is None:
        raise SystemExit(f"openssl speed said something else: {said.stdout}")
    return float(found[1]) * 1000


def _enrolled(url: str) -> tuple[bytes, str]:
    import httpx

    answer = httpx.post(f"{url}/enrol", json={"common_name": "Mesure"}, timeout=30).json()
    return base64.b64decode(answer["pkcs12"]), answer["passphrase"]


@contextmanager
def _authority() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="hemicycle-bench-") as folder:
        command = [sys.executable, "-m", "simulators.authority", "--port", "0", "--data", str(Path(folder))]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
            assert program.stdout is not None
            try:
                yield json.loads(program.stdout.readline())["url"]
            finally:
                program.terminate()
                program.wait(10)
