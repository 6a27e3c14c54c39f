"""The signatory has read the act and orders its signature."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.signing.authority import awaiting, require_signatory
from hemicycle.chain.signing.events import SignatureOrdered
from hemicycle.chain.signing.models import Act
from hemicycle.dossier import journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused


class ActHasChanged(ActionRefused):
    message = "L’acte n’est plus celui que vous avez lu ; relisez-le avant de le signer."


@transaction.atomic
def order_signature(*, dossier_id: UUID, sha256_read: str, agent: Agent, at: dt.datetime) -> Act:
    """Order the signature of the very bytes that were read; a courier carries them to the signing service.

    An order that could not be carried out may be given again. Raises NotTheSignatory, ActHasChanged,
    AlreadyOrdered, MoveNotAllowed.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    act = awaiting(dossier)
    role, on_behalf_of = require_signatory(act, agent, on=day(at))
    if sha256_read.strip().lower() != act.frozen.sha256:
        raise ActHasChanged

    act.state, act.ordered_by, act.ordered_at = Act.State.ORDERED, agent, at
    act.save(update_fields=["state", "ordered_by", "ordered_at"])

    event = SignatureOrdered(number=act.number, sha256=act.frozen.sha256, capacity=act.signatory.capacity)
    journal.record(dossier, event, by=agent, at=at, role=role, on_behalf_of=on_behalf_of)
    return act
