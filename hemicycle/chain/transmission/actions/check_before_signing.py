"""Stop the signature of an act that the préfecture would refuse."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.transmission import control
from hemicycle.dossier import access
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import NotEntitled


@transaction.atomic
def check_before_signing(*, dossier_id: UUID, agent: Agent, at: dt.datetime) -> None:
    """Called in the transaction that orders the signature: a signed act is no longer put right, it is remade.

    Raises NotEntitled, WouldBeRefused. Writes nothing.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    if not access.may_read(agent, dossier, on=day(at)):
        raise NotEntitled
    # A date to come is past by the time it leaves: the sending waits for it, the signature need not.
    control.require_sendable(dossier, on=day(at), what="signé", besides="acte.date")
