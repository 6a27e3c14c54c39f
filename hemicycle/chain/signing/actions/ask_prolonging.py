"""Ask that the proof of a signed act be prolonged."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.signing import proofs
from hemicycle.chain.signing.events import ProlongingAsked
from hemicycle.chain.signing.models import Proof
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused


class NothingToProlong(ActionRefused):
    message = "Cet acte n’est pas signé : il n’y a pas de preuve à prolonger."


class AlreadyAsked(ActionRefused):
    message = "La preuve de cet acte est déjà en cours de prolongation."


@transaction.atomic
def ask_prolonging(*, dossier_id: UUID, agent: Agent, at: dt.datetime) -> Proof:
    """A courier then asks for fresh proofs and a timestamp, and keeps another file.

    Raises NotEntitled, NothingToProlong, AlreadyAsked.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    role = access.require_role(
        agent, Role.ASSEMBLY_OFFICE, Role.ADMINISTRATOR, on=day(at), what="Prolonger la preuve d’un acte"
    )
    proof: Any = proofs.listed().filter(act__dossier=dossier).first()
    if proof is None:
        raise NothingToProlong
    if proof.asked_at is not None and not proof.trouble:
        raise AlreadyAsked

    found: Proof = proof
    found.asked_at = at
    found.save(update_fields=["asked_at"])

    event = ProlongingAsked(number=proof.act.number, sha256=proof.file.sha256)
    journal.record(dossier, event, by=agent, at=at, role=role)
    return found
