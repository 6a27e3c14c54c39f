"""Typing the report or the deliberation."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

import pytest

from hemicycle.chain.drafting.actions.keep_image import keep_image
from hemicycle.chain.drafting.actions.save_text import TextMoved, TextUnreadable, save_text
from hemicycle.chain.drafting.actions.take_lease import take_lease
from hemicycle.chain.drafting.leases import SPAN, TextHeld
from hemicycle.chain.drafting.writing import TextFrozen
from hemicycle.dossier.refusals import NotEntitled
from hemicycle.texts.tree import clean, digest, plain_text
from tests.cast import NOON, Cast
from tests.chain import told
from tests.chain.drafting.test_keep_image import a_png
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


def test_a_text_moved_since_it_was_opened_is_not_overwritten(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)
    opened = digest(clean(dossier.report))
    save_text(dossier_id=dossier.id, text="report", content=NEW, agent=cast.colleague, at=NOON)

    with pytest.raises(TextMoved) as moved, nothing_written():
        mine = a_text("Le mien.")
        save_text(dossier_id=dossier.id, text="report", content=mine, base=opened, agent=cast.drafter, at=NOON)

    assert moved.value.saved == clean(NEW)


def test_two_people_who_wrote_the_same_words_do_not_disagree(cast: Cast) -> None:
    dossier = a_dossier(cast)
    opened = digest(clean(dossier.report))
    save_text(dossier_id=dossier.id, text="report", content=NEW, agent=cast.colleague, at=NOON)

    saved = save_text(dossier_id=dossier.id, text="report", content=NEW, base=opened, agent=cast.drafter, at=NOON)

    assert saved.report == clean(NEW)


def test_saving_prolongs_the_lease_of_the_tab(cast: Cast) -> None:
    dossier = a_dossier(cast)
    lease = take_lease(dossier_id=dossier.id, text="report", agent=cast.drafter, at=NOON)
    soon = NOON + dt.timedelta(minutes=1)

    save_text(dossier_id=dossier.id, text="report", content=NEW, lease=lease.token, agent=cast.drafter, at=soon)

    lease.refresh_from_db()
    assert lease.ends_at == soon + SPAN


@pytest.mark.parametrize("token", [None, uuid4()])
def test_nothing_is_saved_over_whoever_writes_now(cast: Cast, token: UUID | None, nothing_written: Any) -> None:
    dossier = a_dossier(cast)
    take_lease(dossier_id=dossier.id, text="report", agent=cast.colleague, at=NOON)

    with pytest.raises(TextHeld, match=cast.colleague.full_name), nothing_written():
        save_text(dossier_id=dossier.id, text="report", content=NEW, lease=token, agent=cast.drafter, at=NOON)


def test_a_form_without_lease_saves_beside_ones_own_editor(cast: Cast) -> None:
    dossier = a_dossier(cast)
    take_lease(dossier_id=dossier.id, text="report", agent=cast.drafter, at=NOON)

    saved = save_text(dossier_id=dossier.id, text="report", content=NEW, agent=cast.drafter, at=NOON)

    assert saved.report == clean(NEW)


def test_the_articles_of_the_deliberation_take_the_number_of_their_place(cast: Cast) -> None:
    first, second = "Article 1 – Une aide est versée.", "Article 2 – Voir l’article 1."
    dossier = a_dossier(cast, deliberation=clean(a_text("DÉCIDE", first, second)))
    written = a_text("DÉCIDE", "Article 1 – Un préalable.", first, second)

    save_text(dossier_id=dossier.id, text="deliberation", content=written, agent=cast.drafter, at=NOON)

    dossier.refresh_from_db()
    lines = plain_text(dossier.deliberation).splitlines()
    assert lines[2:] == ["Article 2 – Une aide est versée.", "Article 3 – Voir l’article 2."]


def test_an_image_that_the_dossier_does_not_have_is_refused(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)
    image = {"type": "image", "attrs": {"sha256": "0" * 64, "alt": "Plan du stade"}}

    with pytest.raises(TextUnreadable, match="insérez-la de nouveau"), nothing_written():
        content = {"type": "doc", "content": [image]}
        save_text(dossier_id=dossier.id, text="report", content=content, agent=cast.drafter, at=NOON)


def test_an_image_of_the_dossier_stays_in_its_text(cast: Cast) -> None:
    dossier = a_dossier(cast)
    kept = keep_image(dossier_id=dossier.id, data=a_png(), filename="plan.png", agent=cast.drafter, at=NOON)
    image = {"type": "image", "attrs": {"sha256": kept.sha256, "alt": "Plan du stade"}}

    content = {"type": "doc", "content": [image]}
    save_text(dossier_id=dossier.id, text="report", content=content, agent=cast.drafter, at=NOON)

    dossier.refresh_from_db()
    assert dossier.report["content"][0]["attrs"]["sha256"] == kept.sha256
