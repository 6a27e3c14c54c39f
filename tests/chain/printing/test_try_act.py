"""The act is set by its own template long before its vote, and the answer is kept."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.printing import queries, trials
from hemicycle.chain.printing.actions.try_act import try_act
from hemicycle.chain.printing.models import Trial
from hemicycle.dossier.models import Dossier, JournalEntry
from hemicycle.dossier.refusals import NotEntitled
from hemicycle.rendering.compile import RenderingRefused
from tests.cast import NOON, Cast
from tests.factories import a_dossier, a_text

pytestmark = pytest.mark.django_db


def tried(dossier: Dossier, cast: Cast) -> Trial | None:
    return try_act(dossier_id=dossier.id, agent=cast.courier, at=NOON)


def test_an_act_that_can_be_set_is_known_possible(cast: Cast) -> None:
    dossier = a_dossier(cast)

    trial = tried(dossier, cast)

    assert trial is not None and trial.possible and not trial.sentence
    assert queries.known_impossible(dossier) == ""
    assert not JournalEntry.objects.filter(dossier=dossier, event="printing.act_tried").exists()


def test_what_the_typesetter_refuses_is_kept_in_words(cast: Cast) -> None:
    dossier = a_dossier(cast, deliberation=a_text("Article 1 – Bravo 🎉."))

    tried(dossier, cast)

    sentence = queries.known_impossible(dossier)
    assert sentence.startswith("La délibération ne peut pas être mise en page : ")
    assert "U+1F389" in sentence


def test_the_report_is_tried_too(cast: Cast) -> None:
    dossier = a_dossier(cast, report=a_text("Bravo 🎉."))

    tried(dossier, cast)

    assert queries.known_impossible(dossier).startswith("Le rapport ne peut pas être mis en page")


def test_an_arrete_is_tried_by_its_own_template(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> bytes:
        raise RenderingRefused("Refusé par le modèle des arrêtés.")

    monkeypatch.setattr(trials, "render_own_act", refused)
    dossier = a_dossier(cast, nature="AR", body="")

    tried(dossier, cast)

    assert queries.known_impossible(dossier).startswith("L’arrêté ne peut pas être mis en page : Refusé")


def test_the_same_text_is_not_set_twice(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = a_dossier(cast)
    first = tried(dossier, cast)
    monkeypatch.setattr(trials, "judged", lambda *_, **__: pytest.fail("set again"))

    again = tried(dossier, cast)

    assert first == again


def test_an_answer_about_an_older_text_says_nothing(cast: Cast) -> None:
    dossier = a_dossier(cast, deliberation=a_text("Article 1 – Bravo 🎉."))
    tried(dossier, cast)

    dossier.deliberation = a_text("Article 1 – Bravo.")
    dossier.save(update_fields=["deliberation"])

    assert queries.known_impossible(dossier) == ""


def test_the_journal_tells_the_answer_only_when_it_changes(cast: Cast) -> None:
    dossier = a_dossier(cast)
    for words in ("Un", "Bravo 🎉", "Deux"):
        dossier.deliberation = a_text(f"Article 1 – {words}.")
        dossier.save(update_fields=["deliberation"])
        tried(dossier, cast)

    told = JournalEntry.objects.filter(dossier=dossier, event="printing.act_tried").order_by("n")
    assert [entry.sealed["facts"]["possible"] for entry in told] == [False, True]


def test_nothing_is_tried_while_nothing_is_written(cast: Cast) -> None:
    dossier = a_dossier(cast, deliberation={})

    assert tried(dossier, cast) is None
    assert not Trial.objects.exists()


def test_a_drafter_does_not_try_acts(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)

    with pytest.raises(NotEntitled), nothing_written():
        try_act(dossier_id=dossier.id, agent=cast.drafter, at=NOON)
