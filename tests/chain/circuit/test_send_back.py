"""Sending a dossier back to its drafter."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.circuit.actions.give_visa import (
    NoDelegation,
    NotYourTurn,
    OwnDraft,
    TextHasChanged,
    give_visa,
)
from hemicycle.chain.circuit.actions.pass_on import pass_on
from hemicycle.chain.circuit.actions.send_back import ReasonMissing, StepNotPassed, send_back
from hemicycle.chain.circuit.models import RunStep, Visa
from hemicycle.chain.circuit.queries import in_tray, steps_of
from hemicycle.dossier import versions
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import MoveNotAllowed
from hemicycle.dossier.stages import Stage
from tests.cast import NOON, TODAY, Cast
from tests.chain import told
from tests.factories import a_delegation, a_dossier

pytestmark = pytest.mark.django_db


def back(dossier: Dossier, agent: Any, **given: Any) -> Visa:
    fields: dict[str, Any] = {"version_read": 1, "reason": "Viser le code du sport.", "at": NOON}
    return send_back(dossier_id=dossier.id, agent=agent, **(fields | given))


def test_the_drafter_gets_the_same_dossier_back_with_the_reason(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    give_visa(dossier_id=dossier.id, agent=cast.head_of_service, version_read=1, at=NOON)

    said = back(dossier, cast.legal, reason="  Viser le code du sport. ")

    number = dossier.number
    dossier.refresh_from_db()
    assert (dossier.stage, dossier.number, dossier.version) == (Stage.TO_CORRECT, number, 1)
    assert (said.kind, said.remark, said.version) == ("sent_back", "Viser le code du sport.", 1)
    assert [s.state for s in steps_of(dossier)] == ["given", "sent_back", "missing"]
    assert not RunStep.objects.filter(opened_at__isnull=False, closed_at=None).exists()
    assert in_tray(cast.legal, on=TODAY) == []


def test_the_journal_keeps_the_reason_and_the_version_read(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    back(dossier, cast.head_of_service)

    assert told.by(cast.head_of_service, "head_of_service", "circuit.sent_back")
    assert told.last()["facts"] == {"step": "Chef de service", "version": 1, "reason": "Viser le code du sport."}


def test_under_a_delegation_it_says_in_whose_name(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    a_delegation(cast.head_of_service, cast.outsider)

    said = back(dossier, cast.outsider, on_behalf_of_id=cast.head_of_service.id)

    assert said.on_behalf_of == cast.head_of_service
    assert told.last()["on_behalf_of"]["name"] == "Chems Chef"


def test_a_sending_back_has_its_reason(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    with pytest.raises(ReasonMissing, match="Un renvoi se motive") as refusal, nothing_written():
        back(dossier, cast.head_of_service, reason=" \n")

    assert refusal.value.field == "reason"


@pytest.mark.parametrize("who", ["legal", "director", "drafter", "clerk", "outsider"])
def test_only_whose_visa_is_awaited_sends_back(cast: Cast, who: str, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    with pytest.raises(NotYourTurn), nothing_written():
        back(dossier, getattr(cast, who))


def test_a_text_that_changed_is_read_again_first(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    versions.freeze(dossier, by=cast.drafter, at=NOON)

    with pytest.raises(TextHasChanged), nothing_written():
        back(dossier, cast.head_of_service)


def test_nobody_sends_back_one_s_own_draft(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True, drafter=cast.head_of_service)

    with pytest.raises(OwnDraft), nothing_written():
        back(dossier, cast.head_of_service)


def test_without_a_delegation_nobody_sends_back_for_another(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    with pytest.raises(NoDelegation), nothing_written():
        back(dossier, cast.outsider, on_behalf_of_id=cast.head_of_service.id)


@pytest.mark.parametrize("trait", ["to_correct", "ready", "on_agenda", "rejected"])
def test_out_of_the_circuit_nothing_is_sent_back(cast: Cast, trait: str, nothing_written: Any) -> None:
    dossier = a_dossier(cast, **({"on_agenda": True} if trait == "rejected" else {trait: True}))
    if trait == "rejected":
        Dossier.objects.filter(pk=dossier.pk).update(stage=Stage.REJECTED)

    with pytest.raises(MoveNotAllowed), nothing_written():
        back(dossier, cast.head_of_service)


# --- To an earlier step -----------------------------------------------------------------------------------------


def at_cabinet(cast: Cast) -> Dossier:
    dossier = a_dossier(cast, in_circuit=True)
    for agent in (cast.head_of_service, cast.legal):
        give_visa(dossier_id=dossier.id, agent=agent, version_read=1, at=NOON)
    return dossier


def step(dossier: Dossier, order: int) -> int:
    return RunStep.objects.get(run__dossier=dossier, order=order).pk


def test_an_earlier_step_looks_again_and_the_visas_from_there_on_are_annulled(cast: Cast) -> None:
    dossier = at_cabinet(cast)

    said = back(dossier, cast.cabinet, to_step=step(dossier, 2))

    dossier.refresh_from_db()
    assert (dossier.stage, said.kind, said.to_id) == (Stage.IN_CIRCUIT, "sent_back_to", step(dossier, 2))
    assert [s.state for s in steps_of(dossier)] == ["given", "awaited", "sent_back"]
    assert list(Visa.objects.exclude(annulled_at=None).values_list("agent", flat=True)) == [cast.legal.pk]
    assert told.by(cast.cabinet, "cabinet", "circuit.sent_back_to")
    assert told.last()["facts"] == {
        "step": "Cabinet",
        "to": "Juridique",
        "version": 1,
        "reason": "Viser le code du sport.",
        "annulled": ["Juridique (Jules Juriste)"],
    }


def test_the_same_text_then_gets_its_visas_again(cast: Cast) -> None:
    dossier = at_cabinet(cast)
    back(dossier, cast.cabinet, to_step=step(dossier, 1))

    for agent in (cast.head_of_service, cast.legal, cast.cabinet):
        give_visa(dossier_id=dossier.id, agent=agent, version_read=1, at=NOON)

    dossier.refresh_from_db()
    assert dossier.stage == Stage.READY


def test_only_to_an_earlier_step_of_this_circuit(cast: Cast, nothing_written: Any) -> None:
    dossier, other = at_cabinet(cast), at_cabinet(cast)

    for to_step in (step(dossier, 3), step(other, 1), 987654):
        with pytest.raises(StepNotPassed, match="étape déjà franchie"), nothing_written():
            back(dossier, cast.cabinet, to_step=to_step)


def test_what_was_passed_over_is_asked_for_again(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    pass_on(
        dossier_id=dossier.id,
        agent=cast.chief_executive,
        version_read=1,
        to_step=step(dossier, 3),
        reason="Urgence.",
        at=NOON,
    )

    back(dossier, cast.cabinet, to_step=step(dossier, 2))

    assert [s.state for s in steps_of(dossier)] == ["waived", "awaited", "sent_back"]
