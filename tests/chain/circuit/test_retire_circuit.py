"""Retiring a circuit."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.accounts.models import Role
from hemicycle.chain.circuit.actions.retire_circuit import AlreadyRetired, retire_circuit
from hemicycle.chain.circuit.queries import circuits_for, steps_of
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain import told
from tests.factories import a_circuit, a_dossier

pytestmark = pytest.mark.django_db


def test_it_is_offered_no_more_and_its_passages_go_on(cast: Cast) -> None:
    circuit = a_circuit()
    dossier = a_dossier(cast, in_circuit=True, circuit=circuit)

    retire_circuit(circuit_id=circuit.pk, agent=cast.clerk, at=NOON)

    assert circuits_for(dossier) == []
    assert steps_of(dossier)[0].state == "awaited"
    assert told.by(cast.clerk, Role.ASSEMBLY_OFFICE, "circuit.circuit_retired")
    assert told.last()["facts"] == {"circuit": circuit.name, "running": 1}


def test_a_circuit_already_retired_is_refused(cast: Cast, nothing_written: Any) -> None:
    circuit = a_circuit()
    retire_circuit(circuit_id=circuit.pk, agent=cast.clerk, at=NOON)

    for circuit_id in (circuit.pk, 999):
        with pytest.raises(AlreadyRetired), nothing_written():
            retire_circuit(circuit_id=circuit_id, agent=cast.clerk, at=NOON)


def test_only_the_service_des_assemblees_retires(cast: Cast, nothing_written: Any) -> None:
    circuit = a_circuit()

    with pytest.raises(NotEntitled), nothing_written():
        retire_circuit(circuit_id=circuit.pk, agent=cast.director, at=NOON)
