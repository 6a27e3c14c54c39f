"""Record that the signatory refused in the outside signature book: the act goes back to be drawn up again."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.signing.elsewhere import ordered_on
from hemicycle.chain.signing.models import Act
from hemicycle.chain.signing.refusing import refused
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier
from hemicycle.texts.typed import one_line

UNSAID = "Refusé sans motif."


@transaction.atomic
def record_refusal(*, dossier_id: UUID, sha256: str, reason: str, agent: Agent, at: dt.datetime) -> Act:
    """The refusal of the very bytes that were left there, with its reason; same act, same number.

    Raises NotEntitled, MoveNotAllowed.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    role = access.require_role(agent, Role.COURIER, on=day(at), what="Enregistrer un refus de signature")
    act = ordered_on(dossier, sha256).act

    event = refused(act, dossier, one_line(reason, 500) or UNSAID, at=at)
    journal.record(dossier, event, by=agent, at=at, role=role)
    return act
