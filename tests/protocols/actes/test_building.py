"""The builder refuses with a sentence, or writes what the official schema takes and what we read back."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from hemicycle.protocols.actes import (
    Message,
    NotBuildable,
    build_envelope,
    build_message,
    describe,
    parse_envelope,
    parse_message,
)
from hemicycle.protocols.actes.build import ENCODINGS
from hemicycle.protocols.actes.envelope import Envelope
from hemicycle.protocols.actes.messages import KINDS, Annulation, Courrier, FichierSigne

from .drawn import ENVELOPES, MESSAGES, well_made
from .test_parse import ACT_ID, DAY, every_message


@cache
def official(shared: Path) -> etree.XMLSchema:
    return etree.XMLSchema(file=str(shared / "norms/actes/xsd/actesv1_1.xsd"))


@pytest.mark.parametrize("root", sorted(KINDS))
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_every_well_made_message_is_built_valid_and_read_back_equal(
    shared: Path, root: str, data: st.DataObject
) -> None:
    message = data.draw(well_made(root))
    encoding = data.draw(st.sampled_from(ENCODINGS))

    built = build_message(message, encoding=encoding)

    official(shared).assertValid(etree.fromstring(built))
    assert parse_message(built) == message


@settings(max_examples=120, deadline=None)
@given(message=MESSAGES, encoding=st.sampled_from(ENCODINGS))
def test_any_message_is_refused_or_valid_and_read_back_equal(shared: Path, message: Message, encoding: str) -> None:
    try:
        built = build_message(message, encoding=encoding)
    except NotBuildable as refusal:
        assert str(refusal).endswith(".")
        return

    official(shared).assertValid(etree.fromstring(built))
    assert parse_message(built) == message


@settings(max_examples=100, deadline=None)
@given(envelope=ENVELOPES)
def test_any_envelope_is_refused_or_valid_and_read_back_equal(shared: Path, envelope: Envelope) -> None:
    try:
        data = build_envelope(envelope)
    except NotBuildable as refusal:
        assert str(refusal).endswith(".")
        return

    official(shared).assertValid(etree.fromstring(data))
    assert parse_envelope(data) == envelope


def test_latin_1_that_would_be_taken_for_utf_8_is_written_in_references() -> None:
    letter = Courrier(
        root="LettreObservations",
        acte_id=ACT_ID,
        dated=DAY,
        text="Le sigle Ã© n’est pas un accent",
        documents=(FichierSigne(name="lettre.pdf"),),
    )

    data = build_message(letter)

    assert data.isascii()
    assert b"ISO-8859-1" in data
    assert parse_message(data) == letter


def test_a_text_where_the_message_has_none_is_refused_rather_than_lost() -> None:
    answer = Courrier(root="ReponseCourrierSimple", acte_id=ACT_ID, dated=DAY, text="Merci")

    with pytest.raises(NotBuildable, match="ne porte pas de texte"):
        build_message(answer)


@pytest.mark.parametrize("name", ["", "../x.pdf", "a/b.pdf", "a\\b.pdf", "..", "a\nb.pdf"])
def test_a_document_whose_name_leaves_the_archive_is_refused(name: str) -> None:
    letter = Courrier(root="CourrierSimple", acte_id=ACT_ID, dated=DAY, documents=(FichierSigne(name=name),))

    with pytest.raises(NotBuildable, match="nom de fichier"):
        build_message(letter)


@pytest.mark.parametrize("message", every_message(), ids=lambda message: str(message.root))
def test_every_kind_of_message_is_told_in_french(shared: Path, message: Message) -> None:
    code = KINDS[message.root].code

    found = describe(build_message(message), f"x-{code}_0.xml", schemas=shared / "norms/actes/xsd")

    assert found is not None
    assert found.kind == f"Message @CTES {code} : {KINDS[message.root].title}"
    assert found.sound, found.problems
    assert found.facts
    assert all(note.startswith("Forme") for note in found.notes)


def test_a_message_named_as_another_is_told_so() -> None:
    found = describe(build_message(Annulation(acte_id=ACT_ID)), f"{ACT_ID}-4-1_3.xml")

    assert found is not None
    assert found.sound
    assert any("annonce un message 4-1" in note and "6-1" in note for note in found.notes)
