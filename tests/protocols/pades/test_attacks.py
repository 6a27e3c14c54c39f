"""Every attack of the literature on a genuine signed act is refused, and said in a French sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hemicycle.protocols.pades.verify import Unreadable, verify

from . import attacks
from .conftest import Cast, der


@pytest.fixture(scope="module")
def signed(frozen: bytes, cast: Cast) -> bytes:
    return cast.sign(frozen)


def judged(forged: bytes, cast: Cast) -> tuple[str, tuple[str, ...]]:
    try:
        verdict = verify(forged, trust_roots=[der(cast.root)])
    except Unreadable as refusal:
        return "refused", (str(refusal),)
    return verdict.outcome, verdict.faults


@pytest.mark.parametrize("attack", attacks.EVERY)
def test_an_attack_is_refused_in_a_sentence(signed: bytes, cast: Cast, attack: Callable[[bytes], bytes]) -> None:
    forged = attack(signed)

    outcome, said = judged(forged, cast)

    assert forged != signed
    assert outcome == "refused"
    assert said
    assert all(sentence.endswith(".") and "\n" not in sentence for sentence in said)


@pytest.mark.parametrize(
    ("attack", "word"),
    [
        (attacks.draw_over, "la page 1 a été modifiée"),
        (attacks.stamp_as_pdf_tools_do, "la page 1 a été modifiée"),
        (attacks.add_page, "une page a été ajoutée"),
        (attacks.replace_pages, "la page 1 a été modifiée ou remplacée"),
        (attacks.replace_font, "la page 1 a été modifiée"),
        (attacks.hybrid_tables, "la page 1 a été modifiée"),
        (attacks.evil_annotation, "une annotation a été ajoutée, modifiée ou retirée page 1"),
        (attacks.empty_signature_frame, "cadre de signature visible mais sans signature a été ajouté page 1"),
        (attacks.automatic_script, "une action automatique"),
        (attacks.attach_file, "des pièces jointes"),
        (attacks.moved_range, "ne couvre pas tout le document"),
        (attacks.second_end_of_file, "ne couvre pas tout le document"),
        (attacks.no_value, "contrefaite ou incomplète"),
        (attacks.signature_undeclared, "retirée ou masquée"),
        (attacks.one_byte, "il a été modifié après la signature"),
    ],
)
def test_the_sentence_says_what_changed(signed: bytes, cast: Cast, attack: Callable[[bytes], bytes], word: str) -> None:
    _, said = judged(attack(signed), cast)

    assert any(word in sentence for sentence in said), said


def test_a_range_moved_over_true_bytes_has_a_true_digest_and_is_refused_all_the_same(signed: bytes, cast: Cast) -> None:
    verdict = verify(attacks.moved_range(signed), trust_roots=[der(cast.root)])

    [signature] = verdict.signatures
    assert signature.intact
    assert not signature.covers_its_revision
    assert verdict.outcome == "refused"


def test_a_document_prepared_to_be_replaced_is_refused_once_it_is(frozen: bytes, cast: Cast) -> None:
    prepared = cast.sign(attacks.with_two_contents(frozen))

    before, _ = judged(prepared, cast)
    after, said = judged(attacks.hide_and_replace(prepared), cast)

    assert before == "whole"
    assert after == "refused"
    assert "la page 1 a été modifiée" in said[0]


def test_what_follows_a_second_signature_breaks_both(signed: bytes, cast: Cast) -> None:
    verdict = verify(attacks.draw_over(cast.sign(signed)), trust_roots=[der(cast.root)])

    assert [s.outcome for s in verdict.signatures] == ["refused", "refused"]


def test_a_change_made_between_two_signatures_breaks_the_first_alone(signed: bytes, cast: Cast) -> None:
    verdict = verify(cast.sign(attacks.draw_over(signed)), trust_roots=[der(cast.root)])

    assert [s.outcome for s in verdict.signatures] == ["refused", "whole"]
    assert verdict.outcome == "refused"
    assert verdict.signatures[0].changes == ("la page 1 a été modifiée ou remplacée",)
