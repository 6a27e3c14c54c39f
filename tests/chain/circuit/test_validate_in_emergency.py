"""Validating in emergency."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.circuit.actions.give_visa import OwnDraft, TextHasChanged, give_visa
from hemicycle.chain.circuit.actions.take_back_visa import NotTakenBack, take_back_visa
from hemicycle.chain.circuit.actions.validate_in_emergency import ReasonMissing, validate_in_emergency
from hemicycle.chain.circuit.models import CircuitRun
from hemicycle.chain.circuit.queries import may_validate_in_emergency, missing_visas, required_of, steps_of
from hemicycle.chain.sitting.actions.put_on_agenda import put_on_agenda
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import MoveNotAllowed, NotEntitled
from hemicycle.dossier.stages import Stage
from tests.cast import NOON, TODAY, Cast
from tests.chain import told
from tests.factories import a_dossier, a_sitting

pytestmark = pytest.mark.django_db

WHY = "La route est coupée depuis la crue."


def validated(dossier: Dossier, agent: Any, **given: Any) -> Dossier:
    fields: dict[str, Any] = {"version_read": 1, "reason": WHY, "at": NOON}
    return validate_in_emergency(dossier_id=dossier.id, agent=agent, **(fields | given))


@pytest.mark.parametrize("who", ["chief_executive", "president"])
def test_the_dossier_is_ready_and_says_why(cast: Cast, who: str) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    give_visa(dossier_id=dossier.id, agent=cast.head_of_service, version_read=1, at=NOON)

    validated(dossier, getattr(cast, who))

    dossier.refresh_from_db()
    assert (dossier.stage, dossier.emergency) == (Stage.READY, WHY)
    assert CircuitRun.objects.get().completed_at == NOON
    assert [view.state for view in steps_of(dossier)] == ["given", "emergency", "emergency"]
    assert told.by(getattr(cast, who), who, "circuit.validated_in_emergency")
    assert told.last()["facts"]["missing"] == ["Juridique", "Cabinet"]


def test_what_is_missing_stays_so_and_is_never_called_given(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    validated(dossier, cast.chief_executive)

    dossier.refresh_from_db()
    proof = required_of(dossier)
    assert {visa.state for visa in proof} == {"emergency"}
    assert (proof[0].person, proof[0].reason, proof[0].visas) == (cast.chief_executive, WHY, ())


def test_it_may_be_put_on_an_agenda(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    validated(dossier, cast.president)

    put_on_agenda(sitting_id=a_sitting(cast).id, dossier_id=dossier.id, agent=cast.clerk, at=NOON)

    dossier.refresh_from_db()
    assert dossier.stage == Stage.ON_AGENDA
    assert missing_visas(dossier) == []


def test_a_visa_given_before_it_is_not_taken_back_after(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    visa = give_visa(dossier_id=dossier.id, agent=cast.head_of_service, version_read=1, at=NOON)
    validated(dossier, cast.president)

    with pytest.raises(NotTakenBack), nothing_written():
        take_back_visa(visa_id=visa.pk, agent=cast.head_of_service, at=NOON)


@pytest.mark.parametrize("who", ["head_of_service", "clerk", "secretariat", "cabinet", "deputy_chief", "drafter"])
def test_the_right_is_held_by_few(cast: Cast, who: str, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    assert not may_validate_in_emergency(dossier, getattr(cast, who), on=TODAY)
    with pytest.raises(NotEntitled, match="« DGS » ou « président »"), nothing_written():
        validated(dossier, getattr(cast, who))


def test_with_a_reason_on_the_version_read(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    with pytest.raises(ReasonMissing), nothing_written():
        validated(dossier, cast.president, reason=" ")
    with pytest.raises(TextHasChanged), nothing_written():
        validated(dossier, cast.president, version_read=0)


def test_not_on_one_s_own_draft(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True, drafter=cast.chief_executive)

    with pytest.raises(OwnDraft), nothing_written():
        validated(dossier, cast.chief_executive)


@pytest.mark.parametrize("trait", ["to_correct", "ready", "on_agenda"])
def test_only_what_is_in_its_circuit(cast: Cast, trait: str, nothing_written: Any) -> None:
    dossier = a_dossier(cast, **{trait: True})

    with pytest.raises(MoveNotAllowed), nothing_written():
        validated(dossier, cast.president)
