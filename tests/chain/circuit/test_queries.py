"""What the circuit shows: the states of the visas, and what waits for whom."""

from __future__ import annotations

import datetime as dt

import pytest

from hemicycle.accounts.models import Post, Role
from hemicycle.chain.circuit import queries
from hemicycle.chain.circuit.actions.give_visa import give_visa
from hemicycle.chain.circuit.actions.send_back import send_back
from hemicycle.chain.circuit.actions.submit import submit
from hemicycle.chain.circuit.models import RunStep, StepKind
from hemicycle.chain.drafting.actions.save_text import save_text
from hemicycle.dossier.models import Dossier
from tests.cast import NOON, SINCE, TODAY, Cast
from tests.factories import a_circuit, a_delegation, a_dossier, a_text

pytestmark = pytest.mark.django_db

LATER = NOON + dt.timedelta(days=1)


def states(dossier: Dossier) -> list[str]:
    dossier.refresh_from_db()
    return [step.state for step in queries.steps_of(dossier)]


def corrected(cast: Cast) -> Dossier:
    """Two visas given on version 1, sent back by the cabinet, submitted again with another text."""
    dossier = a_dossier(cast, in_circuit=True)
    for agent in (cast.head_of_service, cast.legal):
        give_visa(dossier_id=dossier.id, agent=agent, version_read=1, at=NOON)
    send_back(dossier_id=dossier.id, agent=cast.cabinet, version_read=1, reason="Le montant.", at=NOON)
    save_text(dossier_id=dossier.id, text="report", content=a_text("Corrigé."), agent=cast.drafter, at=LATER)
    submit(dossier_id=dossier.id, circuit_id=0, agent=cast.drafter, at=LATER)
    return dossier


def test_a_draft_has_no_visas(cast: Cast) -> None:
    dossier = a_dossier(cast)

    assert queries.steps_of(dossier) == []
    assert queries.awaited_of(dossier, cast.head_of_service, on=TODAY) == []


def test_a_visa_given_on_another_text_is_stale(cast: Cast) -> None:
    dossier = corrected(cast)

    assert states(dossier) == ["awaited", "stale", "sent_back"]
    give_visa(dossier_id=dossier.id, agent=cast.head_of_service, version_read=2, at=LATER)
    assert states(dossier) == ["given", "awaited", "sent_back"]
    assert queries.missing_visas(dossier) == ["Juridique", "Cabinet"]


def test_every_word_said_stays_in_order(cast: Cast) -> None:
    dossier = corrected(cast)
    give_visa(dossier_id=dossier.id, agent=cast.head_of_service, version_read=2, at=LATER)

    said = [(v.agent, v.kind, v.version) for v in queries.visas_of(dossier)]

    assert said == [
        (cast.head_of_service, "given", 1),
        (cast.legal, "given", 1),
        (cast.cabinet, "sent_back", 1),
        (cast.head_of_service, "given", 2),
    ]
    last = queries.steps_of(dossier)[0].last
    assert last is not None
    assert last.version == 2


def test_the_tray_holds_what_waits_for_me_and_only_that(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    (entry,) = queries.in_tray(cast.head_of_service, on=TODAY)

    assert entry.dossier == dossier
    assert (entry.awaited.step, entry.awaited.version, entry.awaited.on_behalf_of) == ("Chef de service", 1, None)
    for agent in (cast.legal, cast.cabinet, cast.drafter, cast.clerk, cast.outsider):
        assert queries.in_tray(agent, on=TODAY) == []


def test_a_delegation_brings_the_other_s_tray_while_it_lasts(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    a_delegation(cast.head_of_service, cast.outsider)

    (entry,) = queries.in_tray(cast.outsider, on=TODAY)

    assert (entry.dossier, entry.awaited.on_behalf_of) == (dossier, cast.head_of_service)
    assert queries.in_tray(cast.outsider, on=TODAY + dt.timedelta(days=6)) == []


def test_a_step_of_all_leaves_the_tray_of_whoever_has_given(cast: Cast) -> None:
    Post.objects.create(agent=cast.outsider, role=Role.LEGAL, valid_from=SINCE)
    dossier = a_dossier(cast, in_circuit=True, circuit=a_circuit(Role.LEGAL, kind=StepKind.ALL_OF))
    a_delegation(cast.outsider, cast.finance)

    give_visa(dossier_id=dossier.id, agent=cast.finance, version_read=1, at=NOON, on_behalf_of_id=cast.outsider.id)

    assert queries.in_tray(cast.outsider, on=TODAY) == queries.in_tray(cast.finance, on=TODAY) == []
    assert [e.dossier for e in queries.in_tray(cast.legal, on=TODAY)] == [dossier]
    assert states(dossier) == ["awaited"]


def test_the_drafter_s_own_dossier_is_in_nobody_s_tray_through_the_drafter(cast: Cast) -> None:
    a_dossier(cast, in_circuit=True, drafter=cast.head_of_service)
    a_delegation(cast.head_of_service, cast.director)

    assert queries.in_tray(cast.head_of_service, on=TODAY) == []
    assert queries.in_tray(cast.director, on=TODAY) == []


def test_the_most_pressing_comes_first_whoever_it_waits_for(cast: Cast) -> None:
    a_delegation(cast.head_of_service, cast.legal)
    theirs, mine = a_dossier(cast, in_circuit=True), a_dossier(cast, in_circuit=True, circuit=a_circuit(Role.LEGAL))
    RunStep.objects.filter(run__dossier=theirs).update(due_on=TODAY)

    assert [e.dossier for e in queries.in_tray(cast.legal, on=TODAY)] == [theirs, mine]


def test_circuits_are_offered_to_their_unit_and_those_below(cast: Cast) -> None:
    everyone = a_circuit(name="Commun")
    ours = a_circuit(name="De la direction", unit=cast.direction)
    a_circuit(name="Des voisins", unit=cast.other_direction)

    assert queries.circuits_for(a_dossier(cast)) == [everyone, ours]


def test_what_is_awaited_is_looked_for_among_the_open_steps_and_not_all_those_ever_given(cast: Cast) -> None:
    a_dossier(cast, in_circuit=True)

    plan = queries.awaited_steps(cast.legal, on=TODAY).explain()

    assert "runstep_assignees_agent_id" not in plan
