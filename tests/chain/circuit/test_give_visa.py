"""Giving a visa: on the version read, in one's turn, in one's name or under a delegation."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.accounts.models import Post, Role
from hemicycle.chain.circuit import passage as passages
from hemicycle.chain.circuit.actions.give_visa import (
    NoDelegation,
    NotYourTurn,
    OwnDraft,
    ReservationMissing,
    TextHasChanged,
    give_visa,
)
from hemicycle.chain.circuit.models import CircuitRun, RunStep, StepKind, Visa
from hemicycle.chain.circuit.queries import steps_of
from hemicycle.dossier import access, versions
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused, MoveNotAllowed
from hemicycle.dossier.stages import Stage
from hemicycle.workflow import passage
from tests.cast import NOON, SINCE, TODAY, Cast, set_the_cast
from tests.chain import told
from tests.factories import a_circuit, a_delegation, a_dossier

pytestmark = pytest.mark.django_db


def visa(dossier: Dossier, agent: Any, version: int = 1, **given: Any) -> Visa:
    return give_visa(dossier_id=dossier.id, agent=agent, version_read=version, **({"at": NOON} | given))


def both_lawyers(cast: Cast, kind: StepKind = StepKind.ALL_OF) -> Dossier:
    """A dossier awaited from the lawyer and from the outsider, a lawyer too."""
    Post.objects.create(agent=cast.outsider, role=Role.LEGAL, valid_from=SINCE)
    return a_dossier(cast, in_circuit=True, circuit=a_circuit(Role.LEGAL, kind=kind))


def test_a_visa_is_bound_to_the_version_and_opens_the_next_step(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    given = visa(dossier, cast.head_of_service, remark="  Conforme. ")

    version = versions.current(dossier)
    assert (given.version, given.digest, given.remark) == (1, version.digest, "Conforme.")
    assert (given.on_behalf_of, given.delegation) == (None, "")
    assert [s.state for s in steps_of(dossier)] == ["given", "awaited", "missing"]
    assert access.may_read(cast.legal, dossier, on=TODAY)
    assert RunStep.objects.get(order=1).closed_at == NOON


def test_the_journal_says_at_which_step_on_which_text(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    given = visa(dossier, cast.head_of_service, remark="Conforme.")

    assert told.by(cast.head_of_service, "head_of_service", "circuit.visa_given")
    assert told.last()["on_behalf_of"] is None
    assert told.last()["facts"] == {
        "step": "Chef de service",
        "version": 1,
        "digest": given.digest,
        "remark": "Conforme.",
        "reserved": False,
    }


def test_the_last_visa_readies_the_dossier_for_a_sitting(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    for agent in (cast.head_of_service, cast.legal, cast.cabinet):
        visa(dossier, agent)

    dossier.refresh_from_db()
    assert dossier.stage == Stage.READY
    assert CircuitRun.objects.get().completed_at == NOON
    assert told.by(cast.cabinet, "cabinet", "circuit.completed")
    assert told.last()["facts"] == {"version": 1, "visas": 3}


@pytest.mark.parametrize("who", ["legal", "cabinet", "director", "colleague", "neighbour", "president", "outsider"])
def test_another_service_cannot_give_it_out_of_turn(cast: Cast, who: str, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    with pytest.raises(NotYourTurn, match="« Chef de service » : ce n’est pas le vôtre"), nothing_written():
        visa(dossier, getattr(cast, who))


def test_a_visa_on_an_older_version_is_refused(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    versions.freeze(dossier, by=cast.drafter, at=NOON)

    for version in (1, 3, 0):
        with pytest.raises(TextHasChanged, match="relisez-le avant de viser"), nothing_written():
            visa(dossier, cast.head_of_service, version)


def test_the_drafter_does_not_give_a_visa_on_the_draft(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True, drafter=cast.head_of_service)

    with pytest.raises(OwnDraft, match="ne le vise pas"), nothing_written():
        visa(dossier, cast.head_of_service)


def test_nor_in_another_s_name(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    a_delegation(cast.head_of_service, cast.drafter)

    with pytest.raises(OwnDraft), nothing_written():
        visa(dossier, cast.drafter, on_behalf_of_id=cast.head_of_service.id)


def test_nor_does_anyone_in_the_drafter_s_name(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True, drafter=cast.head_of_service)
    a_delegation(cast.head_of_service, cast.director)

    with pytest.raises(OwnDraft), nothing_written():
        visa(dossier, cast.director, on_behalf_of_id=cast.head_of_service.id)


@pytest.mark.parametrize("trait", ["to_correct", "ready", "on_agenda", "adopted", "archived"])
def test_out_of_the_circuit_no_visa_is_awaited(cast: Cast, trait: str, nothing_written: Any) -> None:
    dossier = a_dossier(cast, **{trait: True})

    with pytest.raises(MoveNotAllowed, match="Aucun visa n’est attendu sur le dossier"), nothing_written():
        visa(dossier, cast.head_of_service)


def test_an_account_closed_since_gives_no_visa(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    cast.head_of_service.is_active = False
    cast.head_of_service.save()

    with pytest.raises(NotYourTurn), nothing_written():
        visa(dossier, cast.head_of_service)


def test_with_a_reservation_it_is_given_and_says_which(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    given = visa(dossier, cast.head_of_service, remark="Sous réserve de l’accord du bailleur.", reserved=True)

    assert given.kind == "reserved"
    assert [s.state for s in steps_of(dossier)] == ["given", "awaited", "missing"]
    assert told.last()["facts"]["reserved"] is True


def test_a_reservation_is_written(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    with pytest.raises(ReservationMissing) as refusal, nothing_written():
        visa(dossier, cast.head_of_service, remark=" ", reserved=True)

    assert refusal.value.field == "remark"


# --- In another's name ------------------------------------------------------------------------------------------


def test_under_a_delegation_in_force_the_visa_says_in_whose_name(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    a_delegation(cast.head_of_service, cast.outsider)

    given = visa(dossier, cast.outsider, on_behalf_of_id=cast.head_of_service.id)

    assert (given.agent, given.on_behalf_of) == (cast.outsider, cast.head_of_service)
    assert given.delegation == "Arrêté 2026-17"
    assert told.by(cast.outsider, "head_of_service", "circuit.visa_given")
    assert told.last()["on_behalf_of"] == {"id": str(cast.head_of_service.id), "name": "Chems Chef"}


@pytest.mark.parametrize("days", [-6, 6])
def test_before_and_after_its_delegation_it_is_refused(cast: Cast, days: int, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    a_delegation(cast.head_of_service, cast.outsider, on=TODAY)

    with pytest.raises(NoDelegation, match="Hors Circuit de viser pour Chems Chef"), nothing_written():
        visa(dossier, cast.outsider, on_behalf_of_id=cast.head_of_service.id, at=NOON + dt.timedelta(days=days))


def test_the_delegation_lasts_to_the_end_of_its_last_day_in_paris(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    a_delegation(cast.head_of_service, cast.outsider, on=TODAY)
    late = NOON.replace(hour=23, minute=59) + dt.timedelta(days=5)

    assert visa(dossier, cast.outsider, on_behalf_of_id=cast.head_of_service.id, at=late).given_at == late


def test_a_delegation_of_signature_is_none_for_visas(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    a_delegation(cast.head_of_service, cast.outsider, scope="signature")

    with pytest.raises(NoDelegation), nothing_written():
        visa(dossier, cast.outsider, on_behalf_of_id=cast.head_of_service.id)


def test_without_a_delegation_it_is_refused(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    for principal in (cast.head_of_service.id, uuid4()):
        with pytest.raises(NoDelegation), nothing_written():
            visa(dossier, cast.outsider, on_behalf_of_id=principal)


def test_a_delegation_gives_no_more_than_its_giver_has(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    a_delegation(cast.legal, cast.outsider)

    with pytest.raises(NotYourTurn), nothing_written():
        visa(dossier, cast.outsider, on_behalf_of_id=cast.legal.id)


def test_a_delegation_is_not_handed_on(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    a_delegation(cast.head_of_service, cast.outsider)
    a_delegation(cast.outsider, cast.finance)

    with pytest.raises(NoDelegation), nothing_written():
        visa(dossier, cast.finance, on_behalf_of_id=cast.head_of_service.id)
    with pytest.raises(NotYourTurn), nothing_written():
        visa(dossier, cast.finance, on_behalf_of_id=cast.outsider.id)


def test_a_loop_of_delegations_gives_one_visa_and_no_more(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    ring = (cast.head_of_service, cast.outsider, cast.finance)
    for giver, holder in zip(ring, (*ring[1:], ring[0]), strict=True):
        a_delegation(giver, holder)

    visa(dossier, cast.outsider, on_behalf_of_id=cast.head_of_service.id)

    assert Visa.objects.count() == 1
    for agent, name in ((cast.head_of_service, cast.finance), (cast.head_of_service, cast.head_of_service)):
        with pytest.raises(NotYourTurn), nothing_written():
            visa(dossier, agent, on_behalf_of_id=name.id)


# --- Steps of several -------------------------------------------------------------------------------------------


def test_one_of_several_is_enough(cast: Cast) -> None:
    dossier = both_lawyers(cast, StepKind.ONE_OF)

    visa(dossier, cast.outsider)

    dossier.refresh_from_db()
    assert dossier.stage == Stage.READY


def test_all_of_several_waits_for_each(cast: Cast, nothing_written: Any) -> None:
    dossier = both_lawyers(cast)

    visa(dossier, cast.outsider)

    dossier.refresh_from_db()
    assert dossier.stage == Stage.IN_CIRCUIT
    with pytest.raises(NotYourTurn), nothing_written():
        visa(dossier, cast.outsider)
    visa(dossier, cast.legal)
    dossier.refresh_from_db()
    assert dossier.stage == Stage.READY


def test_one_who_stands_in_for_the_other_gives_both(cast: Cast) -> None:
    dossier = both_lawyers(cast)
    a_delegation(cast.legal, cast.outsider)

    visa(dossier, cast.outsider)
    visa(dossier, cast.outsider, on_behalf_of_id=cast.legal.id)

    dossier.refresh_from_db()
    assert dossier.stage == Stage.READY


def test_the_database_itself_keeps_one_visa_per_person_and_version(cast: Cast) -> None:
    dossier = both_lawyers(cast)
    given = visa(dossier, cast.outsider)

    again = {"step": given.step, "kind": "given", "version": 1, "digest": given.digest, "given_at": NOON}
    with pytest.raises(IntegrityError), transaction.atomic():
        Visa.objects.create(agent=cast.legal, on_behalf_of=cast.outsider, **again)


@settings(deadline=None, max_examples=15)
@given(tries=st.lists(st.tuples(st.booleans(), st.booleans()), max_size=6))
def test_nobody_s_visa_is_counted_twice(tries: list[tuple[bool, bool]]) -> None:
    """Whoever tries, in one's own name or in the other's, in any order: each holder has one visa at most."""
    with transaction.atomic():
        cast = set_the_cast()
        dossier = both_lawyers(cast)
        people = (cast.legal, cast.outsider)
        a_delegation(people[0], people[1])
        a_delegation(people[1], people[0])
        holders: set[Any] = set()
        for first, own in tries:
            agent = people[0 if first else 1]
            holder = agent if own else people[1 if first else 0]
            try:
                visa(dossier, agent, on_behalf_of_id=holder.id)
            except ActionRefused:
                assert holder in holders
            holders.add(holder)

        dossier.refresh_from_db()
        counted = passages.of(CircuitRun.objects.get()).visas
        assert len(counted) == len({v.holder for v in counted}) == len(holders)
        assert passage.complete(passages.of(CircuitRun.objects.get())) == (dossier.stage == Stage.READY)
        transaction.set_rollback(True)
