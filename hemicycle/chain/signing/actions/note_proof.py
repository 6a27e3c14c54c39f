"""Follow the proof of an act signed before proofs were followed."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.signing import proofs
from hemicycle.chain.signing.models import Act, Proof
from hemicycle.dossier import access, attachments
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier


@transaction.atomic
def note_proof(*, dossier_id: UUID, agent: Agent, at: dt.datetime) -> Proof | None:
    """Read in the signed original until when it proves itself. Not journaled: its bytes say it. Raises NotEntitled."""
    access.require_role(agent, Role.COURIER, on=day(at), what="Suivre la preuve d’un acte")
    dossier = Dossier.objects.locked().get(id=dossier_id)
    act = Act.objects.select_related("signed").filter(dossier=dossier, proof=None).first()
    if act is None or act.signed is None:
        return None
    return proofs.note(act, act.signed, attachments.read(act.signed))
