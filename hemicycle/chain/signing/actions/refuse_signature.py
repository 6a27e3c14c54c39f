"""The signatory does not sign: the act goes back to be drawn up again."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.signing.authority import awaiting, require_signatory
from hemicycle.chain.signing.models import Act
from hemicycle.chain.signing.refusing import refused
from hemicycle.dossier import journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.texts.typed import one_line


class ReasonMissing(ActionRefused):
    message = "Dites pourquoi l’acte n’est pas signé : le service des assemblées en a besoin pour le reprendre."


@transaction.atomic
def refuse_signature(*, dossier_id: UUID, reason: str, agent: Agent, at: dt.datetime) -> Act:
    """Refuse to sign the act as it stands, at any rank; its number stays, its bytes are kept and never signed.

    Raises NotTheSignatory, ReasonMissing, AlreadyOrdered, MoveNotAllowed.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    expected = awaiting(dossier)
    role, on_behalf_of = require_signatory(expected, agent, on=day(at))
    said = one_line(reason, 500)
    if not said:
        raise ReasonMissing(field="reason")

    event = refused(expected.act, dossier, said, at=at)
    journal.record(dossier, event, by=agent, at=at, role=role, on_behalf_of=on_behalf_of)
    return expected.act
