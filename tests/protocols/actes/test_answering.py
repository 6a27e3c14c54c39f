"""What follows an act: receipts, answers, cancellation, request for the classification."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hemicycle.protocols.actes import (
    ANSWERS,
    RECEIPTS,
    NotBuildable,
    Wrapping,
    build_answer,
    build_cancellation,
    build_classification_request,
    build_receipt,
    describe,
    parse_envelope,
    parse_message,
    read_archive,
)
from hemicycle.protocols.actes.envelope import EnveloppeCLMISILL
from hemicycle.protocols.actes.messages import KINDS, Annulation, Courrier, DemandeClassification, FichierSigne

from .made import CONTACT, EMITTER, PNG, a_piece

ACT_ID = "099-229999990-20261217-CP2026_101-DE"
WRITTEN = date(2027, 1, 12)
WRAPPING = Wrapping(
    emitter=EMITTER,
    contact=CONTACT,
    return_addresses=("retour@tdt.test",),
    serial=3,
    on=date(2027, 2, 1),
    trigramme="SIM",
    quadrigramme="TACT",
)


def a_letter(root: str = "LettreObservations") -> Courrier:
    text = "" if root == "CourrierSimple" else "Le plan de financement."
    return Courrier(root=root, acte_id=ACT_ID, dated=WRITTEN, text=text, documents=(FichierSigne(name="lettre.pdf"),))


@pytest.mark.parametrize(("letter", "root"), [(letter, root) for letter, roots in ANSWERS.items() for root in roots])
def test_every_answer_is_a_sound_archive_that_echoes_the_date_of_the_letter(
    shared: Path, letter: str, root: str
) -> None:
    sent = build_answer(a_letter(letter), root, [a_piece(type_code="99_AU")], wrapping=WRAPPING)

    message = parse_message(sent.message)
    assert isinstance(message, Courrier)
    assert (message.root, message.acte_id, message.dated) == (root, ACT_ID, WRITTEN)
    assert [document.name for document in sent.documents] == [f"99_AU-{ACT_ID}-{KINDS[root].code}_1.pdf"]
    verdict = describe(sent.archive, sent.archive_name, schemas=shared / "norms/actes/xsd")
    assert verdict is not None
    assert verdict.problems == []


def test_pieces_asked_for_leave_together_in_their_order() -> None:
    pieces = [a_piece(type_code="99_AU"), a_piece(type_code="21_RP", data=PNG, media_type="image/png")]

    sent = build_answer(a_letter("DemandePieceComplementaire"), "PieceComplementaire", pieces, wrapping=WRAPPING)

    assert [member.name for member in read_archive(sent.archive)] == [
        "TACT--229999990--20270201-3.xml",
        f"{ACT_ID}-3-4_0.xml",
        f"99_AU-{ACT_ID}-3-4_1.pdf",
        f"21_RP-{ACT_ID}-3-4_2.png",
    ]


@pytest.mark.parametrize(
    ("letter", "root", "count", "word"),
    [
        ("CourrierSimple", "RejetLettreObservations", 1, "ne répond pas"),
        ("DefereTA", "ReponseCourrierSimple", 1, "ne répond pas"),
        ("LettreObservations", "ReponseLettreObservations", 0, "document"),
        ("LettreObservations", "ReponseLettreObservations", 2, "un seul"),
        ("DemandePieceComplementaire", "RefusPieceComplementaire", 2, "un seul"),
    ],
)
def test_an_answer_that_fits_no_letter_is_refused(letter: str, root: str, count: int, word: str) -> None:
    pieces = [a_piece(type_code="99_AU")] * count

    with pytest.raises(NotBuildable, match=word):
        build_answer(a_letter(letter), root, pieces, wrapping=WRAPPING)


@pytest.mark.parametrize("letter", sorted(RECEIPTS))
def test_a_letter_that_wants_one_has_its_receipt(letter: str) -> None:
    sent = build_receipt(a_letter(letter), wrapping=WRAPPING)

    message = parse_message(sent.message)
    assert isinstance(message, Courrier)
    assert (message.root, message.dated, message.documents) == (RECEIPTS[letter], WRITTEN, ())


def test_a_simple_letter_has_no_receipt() -> None:
    with pytest.raises(NotBuildable, match="accusé de réception"):
        build_receipt(a_letter("CourrierSimple"), wrapping=WRAPPING)


def test_a_cancellation_names_its_act_and_nothing_else() -> None:
    sent = build_cancellation(ACT_ID, wrapping=WRAPPING)

    assert parse_message(sent.message) == Annulation(acte_id=ACT_ID)
    assert sent.message_name == f"{ACT_ID}-6-1_0.xml"


@pytest.mark.parametrize("acte_id", ["099-111111111-20261217-CP2026_101-DE", "CP2026_101"])
def test_an_act_that_is_not_ours_is_not_cancelled(acte_id: str) -> None:
    with pytest.raises(NotBuildable, match=r"autre collectivité|identifiant unique"):
        build_cancellation(acte_id, wrapping=WRAPPING)


@pytest.mark.parametrize("held", [None, date(2019, 4, 18)])
def test_a_request_for_the_classification_bears_no_act(held: date | None) -> None:
    sent = build_classification_request(held, wrapping=WRAPPING)

    assert parse_message(sent.message) == DemandeClassification(held=held)
    assert sent.message_name == "099-229999990----7-1_0.xml"
    envelope = parse_envelope(sent.envelope)
    assert isinstance(envelope, EnveloppeCLMISILL)
    assert [form.name for form in envelope.forms] == [sent.message_name]
