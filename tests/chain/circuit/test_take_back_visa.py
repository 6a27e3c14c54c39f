"""Taking back one's own visa while the next step has not acted."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.accounts.models import Post, Role
from hemicycle.chain.circuit.actions.ask_opinion import ask_opinion
from hemicycle.chain.circuit.actions.give_visa import give_visa
from hemicycle.chain.circuit.actions.hold import hold
from hemicycle.chain.circuit.actions.take_back_visa import NotTakenBack, take_back_visa
from hemicycle.chain.circuit.models import CircuitRun, StepKind, Visa
from hemicycle.chain.circuit.queries import missing_visas, steps_of, visa_to_take_back
from hemicycle.chain.sitting.actions.put_on_agenda import put_on_agenda
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.stages import Stage
from tests.cast import NOON, SINCE, Cast
from tests.chain import told
from tests.factories import a_circuit, a_delegation, a_dossier, a_sitting

pytestmark = pytest.mark.django_db


def given(dossier: Dossier, *people: Any, **facts: Any) -> Visa:
    for agent in people:
        last = give_visa(dossier_id=dossier.id, agent=agent, version_read=1, at=NOON, **facts)
    return last


def states(dossier: Dossier) -> list[str]:
    return [view.state for view in steps_of(dossier)]


def test_its_step_is_awaited_again(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    visa = given(dossier, cast.head_of_service)

    undone = take_back_visa(visa_id=visa.pk, agent=cast.head_of_service, at=NOON)

    visa.refresh_from_db()
    assert visa.annulled_at == NOON
    assert (undone.kind, undone.of, undone.version) == ("taken_back", visa, 1)
    assert states(dossier) == ["awaited", "missing", "missing"]
    assert told.by(cast.head_of_service, "head_of_service", "circuit.visa_taken_back")
    assert told.last()["facts"] == {"step": "Chef de service", "version": 1, "reopened": False}


def test_and_it_may_be_given_again_on_the_same_version(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    take_back_visa(visa_id=given(dossier, cast.head_of_service).pk, agent=cast.head_of_service, at=NOON)

    given(dossier, cast.head_of_service, remark="Tout bien pesé.")

    assert states(dossier) == ["given", "awaited", "missing"]


def test_the_last_one_takes_the_dossier_back_into_its_circuit(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    visa = given(dossier, cast.head_of_service, cast.legal, cast.cabinet)
    dossier.refresh_from_db()
    assert visa_to_take_back(dossier, cast.cabinet) == visa

    take_back_visa(visa_id=visa.pk, agent=cast.cabinet, at=NOON)

    dossier.refresh_from_db()
    assert dossier.stage == Stage.IN_CIRCUIT
    assert CircuitRun.objects.get().completed_at is None
    assert missing_visas(dossier) == ["Cabinet"]
    assert told.last()["facts"]["reopened"] is True


def test_not_once_it_is_on_an_agenda(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    visa = given(dossier, cast.head_of_service, cast.legal, cast.cabinet)
    put_on_agenda(sitting_id=a_sitting(cast).id, dossier_id=dossier.id, agent=cast.clerk, at=NOON)

    with pytest.raises(NotTakenBack, match="ne se reprend plus"), nothing_written():
        take_back_visa(visa_id=visa.pk, agent=cast.cabinet, at=NOON)


def test_not_once_the_next_has_acted(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    visa = given(dossier, cast.head_of_service)
    given(dossier, cast.legal)

    with pytest.raises(NotTakenBack, match=r"le dossier .* a avancé"), nothing_written():
        take_back_visa(visa_id=visa.pk, agent=cast.head_of_service, at=NOON)


def test_asking_an_opinion_or_holding_is_acting(cast: Cast, nothing_written: Any) -> None:
    first, second = a_dossier(cast, in_circuit=True), a_dossier(cast, in_circuit=True)
    visa = given(first, cast.head_of_service)
    ask_opinion(dossier_id=first.id, agent=cast.legal, version_read=1, whom_id=cast.finance.id, question="?", at=NOON)
    last = given(second, cast.head_of_service, cast.legal)
    hold(dossier_id=second.id, reason="Arbitrage attendu.", agent=cast.cabinet, at=NOON)

    for mine, agent in ((visa, cast.head_of_service), (last, cast.legal)):
        with pytest.raises(NotTakenBack), nothing_written():
            take_back_visa(visa_id=mine.pk, agent=agent, at=NOON)


def test_nobody_takes_back_another_s(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    visa = given(dossier, cast.head_of_service)

    for agent in (cast.legal, cast.director, cast.clerk):
        with pytest.raises(NotTakenBack, match="n’est pas le vôtre"), nothing_written():
            take_back_visa(visa_id=visa.pk, agent=agent, at=NOON)


def test_nor_the_same_one_twice(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    visa = given(dossier, cast.head_of_service)
    take_back_visa(visa_id=visa.pk, agent=cast.head_of_service, at=NOON)

    with pytest.raises(NotTakenBack), nothing_written():
        take_back_visa(visa_id=visa.pk, agent=cast.head_of_service, at=NOON)


def test_one_given_in_another_s_name_is_taken_back_by_whoever_gave_it(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    a_delegation(cast.head_of_service, cast.outsider)
    visa = given(dossier, cast.outsider, on_behalf_of_id=cast.head_of_service.id)

    undone = take_back_visa(visa_id=visa.pk, agent=cast.outsider, at=NOON)

    assert undone.on_behalf_of == cast.head_of_service
    assert states(dossier)[0] == "awaited"


def test_where_all_must_give_the_other_visas_stand(cast: Cast) -> None:
    Post.objects.create(agent=cast.outsider, role=Role.LEGAL, valid_from=SINCE)
    dossier = a_dossier(cast, in_circuit=True, circuit=a_circuit(Role.LEGAL, kind=StepKind.ALL_OF))
    visa = given(dossier, cast.legal, cast.outsider)

    take_back_visa(visa_id=visa.pk, agent=cast.outsider, at=NOON)
    assert states(dossier) == ["awaited"]
    given(dossier, cast.outsider)

    dossier.refresh_from_db()
    assert dossier.stage == Stage.READY
