"""A mail of the ministry is gathered whatever the order and the look of its parts."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.protocols.actes import (
    ActesError,
    AnomalieEnveloppe,
    ARActe,
    Contact,
    EnveloppeCLMISILL,
    EnveloppeMISILLCL,
    Member,
    Message,
    Unreadable,
    build_envelope,
    build_message,
    describe,
    parse_message,
    read_archive,
    read_return,
    write_archive,
)
from hemicycle.protocols.actes.messages import Annulation, Courrier, DefereTA, FichierSigne

from .made import EMITTER, a_pdf
from .test_parse import ACT_ID, ACTE, DAY

BODY = Member(name="corps.html", data="<html><p>Transmis en multi canal</p></html>".encode("iso-8859-1"))
ENVELOPE = "TACT--SPREF0991-229999990-20261218-101.xml"
DEFERE = DefereTA(
    acte_id=ACT_ID,
    filed_on=DAY,
    illegality="Incompétence de l’auteur",
    documents=(FichierSigne(name="requete.pdf"), FichierSigne(name="pieces.pdf")),
)


def parts(message: Message, name: str, *documents: Member) -> list[Member]:
    envelope = EnveloppeMISILLCL(
        sender="IDSousPref",
        departement="099",
        arrondissement="1",
        forms=(FichierSigne(name=name),),
        siren="229999990",
    )
    return [
        Member(name=ENVELOPE, data=build_envelope(envelope)),
        Member(name=name, data=build_message(message)),
        *documents,
        BODY,
    ]


def a_defere() -> list[Member]:
    documents = [Member(name=name, data=a_pdf(name)) for name in ("requete.pdf", "pieces.pdf")]
    return parts(DEFERE, f"{ACT_ID}-5-1_17.xml", *documents)


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_the_parts_changes_nothing(seed: int) -> None:
    mixed = a_defere()
    random.Random(seed).shuffle(mixed)

    found = read_return(mixed)

    assert found is not None
    assert (found.siren, found.rejected, found.strays) == ("229999990", "", ("corps.html",))
    assert found.messages[0].message == DEFERE
    assert [document.name for document in found.messages[0].documents] == ["requete.pdf", "pieces.pdf"]
    assert found.messages[0].missing == ()


def test_the_archive_a_tdt_makes_of_a_return_is_read_the_same() -> None:
    archive = write_archive(a_defere())

    found = read_return(read_archive(archive))

    assert found is not None
    assert found.messages[0].data == build_message(DEFERE)


def test_utf_8_under_a_latin_1_declaration_is_read_right() -> None:
    lying = [
        Member(name=part.name, data=part.data.decode("iso-8859-1").encode() if part.name.endswith("xml") else part.data)
        for part in a_defere()
    ]

    found = read_return(lying)

    assert found is not None
    assert found.messages[0].message == DEFERE


def test_a_shape_of_before_2017_is_read() -> None:
    receipt = ARActe(acte_id=ACT_ID, received_on=DAY, acte=ACTE, classification_date=DAY)
    paper = b"  <actes:DocumentPapier>N</actes:DocumentPapier>\n"
    old = [Member(name=part.name, data=part.data.replace(paper, b"")) for part in parts(receipt, f"{ACT_ID}-1-2_5.xml")]

    found = read_return(old)

    assert found is not None
    message = found.messages[0].message
    assert isinstance(message, ARActe)
    assert message.acte.paper is None


def test_a_letter_whose_document_did_not_come_is_read_and_says_so() -> None:
    letter = Courrier(root="CourrierSimple", acte_id=ACT_ID, dated=DAY, documents=(FichierSigne(name="lettre.pdf"),))

    found = read_return(parts(letter, f"{ACT_ID}-2-1_9.xml"))

    assert found is not None
    assert (found.messages[0].documents, found.messages[0].missing) == ((), ("lettre.pdf",))


def test_a_rejected_envelope_comes_alone_and_names_ours() -> None:
    ours = "TACT--229999990--20261218-4.xml"
    received = EnveloppeCLMISILL(
        emitter=EMITTER, contact=Contact(), return_addresses=("a@b.fr",), forms=(FichierSigne(name="x-1-1_0.xml"),)
    )
    anomaly = AnomalieEnveloppe(on=DAY, nature=5, detail="PREF-VERIF-02", received=received)

    found = read_return([BODY, Member(name=f"ANO_{ours}", data=build_envelope(anomaly))])

    assert found is not None
    assert (found.rejected, found.siren, found.envelope) == (ours, "229999990", anomaly)


def test_a_mail_without_message_is_no_error() -> None:
    assert read_return([BODY]) is None
    assert read_return([]) is None


@pytest.mark.parametrize(
    ("kept", "word"),
    [
        (lambda name: name != ENVELOPE, "pas d’enveloppe"),
        (lambda name: not name.endswith("5-1_17.xml"), "manque"),
    ],
)
def test_an_incomplete_return_is_put_aside_whole(kept: object, word: str) -> None:
    assert callable(kept)
    with pytest.raises(Unreadable, match=word):
        read_return([part for part in a_defere() if kept(part.name)])


def test_a_message_of_ours_cannot_come_back_as_one_of_theirs() -> None:
    with pytest.raises(Unreadable, match="ne peut pas venir du ministère"):
        read_return(parts(Annulation(acte_id=ACT_ID), f"{ACT_ID}-6-1_0.xml"))


def test_an_unknown_message_is_put_aside_with_its_name() -> None:
    unknown = [Member(name=part.name, data=part.data.replace(b"DefereTA", b"MessageInconnu")) for part in a_defere()]

    with pytest.raises(Unreadable, match="MessageInconnu n’est pas un message"):
        read_return(unknown)


def test_every_sample_of_a_message_is_read_even_the_invalid_ones(shared: Path) -> None:
    samples = shared / "norms/actes/samples"
    roots = {}
    for file in sorted(samples.rglob("*.xml")):
        if "--" in file.name.replace("----", "") or file.name.startswith("ANO_"):
            continue
        roots[file.name] = parse_message(file.read_bytes()).root

    assert len(roots) == 12
    assert roots["faketdt-ar-actes-2013-INVALID.xml"] == "ARActe"
    assert roots["nature2_034-000000000-20170701-20170721D-AI-1-3_0.xml"] == "AnomalieActe"
    assert roots["999-1234----7-2_1.xml"] == "RetourClassification"


def test_the_return_samples_of_a_simple_letter_read_together(shared: Path) -> None:
    folder = shared / "norms/actes/samples/2-1_CourrierSimple"

    found = read_return(Member(name=file.name, data=file.read_bytes()) for file in sorted(folder.iterdir()))

    assert found is not None
    assert found.siren == "000000000"
    message = found.messages[0].message
    assert isinstance(message, Courrier)
    assert message.dated == date(2017, 7, 25)
    assert len(found.messages[0].missing) == 1


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_damaged_return_is_read_or_refused_with_a_sentence(data: st.DataObject) -> None:
    held = a_defere()
    place = data.draw(st.integers(0, 1))
    content = bytearray(held[place].data)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    held[place] = Member(name=held[place].name, data=bytes(content))

    try:
        found = read_return(held)
    except ActesError as refusal:
        assert str(refusal)
        return

    assert found is None or len(found.siren) == 9


def test_the_archive_of_a_return_is_told_in_french() -> None:
    name = "SIM-TACT--SPREF0991-229999990-20261218-101.tar.gz"

    found = describe(write_archive(a_defere()[:-1]), name)

    assert found is not None
    assert found.sound, found.problems
    assert any("Illégalité invoquée" in label for label, _ in found.facts)
