"""Passing on to a later step."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.accounts.models import Role
from hemicycle.chain.circuit.actions.ask_opinion import ask_opinion
from hemicycle.chain.circuit.actions.give_visa import NotYourTurn, OwnDraft, TextHasChanged, give_visa
from hemicycle.chain.circuit.actions.pass_on import PassingRefused, ReasonMissing, pass_on
from hemicycle.chain.circuit.models import RunStep
from hemicycle.chain.circuit.queries import missing_visas, required_of, steps_of
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import MoveNotAllowed
from tests.cast import NOON, Cast
from tests.chain import told
from tests.factories import a_dossier

pytestmark = pytest.mark.django_db


def step(dossier: Dossier, label: str) -> int:
    return RunStep.objects.get(run__dossier=dossier, label=label).pk


def passed(dossier: Dossier, agent: Any, label: str = "Cabinet", **given: Any) -> RunStep:
    fields: dict[str, Any] = {"version_read": 1, "reason": "Sans objet ici.", "at": NOON}
    return pass_on(dossier_id=dossier.id, agent=agent, to_step=step(dossier, label), **(fields | given))


def optional(cast: Cast, **fields: Any) -> Dossier:
    """A dossier whose first two visas are not required."""
    dossier = a_dossier(cast, in_circuit=True, **fields)
    RunStep.objects.filter(run__dossier=dossier).exclude(role=Role.CABINET).update(required=False)
    return dossier


def test_the_steps_left_are_waived_with_the_reason(cast: Cast) -> None:
    dossier = optional(cast)

    target = passed(dossier, cast.head_of_service)

    views = steps_of(dossier)
    assert [v.state for v in views] == ["waived", "waived", "awaited"]
    assert (views[1].waived_by, views[1].waived_why) == (cast.head_of_service, "Sans objet ici.")
    assert target.opened_at == NOON
    assert missing_visas(dossier) == ["Cabinet"]


def test_the_journal_names_them(cast: Cast) -> None:
    dossier = optional(cast)

    passed(dossier, cast.head_of_service)

    assert told.by(cast.head_of_service, "head_of_service", "circuit.passed_on")
    assert told.last()["facts"] == {
        "to": "Cabinet",
        "version": 1,
        "waived": ["Chef de service", "Juridique"],
        "required": [],
        "reason": "Sans objet ici.",
    }


def test_a_required_visa_is_not_passed_over(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    with pytest.raises(PassingRefused, match="Chef de service, Juridique » est exigé"), nothing_written():
        passed(dossier, cast.head_of_service)


def test_but_by_whoever_may_validate_in_emergency(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    give_visa(dossier_id=dossier.id, agent=cast.head_of_service, version_read=1, at=NOON)

    passed(dossier, cast.chief_executive)

    assert told.by(cast.chief_executive, "chief_executive", "circuit.passed_on")
    assert told.last()["facts"]["required"] == ["Juridique"]
    assert [(v.label, v.state) for v in required_of(dossier)] == [
        ("Chef de service", "given"),
        ("Juridique", "waived"),
        ("Cabinet", "missing"),
    ]
    assert required_of(dossier)[1].reason == "Sans objet ici."


def test_whoever_asked_for_an_opinion_may_do_without_it(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    ask_opinion(
        dossier_id=dossier.id,
        agent=cast.head_of_service,
        version_read=1,
        whom_id=cast.outsider.id,
        question="?",
        at=NOON,
    )

    passed(dossier, cast.head_of_service, "Chef de service")

    assert [v.state for v in steps_of(dossier)] == ["waived", "awaited", "missing", "missing"]


@pytest.mark.parametrize("who", ["legal", "cabinet", "clerk", "outsider", "director"])
def test_out_of_turn_nobody_passes_on(cast: Cast, who: str, nothing_written: Any) -> None:
    dossier = optional(cast)

    with pytest.raises(NotYourTurn), nothing_written():
        passed(dossier, getattr(cast, who))


def test_only_to_a_step_to_come_of_this_circuit(cast: Cast, nothing_written: Any) -> None:
    dossier, other = optional(cast), optional(cast)
    give_visa(dossier_id=dossier.id, agent=cast.head_of_service, version_read=1, at=NOON)

    for to_step in (step(dossier, "Chef de service"), step(dossier, "Juridique"), step(other, "Cabinet"), 987654):
        with pytest.raises(PassingRefused, match="étape à venir"), nothing_written():
            pass_on(dossier_id=dossier.id, agent=cast.legal, version_read=1, to_step=to_step, reason="Vite.", at=NOON)


def test_with_a_reason_on_the_version_read_and_not_on_one_s_own_draft(cast: Cast, nothing_written: Any) -> None:
    dossier, own = optional(cast), a_dossier(cast, in_circuit=True, drafter=cast.chief_executive)

    with pytest.raises(ReasonMissing), nothing_written():
        passed(dossier, cast.head_of_service, reason=" ")
    with pytest.raises(TextHasChanged), nothing_written():
        passed(dossier, cast.head_of_service, version_read=2)
    with pytest.raises(OwnDraft), nothing_written():
        passed(own, cast.chief_executive)


@pytest.mark.parametrize("trait", ["to_correct", "ready"])
def test_out_of_the_circuit_nothing_is_passed_on(cast: Cast, trait: str, nothing_written: Any) -> None:
    dossier = a_dossier(cast, **{trait: True})

    with pytest.raises(MoveNotAllowed), nothing_written():
        passed(dossier, cast.chief_executive)
