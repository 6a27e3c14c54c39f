"""Declaring an absence and who replaces."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Delegation, Role
from hemicycle.chain.circuit import absences
from hemicycle.chain.circuit.actions.declare_absence import AbsenceRefused, declare_absence
from hemicycle.chain.circuit.queries import in_tray
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, TODAY, Cast
from tests.chain import told
from tests.factories import a_dossier

pytestmark = pytest.mark.django_db

FRIDAY = TODAY + dt.timedelta(days=3)


def declare(absent: Agent, holder: Agent, **given: Any) -> Delegation:
    facts: dict[str, Any] = {"first_day": TODAY, "last_day": FRIDAY, "agent": absent, "at": NOON}
    return declare_absence(absent_id=absent.pk, replaced_by_id=holder.pk, **(facts | given))


def test_what_waits_goes_to_the_replacement_by_itself(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    declare(cast.head_of_service, cast.director, reason="congés")

    (waiting,) = in_tray(cast.director, on=TODAY)
    assert (waiting.dossier, waiting.awaited.on_behalf_of) == (dossier, cast.head_of_service)
    assert in_tray(cast.director, on=FRIDAY + dt.timedelta(days=1)) == []
    assert told.by(cast.head_of_service, "", "circuit.absence_declared")


def test_the_service_des_assemblees_and_the_administrator_declare_for_anyone(cast: Cast) -> None:
    declare(cast.head_of_service, cast.director, agent=cast.clerk)
    declare(cast.legal, cast.finance, agent=cast.administrator)

    assert told.by(cast.administrator, Role.ADMINISTRATOR, "circuit.absence_declared")
    assert [r.row.giver for r in absences.to_come(absence=True, on=TODAY)] == [cast.head_of_service, cast.legal]


def test_nobody_else_declares_for_another(cast: Cast, nothing_written: Any) -> None:
    with pytest.raises(NotEntitled), nothing_written():
        declare(cast.head_of_service, cast.director, agent=cast.drafter)


def test_nobody_replaces_oneself(cast: Cast, nothing_written: Any) -> None:
    with pytest.raises(AbsenceRefused, match="ne peut pas se remplacer"), nothing_written():
        declare(cast.legal, cast.legal)


def test_someone_who_left_replaces_nobody(cast: Cast, nothing_written: Any) -> None:
    Agent.objects.filter(pk=cast.finance.pk).update(is_active=False)

    with pytest.raises(AbsenceRefused, match="Fanny Finances n’a plus de compte"), nothing_written():
        declare(cast.legal, cast.finance)


def test_the_courier_replaces_nobody(cast: Cast, nothing_written: Any) -> None:
    with pytest.raises(AbsenceRefused), nothing_written():
        declare(cast.legal, accounts.courier())


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [(-1, 3, "au plus tôt aujourd’hui"), (3, 2, "précède"), (0, 400, "un an au plus")],
)
def test_wrong_dates_are_refused(cast: Cast, nothing_written: Any, first: int, last: int, said: str) -> None:
    days = {"first_day": TODAY + dt.timedelta(days=first), "last_day": TODAY + dt.timedelta(days=last)}

    with pytest.raises(AbsenceRefused, match=said), nothing_written():
        declare(cast.legal, cast.finance, **days)


def test_a_second_absence_on_the_same_days_is_refused(cast: Cast, nothing_written: Any) -> None:
    declare(cast.legal, cast.finance)

    with pytest.raises(AbsenceRefused, match="est déjà absent"), nothing_written():
        declare(cast.legal, cast.director, first_day=FRIDAY, last_day=FRIDAY)


def test_two_people_do_not_replace_each_other(cast: Cast, nothing_written: Any) -> None:
    declare(cast.legal, cast.finance)

    with pytest.raises(AbsenceRefused) as refusal, nothing_written():
        declare(cast.finance, cast.legal)
    assert "Jules Juriste est alors absent et remplacé par Fanny Finances" in str(refusal.value)


def test_a_longer_loop_is_seen_too(cast: Cast, nothing_written: Any) -> None:
    later = {"first_day": FRIDAY, "last_day": FRIDAY}
    declare(cast.finance, cast.director, **later)
    # Declared before the other's absence was known, hence allowed.
    Delegation.objects.create(
        giver=cast.director, holder=cast.legal, scope="visa", absence=True, valid_from=FRIDAY, valid_to=FRIDAY
    )

    with pytest.raises(AbsenceRefused, match=r"remplacé \(par Dina Directrice\) par Jules Juriste"), nothing_written():
        declare(cast.legal, cast.finance, **later)


def test_someone_absent_then_replaces_nobody(cast: Cast, nothing_written: Any) -> None:
    declare(cast.finance, cast.director)

    with pytest.raises(AbsenceRefused, match="Fanny Finances est absent du"), nothing_written():
        declare(cast.legal, cast.finance)


def test_absences_that_share_no_day_do_not_meet(cast: Cast) -> None:
    declare(cast.legal, cast.finance)

    later = FRIDAY + dt.timedelta(days=1)
    declare(cast.finance, cast.legal, first_day=later, last_day=later)

    assert Delegation.objects.filter(absence=True).count() == 2


def test_an_unknown_person_is_refused(cast: Cast, nothing_written: Any) -> None:
    with pytest.raises(AbsenceRefused, match="n’existe pas"), nothing_written():
        declare_absence(
            absent_id=cast.legal.pk,
            replaced_by_id=uuid4(),
            first_day=TODAY,
            last_day=TODAY,
            agent=cast.legal,
            at=NOON,
        )
