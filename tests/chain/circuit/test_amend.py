"""Editing a text at one's turn: a new version, and the visas given on the older one asked for again."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.circuit.actions.amend import AmendmentRefused, amend
from hemicycle.chain.circuit.actions.ask_opinion import ask_opinion
from hemicycle.chain.circuit.actions.give_visa import (
    NotYourTurn,
    OpinionAwaited,
    OwnDraft,
    TextHasChanged,
    give_visa,
)
from hemicycle.chain.circuit.actions.submit import NotReady
from hemicycle.chain.circuit.models import RunStep
from hemicycle.chain.circuit.queries import missing_visas, required_of, steps_of
from hemicycle.chain.drafting.actions.save_text import TextUnreadable
from hemicycle.dossier.models import Dossier, Version
from hemicycle.dossier.refusals import MoveNotAllowed
from hemicycle.dossier.stages import Stage
from hemicycle.texts.tree import clean
from tests.cast import NOON, Cast
from tests.chain import told
from tests.factories import DELIBERATION, REPORT, a_delegation, a_dossier, a_text

pytestmark = pytest.mark.django_db

EDITED = clean(a_text("Le club de Clérande demande une aide de 11 000 €."))


def at_legal(cast: Cast) -> Dossier:
    """The head of service gave a visa on version 1; the lawyer's is awaited."""
    dossier = a_dossier(cast, in_circuit=True)
    give_visa(dossier_id=dossier.id, agent=cast.head_of_service, version_read=1, at=NOON)
    return dossier


def edit(dossier: Dossier, agent: Any, **given: Any) -> Version:
    fields: dict[str, Any] = {"version_read": 1, "text": "report", "content": EDITED, "at": NOON}
    return amend(dossier_id=dossier.id, agent=agent, **(fields | given))


def states(dossier: Dossier) -> list[str]:
    return [view.state for view in steps_of(dossier)]


def visa(dossier: Dossier, agent: Any, version: int) -> None:
    give_visa(dossier_id=dossier.id, agent=agent, version_read=version, at=NOON)


def test_an_edit_makes_a_version_and_the_earlier_visa_is_no_more_given(cast: Cast) -> None:
    dossier = at_legal(cast)

    version = edit(dossier, cast.legal, note="Le montant de la convention.")

    dossier.refresh_from_db()
    assert (version.number, version.author, version.reason) == (2, cast.legal, "Le montant de la convention.")
    assert (version.report, dossier.report) == (EDITED, EDITED)
    assert Version.objects.get(dossier=dossier, number=1).report == REPORT
    assert states(dossier) == ["stale", "awaited", "missing"]
    assert steps_of(dossier)[0].given_on == 1
    assert missing_visas(dossier) == ["Chef de service", "Juridique", "Cabinet"]
    assert required_of(dossier)[0].stale_version == 1


def test_the_journal_binds_the_edit_to_its_digest(cast: Cast) -> None:
    dossier = at_legal(cast)

    version = edit(dossier, cast.legal)

    assert told.by(cast.legal, "legal", "circuit.amended")
    assert told.last()["facts"] == {
        "step": "Juridique",
        "text": "report",
        "of": dossier.number,
        "version": 2,
        "digest": version.digest,
        "note": "",
    }


def test_both_texts_may_be_edited_before_the_visa(cast: Cast) -> None:
    dossier = at_legal(cast)
    edit(dossier, cast.legal)
    article = clean(a_text("Vu le code,", "Article 1 – Une subvention de 11 000 € est attribuée."))

    edit(dossier, cast.legal, version_read=2, text="deliberation", content=article)

    assert states(dossier) == ["stale", "awaited", "missing"]
    assert Version.objects.get(dossier=dossier, number=3).deliberation == article


def test_then_the_earlier_visas_are_asked_again_before_the_later_ones(cast: Cast) -> None:
    dossier = at_legal(cast)
    edit(dossier, cast.legal)

    visa(dossier, cast.legal, 2)
    assert states(dossier) == ["awaited", "given", "missing"]
    visa(dossier, cast.head_of_service, 2)
    assert states(dossier) == ["given", "given", "awaited"]
    visa(dossier, cast.cabinet, 2)

    dossier.refresh_from_db()
    assert dossier.stage == Stage.READY


def test_a_visa_that_an_edit_does_not_ask_again_says_on_which_version_it_was_given(cast: Cast) -> None:
    dossier = at_legal(cast)
    RunStep.objects.filter(run__dossier=dossier, order=1).update(again_after_edit=False)
    edit(dossier, cast.legal)

    visa(dossier, cast.legal, 2)

    assert states(dossier) == ["given", "given", "awaited"]
    assert [view.given_on for view in steps_of(dossier)] == [1, None, None]
    proof = required_of(dossier)[0]
    assert (proof.state, proof.version, proof.person) == ("given", 1, cast.head_of_service)


@pytest.mark.parametrize("who", ["head_of_service", "cabinet", "drafter", "clerk", "director", "outsider"])
def test_nobody_edits_out_of_turn(cast: Cast, who: str, nothing_written: Any) -> None:
    dossier = at_legal(cast)

    with pytest.raises(NotYourTurn), nothing_written():
        edit(dossier, getattr(cast, who))


def test_nor_the_drafter_at_a_turn_of_one_s_own(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True, drafter=cast.head_of_service)

    with pytest.raises(OwnDraft), nothing_written():
        edit(dossier, cast.head_of_service)


def test_nor_whoever_is_asked_for_an_opinion(cast: Cast, nothing_written: Any) -> None:
    dossier = at_legal(cast)
    ask_opinion(dossier_id=dossier.id, agent=cast.legal, version_read=1, whom_id=cast.finance.id, question="?", at=NOON)

    with pytest.raises(OpinionAwaited), nothing_written():
        edit(dossier, cast.finance)


def test_in_another_s_name_under_a_delegation(cast: Cast) -> None:
    dossier = at_legal(cast)
    a_delegation(cast.legal, cast.outsider)

    version = edit(dossier, cast.outsider, on_behalf_of_id=cast.legal.id)

    assert version.author == cast.outsider
    assert told.last()["on_behalf_of"]["name"] == "Jules Juriste"


def test_an_edit_of_a_text_that_moved_is_refused(cast: Cast, nothing_written: Any) -> None:
    dossier = at_legal(cast)
    edit(dossier, cast.legal)

    with pytest.raises(TextHasChanged), nothing_written():
        edit(dossier, cast.legal, content=a_text("Autre."))


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"content": REPORT}, AmendmentRefused),
        ({"content": {"type": "script"}}, TextUnreadable),
        ({"text": "deliberation", "content": a_text("Plus d’article.")}, NotReady),
        ({"content": a_text()}, NotReady),
    ],
)
def test_what_is_no_text_or_changes_nothing_is_refused_whole(
    cast: Cast, given: dict[str, Any], refusal: type[Exception], nothing_written: Any
) -> None:
    dossier = at_legal(cast)

    with pytest.raises(refusal), nothing_written():
        edit(dossier, cast.legal, **given)


@pytest.mark.parametrize("trait", ["to_correct", "ready", "on_agenda"])
def test_out_of_the_circuit_nothing_is_edited_here(cast: Cast, trait: str, nothing_written: Any) -> None:
    dossier = a_dossier(cast, **{trait: True})

    with pytest.raises(MoveNotAllowed), nothing_written():
        edit(dossier, cast.legal, text="deliberation", content=DELIBERATION)
