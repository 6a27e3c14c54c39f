"""Convening the members: the notice, the papers, the summonses."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hemicycle.accounts.models import Authority, Seat
from hemicycle.chain.sitting.actions.convene import EmptyAgenda, NoticeTooShort, PresidencyVacant, convene
from hemicycle.chain.sitting.locking import WrongSittingState
from hemicycle.chain.sitting.models import Sitting, SittingState, Summons
from hemicycle.dossier import blobs
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, TODAY, Cast
from tests.chain import told
from tests.factories import a_dossier, a_sitting, put_on_agenda
from tests.rendering.reading import words

pytestmark = pytest.mark.django_db


def ready_sitting(cast: Cast, body: str = "CP", *, days: int = 20) -> Sitting:
    """A sitting that many days after TODAY, with one dossier."""
    sitting = a_sitting(cast, body=body, starts_at=NOON + dt.timedelta(days=days, hours=2))
    put_on_agenda(a_dossier(cast, ready=True, body=body), sitting)
    return sitting


def convened(cast: Cast, sitting: Sitting, **given: Any) -> Sitting:
    return convene(sitting_id=sitting.id, **({"agent": cast.clerk, "at": NOON} | given))


def test_every_member_in_office_is_summoned_by_the_way_chosen(cast: Cast) -> None:
    sitting = convened(cast, ready_sitting(cast))

    assert (sitting.state, sitting.convened_at, sitting.urgency) == (SittingState.CONVENED, NOON, "")
    found = {s.member: s for s in Summons.objects.select_related("member")}
    assert set(found) == set(cast.members)
    on_paper = [m for m, s in found.items() if s.channel == "paper"]
    assert [m.agent.last_name for m in on_paper] == ["Fersanges"]
    assert {(s.available_at, s.sent_at, s.opened_at) for s in found.values()} == {(NOON, None, None)}


def test_the_papers_are_made_and_kept(cast: Cast) -> None:
    sitting = convened(cast, ready_sitting(cast))

    summons, agenda = words(blobs.get(sitting.summons_sha256)), words(blobs.get(sitting.agenda_sha256))
    assert "Subvention au club de Clérande" in summons
    assert "Subvention au club de Clérande" in agenda
    assert "14 décembre 2026" in summons


def test_the_journal_keeps_the_verdict_on_the_delay_and_its_article(cast: Cast) -> None:
    convened(cast, ready_sitting(cast, "CD"), agent=cast.president)

    assert told.by(cast.president, "president", "sitting.convened")
    facts = told.last()["facts"]
    assert (facts["members"], facts["items"], facts["urgency"]) == (11, 1, "")
    assert facts["notice"].startswith("ok : ")
    assert "L3121-19" in facts["article"]


# --- The notice -------------------------------------------------------------------------------------------------


def test_the_council_is_convened_thirteen_days_before(cast: Cast) -> None:
    assert convened(cast, ready_sitting(cast, "CD", days=13)).state == SittingState.CONVENED


@pytest.mark.parametrize("days", [12, 11, 2])
def test_nearer_than_that_it_takes_urgency(cast: Cast, days: int, nothing_written: Any) -> None:
    sitting = ready_sitting(cast, "CD", days=days)

    with pytest.raises(NoticeTooShort, match="Motivez l’urgence") as refusal, nothing_written():
        convened(cast, sitting, urgency="  ")

    assert refusal.value.field == "urgency"
    assert convened(cast, sitting, urgency=" Péril. ").urgency == "Péril."
    assert told.last()["facts"]["urgency"] == "Péril."


def test_twelve_days_are_said_doubtful(cast: Cast, nothing_written: Any) -> None:
    sitting = ready_sitting(cast, "CD", days=12)

    with pytest.raises(NoticeTooShort, match="ce que le texte ne tranche pas"), nothing_written():
        convened(cast, sitting)


@pytest.mark.parametrize("days", [1, 0])
def test_under_one_clear_day_urgency_itself_is_void(cast: Cast, days: int, nothing_written: Any) -> None:
    sitting = ready_sitting(cast, "CD", days=days)

    with pytest.raises(NoticeTooShort, match="Même en urgence, un jour franc"), nothing_written():
        convened(cast, sitting, urgency="Péril.")


@pytest.mark.parametrize(("clear", "days", "kept"), [(8, 9, True), (8, 8, False), (5, 6, True), (5, 5, False)])
def test_the_delay_of_the_standing_committee_is_that_of_the_reglement(
    cast: Cast, clear: int, days: int, kept: bool, nothing_written: Any
) -> None:
    Authority.objects.update(committee_notice_days=clear)
    sitting = ready_sitting(cast, days=days)

    if kept:
        assert convened(cast, sitting).state == SittingState.CONVENED
        return
    with pytest.raises(NoticeTooShort, match=f"Délai de {clear} jours francs fixé par le règl"), nothing_written():
        convened(cast, sitting)
    assert convened(cast, sitting, urgency="Péril.").urgency == "Péril."


def test_days_are_counted_in_paris(cast: Cast, nothing_written: Any) -> None:
    sitting = ready_sitting(cast, "CD", days=13)
    just_after_midnight = (NOON + dt.timedelta(days=1)).replace(hour=0, minute=10)

    with pytest.raises(NoticeTooShort), nothing_written():
        convened(cast, sitting, at=just_after_midnight)


def test_nobody_is_convened_to_a_sitting_whose_hour_is_past(cast: Cast, nothing_written: Any) -> None:
    sitting = ready_sitting(cast)

    with pytest.raises(NoticeTooShort, match="est passée"), nothing_written():
        convened(cast, sitting, at=sitting.starts_at, urgency="Péril.")


# --- Refusals ---------------------------------------------------------------------------------------------------


def test_an_empty_agenda_convenes_nobody(cast: Cast, nothing_written: Any) -> None:
    sitting = a_sitting(cast)

    with pytest.raises(EmptyAgenda), nothing_written():
        convened(cast, sitting)


def test_without_a_president_nobody_signs_the_summons(cast: Cast, nothing_written: Any) -> None:
    sitting = ready_sitting(cast)
    Seat.objects.filter(office=Seat.Office.PRESIDENT).update(valid_to=TODAY)

    with pytest.raises(PresidencyVacant, match="Personne ne préside"), nothing_written():
        convened(cast, sitting)


@pytest.mark.parametrize("who", ["drafter", "cabinet", "chief_executive", "courier", "outsider"])
def test_only_the_office_and_the_president_convene(cast: Cast, who: str, nothing_written: Any) -> None:
    sitting = ready_sitting(cast)

    with pytest.raises(NotEntitled), nothing_written():
        convened(cast, sitting, agent=getattr(cast, who))


def test_nobody_is_convened_twice(cast: Cast, nothing_written: Any) -> None:
    sitting = ready_sitting(cast)
    convened(cast, sitting)

    with pytest.raises(WrongSittingState, match="Convoquer n’est pas possible"), nothing_written():
        convened(cast, sitting)
