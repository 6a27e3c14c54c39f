"""Withdrawing a dossier before it is on an agenda."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.circuit import queries as circuit
from hemicycle.chain.drafting.actions.withdraw_dossier import InItsCircuit, ReasonMissing, withdraw_dossier
from hemicycle.dossier.refusals import MoveNotAllowed, NotEntitled
from hemicycle.dossier.stages import Stage
from tests.cast import NOON, TODAY, Cast
from tests.chain import told
from tests.factories import a_dossier

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("who", "role"),
    [
        ("drafter", "drafter"),
        ("clerk", "assembly_office"),
        ("chief_executive", "chief_executive"),
        ("president", "president"),
    ],
)
def test_the_drafter_the_office_the_dgs_and_the_president_may_withdraw(cast: Cast, who: str, role: str) -> None:
    dossier = a_dossier(cast)

    withdraw_dossier(dossier_id=dossier.id, reason=" Doublon du R2026-0002. ", agent=getattr(cast, who), at=NOON)

    dossier.refresh_from_db()
    assert dossier.stage == Stage.WITHDRAWN
    assert told.by(getattr(cast, who), role, "drafting.dossier_withdrawn")
    assert told.last()["facts"] == {"reason": "Doublon du R2026-0002."}


def test_a_dossier_withdrawn_in_its_circuit_waits_for_nobody(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    assert circuit.in_tray(cast.head_of_service, on=TODAY)

    withdraw_dossier(dossier_id=dossier.id, reason="Projet abandonné.", agent=cast.drafter, at=NOON)

    assert circuit.in_tray(cast.head_of_service, on=TODAY) == []


@pytest.mark.parametrize("who", ["colleague", "neighbour", "head_of_service", "director", "cabinet", "outsider"])
def test_the_others_are_refused(cast: Cast, who: str, nothing_written: Any) -> None:
    dossier = a_dossier(cast)

    with pytest.raises(NotEntitled, match=f"Retirer le dossier {dossier.number} est réservé"), nothing_written():
        withdraw_dossier(dossier_id=dossier.id, reason="Doublon.", agent=getattr(cast, who), at=NOON)


def test_a_drafter_whose_account_is_closed_withdraws_nothing(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)
    cast.drafter.is_active = False
    cast.drafter.save()

    with pytest.raises(NotEntitled), nothing_written():
        withdraw_dossier(dossier_id=dossier.id, reason="Doublon.", agent=cast.drafter, at=NOON)


def test_a_withdrawal_has_its_reason(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)

    with pytest.raises(ReasonMissing, match="Dites pourquoi") as refusal, nothing_written():
        withdraw_dossier(dossier_id=dossier.id, reason=" ", agent=cast.drafter, at=NOON)

    assert refusal.value.field == "reason"


@pytest.mark.parametrize("trait", ["on_agenda", "adopted", "signed", "archived"])
def test_on_an_agenda_or_beyond_it_is_too_late(cast: Cast, trait: str, nothing_written: Any) -> None:
    dossier = a_dossier(cast, **{trait: True})

    with pytest.raises(MoveNotAllowed, match="« retiré » n’est pas possible à cette étape"), nothing_written():
        withdraw_dossier(dossier_id=dossier.id, reason="Doublon.", agent=cast.drafter, at=NOON)


def test_nobody_withdraws_twice(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)
    withdraw_dossier(dossier_id=dossier.id, reason="Doublon.", agent=cast.drafter, at=NOON)

    with pytest.raises(MoveNotAllowed), nothing_written():
        withdraw_dossier(dossier_id=dossier.id, reason="Doublon.", agent=cast.drafter, at=NOON)


def test_a_lead_goes_with_the_deliberations_of_its_report(cast: Cast) -> None:
    lead = a_dossier(cast)
    companion = a_dossier(cast, lead=lead)

    withdraw_dossier(dossier_id=lead.id, reason="Doublon.", agent=cast.drafter, at=NOON)

    companion.refresh_from_db()
    assert companion.stage == Stage.WITHDRAWN
    assert told.events(companion) == ["drafting.dossier_withdrawn"]


def test_a_companion_leaves_alone_while_it_is_written(cast: Cast) -> None:
    lead = a_dossier(cast)
    companion = a_dossier(cast, lead=lead)

    withdraw_dossier(dossier_id=companion.id, reason="Inutile.", agent=cast.drafter, at=NOON)

    lead.refresh_from_db()
    assert lead.stage == Stage.DRAFTING


def test_a_companion_under_visa_stays_with_its_report(cast: Cast, nothing_written: Any) -> None:
    companion = a_dossier(cast, lead=a_dossier(cast, in_circuit=True), stage=Stage.IN_CIRCUIT)

    with pytest.raises(InItsCircuit, match="demandez d’abord une correction"), nothing_written():
        withdraw_dossier(dossier_id=companion.id, reason="Inutile.", agent=cast.drafter, at=NOON)
