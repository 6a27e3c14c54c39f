"""Typing the report or the deliberation."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.drafting.actions.save_text import TextUnreadable, save_text
from hemicycle.chain.drafting.writing import TextFrozen
from hemicycle.dossier.refusals import NotEntitled
from hemicycle.texts.tree import clean, digest
from tests.cast import NOON, Cast
from tests.chain import told
from tests.factories import REPORT, a_dossier, a_text

pytestmark = pytest.mark.django_db

NEW = a_text("Le club demande 13 000 €.")


@pytest.mark.parametrize("text", ["report", "deliberation"])
def test_the_text_typed_replaces_the_working_text(cast: Cast, text: str) -> None:
    dossier = a_dossier(cast)

    save_text(dossier_id=dossier.id, text=text, content=NEW, agent=cast.drafter, at=NOON)

    dossier.refresh_from_db()
    assert getattr(dossier, text) == clean(NEW)
    assert (dossier.report, dossier.deliberation).count(clean(NEW)) == 1
    assert told.by(cast.drafter, "drafter", "drafting.text_saved")
    assert told.last()["facts"] == {"text": text, "digest": digest(clean(NEW))}


def test_a_text_sent_back_may_be_written_again_without_touching_the_version_read(cast: Cast) -> None:
    dossier = a_dossier(cast, to_correct=True)

    save_text(dossier_id=dossier.id, text="report", content=NEW, agent=cast.colleague, at=NOON)

    assert dossier.versions.get(number=1).report == REPORT
    assert dossier.versions.count() == 1


def test_the_same_text_again_writes_nothing(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)
    save_text(dossier_id=dossier.id, text="report", content=NEW, agent=cast.drafter, at=NOON)

    with nothing_written():
        save_text(dossier_id=dossier.id, text="report", content=NEW, agent=cast.drafter, at=NOON)


@pytest.mark.parametrize("who", ["neighbour", "director", "legal", "president", "outsider"])
def test_whoever_does_not_write_it_is_refused(cast: Cast, who: str, nothing_written: Any) -> None:
    dossier = a_dossier(cast)

    with pytest.raises(NotEntitled), nothing_written():
        save_text(dossier_id=dossier.id, text="report", content=NEW, agent=getattr(cast, who), at=NOON)


@pytest.mark.parametrize("trait", ["in_circuit", "ready", "on_agenda", "signed"])
def test_a_text_is_frozen_once_in_the_circuit(cast: Cast, trait: str, nothing_written: Any) -> None:
    dossier = a_dossier(cast, **{trait: True})

    with pytest.raises(TextFrozen, match=f"Le dossier {dossier.number}"), nothing_written():
        save_text(dossier_id=dossier.id, text="deliberation", content=NEW, agent=cast.drafter, at=NOON)


@pytest.mark.parametrize(
    "content",
    [
        None,
        "un texte",
        [],
        {"type": "doc", "content": [{"type": "script"}]},
        {"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": 3}]}]},
        {"type": "paragraph", "content": []},
    ],
)
def test_what_is_no_text_tree_is_refused_for_its_field(cast: Cast, content: Any, nothing_written: Any) -> None:
    dossier = a_dossier(cast)

    with pytest.raises(TextUnreadable) as refusal, nothing_written():
        save_text(dossier_id=dossier.id, text="report", content=content, agent=cast.drafter, at=NOON)

    assert refusal.value.field == "report"


def test_a_link_that_runs_a_program_is_refused(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)
    run = {"type": "text", "text": "ici", "marks": [{"type": "link", "attrs": {"href": "javascript:alert(1)"}}]}
    content = {"type": "doc", "content": [{"type": "paragraph", "content": [run]}]}

    with pytest.raises(TextUnreadable, match="doit commencer par https://"), nothing_written():
        save_text(dossier_id=dossier.id, text="report", content=content, agent=cast.drafter, at=NOON)
