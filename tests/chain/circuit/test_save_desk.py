"""Making a desk and seating its people."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.circuit import definitions
from hemicycle.chain.circuit.actions.save_circuit import save_circuit
from hemicycle.chain.circuit.actions.save_desk import DeskInvalid, save_desk
from hemicycle.chain.circuit.definitions import StepDraft
from hemicycle.chain.circuit.models import Desk, DeskSeat
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, TODAY, Cast
from tests.chain import told

pytestmark = pytest.mark.django_db


def save(cast: Cast, *people: Agent, **given: Any) -> Desk:
    facts: dict[str, Any] = {"desk_id": None, "name": "Guichet des subventions", "agent": cast.clerk, "at": NOON}
    return save_desk(people=[person.pk for person in people], **(facts | given))


def test_its_people_sit_from_that_day_on(cast: Cast) -> None:
    desk = save(cast, cast.legal, cast.finance)

    assert definitions.people_at(desk.pk, on=TODAY) == [cast.finance, cast.legal]
    assert definitions.people_at(desk.pk, on=TODAY - dt.timedelta(days=1)) == []
    assert told.by(cast.clerk, Role.ASSEMBLY_OFFICE, "circuit.desk_saved")


def test_whoever_is_left_out_rises_and_the_past_stays(cast: Cast) -> None:
    desk = save(cast, cast.legal, cast.finance)

    save(cast, cast.finance, desk_id=desk.pk, at=NOON + dt.timedelta(days=7))

    assert definitions.people_at(desk.pk, on=TODAY + dt.timedelta(days=6)) == [cast.finance, cast.legal]
    assert definitions.people_at(desk.pk, on=TODAY + dt.timedelta(days=7)) == [cast.finance]


def test_a_person_risen_the_same_day_never_sat(cast: Cast) -> None:
    desk = save(cast, cast.legal, cast.finance)

    save(cast, cast.finance, desk_id=desk.pk)

    assert DeskSeat.objects.count() == 1


def test_a_desk_without_name_or_people_is_refused(cast: Cast, nothing_written: Any) -> None:
    with pytest.raises(DeskInvalid, match="Donnez un nom"), nothing_written():
        save(cast, cast.legal, name="  ")
    with pytest.raises(DeskInvalid, match="au moins une personne"), nothing_written():
        save(cast)


def test_a_person_who_left_or_is_unknown_is_refused(cast: Cast, nothing_written: Any) -> None:
    Agent.objects.filter(pk=cast.legal.pk).update(is_active=False)

    with pytest.raises(DeskInvalid, match="Jules Juriste a quitté"), nothing_written():
        save(cast, cast.legal)
    with pytest.raises(DeskInvalid, match="n’existe pas"), nothing_written():
        save_desk(desk_id=None, name="G", people=[uuid4()], agent=cast.clerk, at=NOON)


def test_two_desks_of_one_name_are_refused(cast: Cast, nothing_written: Any) -> None:
    save(cast, cast.legal)

    with pytest.raises(DeskInvalid, match="s’appelle déjà"), nothing_written():
        save(cast, cast.legal)


def test_a_desk_that_a_circuit_awaits_is_not_closed(cast: Cast, nothing_written: Any) -> None:
    desk = save(cast, cast.legal)
    step = StepDraft(label="Guichet", desk_id=desk.pk)
    save_circuit(circuit_id=None, name="Aides", unit_id=None, steps=[step], agent=cast.clerk, at=NOON)

    with pytest.raises(DeskInvalid, match="« Aides »"), nothing_written():
        save(cast, cast.legal, desk_id=desk.pk, active=False)


def test_only_the_service_des_assemblees_defines_desks(cast: Cast, nothing_written: Any) -> None:
    with pytest.raises(NotEntitled), nothing_written():
        save(cast, cast.legal, agent=cast.legal)
