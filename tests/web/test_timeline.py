"""The journal in words: sessions of writing folded, one kind kept when asked."""

from __future__ import annotations

import datetime as dt

import pytest

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting.events import CommentWritten, TextSaved
from hemicycle.dossier import journal
from hemicycle.dossier.models import Dossier
from hemicycle.web.timeline import told
from tests.cast import NOON, Cast
from tests.factories import a_dossier

pytestmark = pytest.mark.django_db


def saved(dossier: Dossier, by: Agent, minutes: int, text: str = "report") -> None:
    at = NOON + dt.timedelta(minutes=minutes)
    journal.record(dossier, TextSaved(text=text, digest="0" * 64), by=by, at=at)


def commented(dossier: Dossier, by: Agent, minutes: int) -> None:
    at = NOON + dt.timedelta(minutes=minutes)
    journal.record(dossier, CommentWritten(version=0, text="Vu."), by=by, at=at)


def sentences(dossier: Dossier, kind: str = "") -> list[str]:
    lines = told(journal.of(dossier), kind=kind)
    return [f"{line.actor} {line.sentence}".replace("\u00a0", " ").replace("\u202f", " ") for line in lines]


def test_the_saves_of_one_session_are_one_line(cast: Cast) -> None:
    dossier = a_dossier(cast)
    for minutes in (0, 2, 25, 50):
        saved(dossier, cast.drafter, minutes)

    assert sentences(dossier) == ["Ada Rédactrice a enregistré le rapport 4 fois depuis 12 h 00."]
    assert told(journal.of(dossier))[0].at == NOON + dt.timedelta(minutes=50)


def test_another_person_another_text_a_pause_or_an_act_begin_a_new_line(cast: Cast) -> None:
    dossier = a_dossier(cast)
    saved(dossier, cast.drafter, 0)
    saved(dossier, cast.colleague, 1)
    saved(dossier, cast.colleague, 2, "deliberation")
    saved(dossier, cast.colleague, 60, "deliberation")
    commented(dossier, cast.drafter, 61)
    saved(dossier, cast.colleague, 62, "deliberation")

    assert len(sentences(dossier)) == 6
    assert not any("fois" in sentence for sentence in sentences(dossier))


@pytest.mark.parametrize(("kind", "count"), [("", 3), ("textes", 2), ("commentaires", 1), ("visas", 0), ("rien", 3)])
def test_one_kind_is_kept(cast: Cast, kind: str, count: int) -> None:
    dossier = a_dossier(cast)
    saved(dossier, cast.drafter, 0)
    commented(dossier, cast.drafter, 1)
    saved(dossier, cast.drafter, 2)

    assert len(sentences(dossier, kind)) == count
