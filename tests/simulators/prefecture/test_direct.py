"""A collectivité that is its own TdT: it posts its envelope to the ministry, and is answered by e-mail."""

from __future__ import annotations

import email
import email.policy
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from email.message import EmailMessage
from pathlib import Path
from typing import TypeVar

import httpx
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from hemicycle.protocols.actes import (
    ARActe,
    Member,
    Message,
    Transmission,
    Wrapping,
    build_answer,
    build_cancellation,
    build_classification_request,
    build_receipt,
    read_return,
)
from hemicycle.protocols.actes.messages import (
    ARAnnulation,
    ARReponse,
    Courrier,
    RetourClassification,
    SansChangement,
)
from tests.protocols.actes.made import CONTACT, EMITTER, a_piece, a_transmission, an_acte

from .conftest import NOW
from .running import running_prefecture
from .speaking import calling, until

Kind = TypeVar("Kind")
OURS = "actes@departement.test"


@dataclass
class Box:
    """The mail box of the collectivité, as an SMTP server fills it."""

    mails: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        mail = email.message_from_bytes(content, policy=email.policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 OK"

    def messages(self) -> list[Message]:
        found = []
        for mail in self.mails:
            parts = [Member(name=str(p.get_filename()), data=p.get_content()) for p in mail.iter_attachments()]
            returned = read_return(parts)
            assert returned is not None
            found += [item.message for item in returned.messages]
        return found

    def wait_for(self, kind: type[Kind]) -> Kind:
        until(lambda: any(isinstance(message, kind) for message in self.messages()), f"a {kind.__name__}")
        return next(message for message in self.messages() if isinstance(message, kind))


@dataclass(frozen=True)
class Line:
    client: httpx.Client
    box: Box

    def post(self, sent: Transmission) -> None:
        files = {sent.archive_name: (sent.archive_name, sent.archive)}
        assert self.client.post("/ministere/depot", files=files).status_code == 200


@pytest.fixture
def line(tmp_path: Path, shared: Path) -> Iterator[Line]:
    box = Box()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    try:
        options = (*NOW, "--schemas", str(shared / "norms/actes/xsd"), "--smtp", f"127.0.0.1:{port}")
        with running_prefecture(tmp_path, *options) as url, calling(url) as client:
            yield Line(client, box)
    finally:
        server.stop()


def wrapping(serial: int) -> Wrapping:
    return Wrapping(
        emitter=EMITTER,
        contact=CONTACT,
        return_addresses=(OURS,),
        serial=serial,
        on=date(2026, 12, 18),
        trigramme="HEM",
        quadrigramme="TACT",
    )


def test_a_whole_exchange_goes_by_archive_and_comes_back_by_mail(line: Line) -> None:
    act = a_transmission(an_acte(number="DIRECT_1"), return_addresses=[OURS], trigramme="HEM")

    line.post(act)
    acknowledgement = line.box.wait_for(ARActe)
    line.client.post("/ministere/courrier", data={"acte": act.acte_id, "type": "3-1"})
    letter = line.box.wait_for(Courrier)
    line.post(build_receipt(letter, wrapping=wrapping(2)))
    piece = replace(a_piece(), type_code="99_AU")
    line.post(build_answer(letter, "PieceComplementaire", [piece, piece], wrapping=wrapping(3)))
    answered = line.box.wait_for(ARReponse)
    line.post(build_cancellation(act.acte_id, wrapping=wrapping(4)))
    cancelled = line.box.wait_for(ARAnnulation)

    assert acknowledgement.acte_id == letter.acte_id == answered.acte_id == cancelled.acte_id == act.acte_id
    assert (answered.root, answered.dated) == ("ARPieceComplementaire", letter.dated)
    assert [mail["To"] for mail in line.box.mails] == [OURS] * 4
    assert all("simulateur" in str(mail["Subject"]) for mail in line.box.mails)
    actes = line.client.get("/ministere/actes.json").json()["actes"]
    assert [(acte["count"], acte["accepted"], acte["cancelled"]) for acte in actes] == [(1, 1, True)]


def test_the_classification_is_sent_whole_or_said_unchanged(line: Line) -> None:
    line.post(build_classification_request(None, wrapping=wrapping(1)))
    held = line.box.wait_for(RetourClassification).classification
    line.post(build_classification_request(held.dated, wrapping=wrapping(2)))

    assert line.box.wait_for(SansChangement).classification_date == held.dated
