"""An act becomes a message, an envelope and an archive."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from hemicycle.protocols.actes import (
    EnveloppeCLMISILL,
    Nature,
    NotBuildable,
    TransmissionActe,
    describe,
    latin1,
    parse_envelope,
    parse_message,
    read_archive,
)

from .made import EMITTER, PNG, a_piece, a_transmission, an_acte

NUMBERS = st.from_regex(r"\A([A-Z0-9][A-Z0-9_]{0,13})?[A-Z0-9]\Z")
SUBJECTS = st.text(min_size=1, max_size=120).filter(lambda text: latin1(text) != "")


def test_the_archive_holds_envelope_message_act_and_annexes_in_that_order() -> None:
    sent = a_transmission()

    names = [member.name for member in read_archive(sent.archive)]

    assert names == [
        "TACT--229999990--20261218-1.xml",
        "099-229999990-20261217-CP2026_101-DE-1-1_0.xml",
        "99_DE-099-229999990-20261217-CP2026_101-DE-1-1_1.pdf",
        "21_RP-099-229999990-20261217-CP2026_101-DE-1-1_2.pdf",
    ]
    assert sent.archive_name == "SIM-TACT--229999990--20261218-1.tar.gz"


def test_the_same_act_gives_the_same_bytes_twice() -> None:
    acte = an_acte()

    assert a_transmission(acte).archive == a_transmission(acte).archive


def test_the_message_reads_back_as_it_was_written() -> None:
    acte = an_acte(paper=True, previous="099-229999990-20260101-CP1-DE", matiere=(7, 10, 3))

    message = parse_message(a_transmission(acte).message)

    assert isinstance(message, TransmissionActe)
    assert message.acte.matiere == (7, 10, 3)
    assert message.acte.paper == "O"
    assert message.acte.previous == "099-229999990-20260101-CP1-DE"
    assert message.acte.declared_annexes == len(message.acte.annexes) == 1


def test_the_envelope_reads_back_and_announces_the_message() -> None:
    sent = a_transmission()

    envelope = parse_envelope(sent.envelope)

    assert isinstance(envelope, EnveloppeCLMISILL)
    assert envelope.emitter == EMITTER
    assert [form.name for form in envelope.forms] == [sent.message_name]


def test_typographic_signs_of_the_subject_are_transcribed() -> None:
    sent = a_transmission(an_acte(subject="Réhabilitation\nde l’œuvre – 2 000 €"))

    message = parse_message(sent.message)

    assert isinstance(message, TransmissionActe)
    assert message.acte.subject == "Réhabilitation de l'oeuvre - 2 000 EUR"


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"number": "2026-101"}, "numéro"),
        ({"number": "A" * 16}, "numéro"),
        ({"subject": "  "}, "objet"),
        ({"subject": "x" * 501}, "500"),
        ({"matiere": (7,)}, "CodeMatiere2"),
        ({"document": a_piece(type_code="DE")}, "cinq"),
        ({"document": a_piece(media_type="application/msword")}, "format"),
    ],
)
def test_what_the_norm_forbids_is_not_built(changes: dict[str, object], word: str) -> None:
    with pytest.raises(NotBuildable, match=word):
        a_transmission(an_acte(**changes))


def test_a_return_address_the_schema_refuses_is_not_built() -> None:
    with pytest.raises(NotBuildable, match="adresse électronique"):
        a_transmission(return_addresses=["actes+retour@departement.test"])


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "UTF-8"])
@settings(max_examples=25, deadline=None)
@given(
    number=NUMBERS,
    subject=SUBJECTS,
    nature=st.sampled_from(Nature),
    matiere=st.lists(st.integers(1, 99), min_size=2, max_size=5).map(tuple),
    on=st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    annexes=st.integers(0, 3),
    paper=st.booleans(),
)
def test_every_message_built_validates_against_the_official_schema(
    shared: Path,
    encoding: str,
    number: str,
    subject: str,
    nature: Nature,
    matiere: tuple[int, ...],
    on: date,
    annexes: int,
    paper: bool,
) -> None:
    schema = etree.XMLSchema(file=str(shared / "norms/actes/xsd/actesv1_1.xsd"))
    annex = a_piece(name="plan.png", type_code="99_SE", data=PNG, media_type="image/png")
    acte = an_acte(
        number=number,
        subject=subject,
        nature=nature,
        matiere=matiere,
        decided_on=on,
        annexes=(annex,) * annexes,
        paper=paper,
    )

    sent = a_transmission(acte, encoding=encoding)

    schema.assertValid(etree.fromstring(sent.message))
    schema.assertValid(etree.fromstring(sent.envelope))
    verdict = describe(sent.archive, sent.archive_name)
    assert verdict is not None
    assert verdict.problems == []
