"""Retire a circuit: it is offered no more, and passages under way go on with it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.circuit import definitions
from hemicycle.chain.circuit.events import CircuitRetired
from hemicycle.chain.circuit.models import Circuit
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.refusals import ActionRefused


class AlreadyRetired(ActionRefused):
    message = "Ce circuit est déjà retiré, ou n’existe pas ; rechargez la liste des circuits."


@transaction.atomic
def retire_circuit(*, circuit_id: int, agent: Agent, at: dt.datetime) -> Circuit:
    """Never deleted: what has passed by it names it. Saving it again offers it anew.

    Raises NotEntitled, AlreadyRetired.
    """
    circuit = Circuit.objects.select_for_update(of=("self",)).filter(pk=circuit_id, active=True).first()
    role = access.require_role(agent, Role.ASSEMBLY_OFFICE, on=day(at), what="Retirer un circuit")
    if circuit is None:
        raise AlreadyRetired

    circuit.active = False
    circuit.save(update_fields=["active"])

    event = CircuitRetired(circuit=circuit.name, running=definitions.running(circuit))
    journal.record(None, event, by=agent, at=at, role=role)
    return circuit
