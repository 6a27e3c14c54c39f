"""Putting a dossier on an agenda: its visas, the body, the urgency."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hemicycle.chain.circuit.models import RunStep
from hemicycle.chain.printing.actions.try_act import try_act
from hemicycle.chain.sitting import queries
from hemicycle.chain.sitting.actions.put_on_agenda import AgendaRefused, put_on_agenda
from hemicycle.chain.sitting.actions.take_off_agenda import take_off_agenda
from hemicycle.chain.sitting.locking import WrongSittingState
from hemicycle.chain.sitting.models import AgendaItem, Sitting, SittingState
from hemicycle.dossier import versions
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import MoveNotAllowed, NotEntitled
from hemicycle.dossier.stages import Stage
from tests.cast import NOON, Cast
from tests.chain import told
from tests.factories import a_dossier, a_sitting, a_text

pytestmark = pytest.mark.django_db


def put(cast: Cast, sitting: Sitting, dossier: Dossier, **given: Any) -> AgendaItem:
    return put_on_agenda(sitting_id=sitting.id, dossier_id=dossier.id, **({"agent": cast.clerk, "at": NOON} | given))


def test_the_dossier_is_at_the_end_with_the_version_that_was_visaed(cast: Cast) -> None:
    sitting = a_sitting(cast)
    put(cast, sitting, a_dossier(cast, ready=True))
    dossier = a_dossier(cast, ready=True)

    item = put(cast, sitting, dossier, urgency="inutile ici")

    dossier.refresh_from_db()
    assert dossier.stage == Stage.ON_AGENDA
    assert (item.position, item.version, item.outcome, item.urgency) == (2, 1, "pending", "")
    assert told.by(cast.clerk, "assembly_office", "sitting.put_on_agenda")
    assert told.last()["dossier"] == str(dossier.id)
    assert told.last()["facts"] == {"sitting": str(sitting.id), "item": str(item.id), "urgency": ""}


def test_a_number_freed_before_the_summons_is_taken_again(cast: Cast) -> None:
    sitting = a_sitting(cast)
    first, second = (put(cast, sitting, a_dossier(cast, ready=True)) for _ in range(2))
    take_off_agenda(item_id=first.id, reason="", agent=cast.clerk, at=NOON)

    third = put(cast, sitting, a_dossier(cast, ready=True))

    second.refresh_from_db()
    assert (second.position, third.position) == (1, 2)


def test_a_number_that_members_have_read_is_not_given_to_another(cast: Cast) -> None:
    sitting = a_sitting(cast)
    item = put(cast, sitting, a_dossier(cast, ready=True))
    Sitting.objects.filter(pk=sitting.pk).update(state=SittingState.CONVENED)
    take_off_agenda(item_id=item.id, reason="Convention à revoir.", agent=cast.clerk, at=NOON)

    assert put(cast, sitting, a_dossier(cast, ready=True), urgency="Péril.").position == 2


def test_after_the_summons_it_takes_a_reason(cast: Cast, nothing_written: Any) -> None:
    sitting, dossier = a_sitting(cast, convened=True), a_dossier(cast, ready=True)

    with pytest.raises(AgendaRefused, match="La convocation est partie") as refusal, nothing_written():
        put(cast, sitting, dossier, urgency="  ")

    assert refusal.value.field == "urgency"
    assert put(cast, sitting, dossier, urgency=" Péril. ").urgency == "Péril."
    assert told.last()["facts"]["urgency"] == "Péril."


@pytest.mark.parametrize(("days", "allowed"), [(2, True), (1, False), (0, False)])
def test_even_urgent_a_report_to_the_council_leaves_one_clear_day(
    cast: Cast, days: int, allowed: bool, nothing_written: Any
) -> None:
    sitting, dossier = a_sitting(cast, body="CD", convened=True), a_dossier(cast, ready=True, body="CD")
    at = sitting.starts_at - dt.timedelta(days=days, hours=1)

    if allowed:
        put(cast, sitting, dossier, urgency="Péril.", at=at)
        return
    with pytest.raises(AgendaRefused, match="un jour franc sépare l’envoi de la séance"), nothing_written():
        put(cast, sitting, dossier, urgency="Péril.", at=at)


def test_the_standing_committee_takes_an_urgent_dossier_during_the_sitting(cast: Cast) -> None:
    sitting, dossier = a_sitting(cast, open=True), a_dossier(cast, ready=True)

    assert put(cast, sitting, dossier, urgency="Péril.", at=sitting.starts_at).sitting == sitting


def test_a_required_visa_missing_keeps_the_dossier_off_the_agenda(cast: Cast, nothing_written: Any) -> None:
    sitting, dossier = a_sitting(cast), a_dossier(cast, ready=True)
    RunStep.objects.get(run__dossier=dossier, order=2).visas.all().delete()

    with pytest.raises(AgendaRefused, match="n’a pas tous ses visas : il manque Juridique"), nothing_written():
        put(cast, sitting, dossier)


def test_visas_given_on_another_text_are_missing(cast: Cast, nothing_written: Any) -> None:
    sitting, dossier = a_sitting(cast), a_dossier(cast, ready=True)
    Dossier.objects.filter(pk=dossier.pk).update(object="Autre objet")
    dossier.refresh_from_db()
    versions.freeze(dossier, by=cast.drafter, at=NOON)

    with pytest.raises(AgendaRefused, match="il manque Chef de service, Juridique, Cabinet"), nothing_written():
        put(cast, sitting, dossier)


def test_an_optional_visa_missing_does_not(cast: Cast) -> None:
    sitting, dossier = a_sitting(cast), a_dossier(cast, ready=True)
    step = RunStep.objects.get(run__dossier=dossier, order=2)
    step.visas.all().delete()
    RunStep.objects.filter(pk=step.pk).update(required=False)

    assert put(cast, sitting, dossier).position == 1


def test_a_dossier_for_the_other_body_is_refused(cast: Cast, nothing_written: Any) -> None:
    sitting, dossier = a_sitting(cast, body="CD"), a_dossier(cast, ready=True)

    with pytest.raises(AgendaRefused, match=f"{dossier.number} est destiné à une autre assemblée"), nothing_written():
        put(cast, sitting, dossier)


def test_an_act_known_to_be_impossible_is_not_put_to_the_vote(cast: Cast, nothing_written: Any) -> None:
    sitting = a_sitting(cast)
    dossier = a_dossier(cast, ready=True, deliberation=a_text("Article 1 – Bravo 🎉."))
    try_act(dossier_id=dossier.id, agent=cast.courier, at=NOON)

    with pytest.raises(AgendaRefused, match=r"ne pourrait pas être établi.*U\+1F389.*Renvoyez"), nothing_written():
        put(cast, sitting, dossier)


@pytest.mark.parametrize("trait", ["in_circuit", "on_agenda", "adopted", "archived", ""])
def test_a_dossier_elsewhere_in_the_chain_is_refused(cast: Cast, trait: str, nothing_written: Any) -> None:
    sitting, dossier = a_sitting(cast), a_dossier(cast, **({trait: True} if trait else {}))

    with pytest.raises((MoveNotAllowed, AgendaRefused), match=f"Le dossier {dossier.number}"), nothing_written():
        put(cast, sitting, dossier)


def test_a_closed_sitting_takes_nothing_more(cast: Cast, nothing_written: Any) -> None:
    sitting, dossier = a_sitting(cast, open=True), a_dossier(cast, ready=True)
    Sitting.objects.filter(pk=sitting.pk).update(state=SittingState.CLOSED)

    with pytest.raises(WrongSittingState, match="la séance est close"), nothing_written():
        put(cast, sitting, dossier, urgency="Péril.")


@pytest.mark.parametrize("who", ["drafter", "cabinet", "chief_executive", "secretariat", "outsider"])
def test_only_the_office_and_the_president_compose_the_agenda(cast: Cast, who: str, nothing_written: Any) -> None:
    sitting, dossier = a_sitting(cast), a_dossier(cast, ready=True)

    with pytest.raises(NotEntitled), nothing_written():
        put(cast, sitting, dossier, agent=getattr(cast, who))


def test_the_deliberations_of_one_report_follow_it_on_the_agenda(cast: Cast) -> None:
    sitting = a_sitting(cast)
    lead = a_dossier(cast, ready=True)
    companions = [a_dossier(cast, ready=True, lead=lead) for _ in range(2)]
    withdrawn = a_dossier(cast, lead=lead, stage=Stage.WITHDRAWN)

    item = put_on_agenda(sitting_id=sitting.id, dossier_id=lead.id, agent=cast.clerk, at=NOON)

    placed = list(AgendaItem.objects.order_by("position").values_list("dossier", flat=True))
    assert placed == [lead.id, *(companion.id for companion in companions)]
    assert item.dossier == lead and withdrawn.id not in placed


def test_a_companion_does_not_come_without_its_report(cast: Cast, nothing_written: Any) -> None:
    sitting = a_sitting(cast)
    companion = a_dossier(cast, ready=True, lead=a_dossier(cast, ready=True))

    with pytest.raises(AgendaRefused, match="partage le rapport de"), nothing_written():
        put_on_agenda(sitting_id=sitting.id, dossier_id=companion.id, agent=cast.clerk, at=NOON)


def test_what_waits_for_an_agenda_names_a_report_once(cast: Cast) -> None:
    lead = a_dossier(cast, ready=True)
    a_dossier(cast, ready=True, lead=lead)

    assert list(queries.ready_for("CP")) == [lead]
