"""Reading the archive's answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from hemicycle.protocols.seda.reply import NotAReply, read_reply


def _reply(code: str, inside: str = "", root: str = "ArchiveTransferReply") -> bytes:
    return (
        f'<{root} xmlns="fr:gouv:culture:archivesdefrance:seda:v2.2"><Date>2026-03-20</Date>'
        f"<MessageIdentifier>op-1</MessageIdentifier>{inside}<ReplyCode>{code}</ReplyCode>"
        f"<MessageRequestIdentifier>ARCH-1</MessageRequestIdentifier></{root}>"
    ).encode()


def test_a_genuine_acceptance_gives_the_identifier_of_every_piece(shared: Path) -> None:
    data = (shared / "norms/seda/samples/sedaArchiveTransferReply.xml").read_bytes()

    reply = read_reply(data)

    assert (reply.accepted, reply.warning, reply.final, reply.code) == (True, False, True, "OK")
    assert reply.operation_id == "aeeaaaaaace2txtzabdlkaltyrxo4siaaaaq"
    assert reply.objects["ID30"] == "aeaaaaaaaae2txtzaadjwaltyrxsypiaaaaq"
    assert reply.units["ID19"] == "aeaqaaaaaae2txtzaadjwaltyrxsyxiaaaaq"


def test_a_genuine_early_refusal_is_read_in_spite_of_its_schema(shared: Path) -> None:
    data = (shared / "norms/seda/samples/sedaArchiveTransferReplyKO.xml").read_bytes()

    reply = read_reply(data)

    assert (reply.accepted, reply.final, reply.state, reply.request_id) == (False, True, "rejected", "")
    assert 'error originating agency validation[ "FRAN_NP_000002" ]' in [event.cause for event in reply.events]
    assert reply.messages[0] == "Le service d’archives a refusé le transfert."
    assert any("services agents inconnus" in line for line in reply.messages)


def test_an_acknowledgement_is_only_a_receipt(shared: Path) -> None:
    data = (shared / "norms/seda/examples/acknowledgement-2.2.xml").read_bytes()

    reply = read_reply(data)

    assert (reply.kind, reply.accepted, reply.final) == ("receipt", False, False)
    assert reply.request_id == "ARCH-2026-0001-2.2"


@pytest.mark.parametrize(
    ("code", "accepted", "warning", "final"),
    [
        ("OK", True, False, True),
        ("WARNING", True, True, True),
        ("KO", False, False, True),
        ("FATAL", False, False, False),
        ("000", True, False, True),
        ("001", True, True, True),
        ("002", True, True, True),
        ("102", False, False, False),
        ("207", False, False, True),
        ("Test OK", False, False, True),
        ("Nouveau", False, False, True),
        ("", False, False, True),
    ],
)
def test_each_code_has_one_meaning(code: str, accepted: bool, warning: bool, final: bool) -> None:
    reply = read_reply(_reply(code))

    assert (reply.accepted, reply.warning, reply.final) == (accepted, warning, final)


def test_a_code_of_the_national_list_is_said_in_french() -> None:
    reply = read_reply(_reply("207"))

    assert reply.messages == ("Le service d’archives a refusé le transfert : empreinte invalide (code 207).",)


def test_an_event_on_a_piece_names_the_piece() -> None:
    event = "<Event><Outcome>WARNING</Outcome><OutcomeDetailMessage>Format corrigé</OutcomeDetailMessage></Event>"
    group = f'<DataObjectGroup id="ID3"><LogBook>{event}</LogBook></DataObjectGroup>'

    reply = read_reply(_reply("WARNING", f"<DataObjectPackage>{group}</DataObjectPackage>"))

    assert "Pièce ID3 : Format corrigé" in reply.messages


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"<html/>", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])
def test_anything_else_is_not_a_reply(data: bytes) -> None:
    with pytest.raises(NotAReply, match=r"réponse"):
        read_reply(data)
