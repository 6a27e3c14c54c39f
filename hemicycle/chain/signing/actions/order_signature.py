"""The signatory has read the act and orders its signature."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.signing.authority import awaiting, require_signatory
from hemicycle.chain.signing.events import SignatureOrdered
from hemicycle.chain.signing.expected import NotTheSignatory, former, printed
from hemicycle.chain.signing.models import Act, SigningGesture
from hemicycle.chain.signing.ordering import ActHasChanged, ordered
from hemicycle.dossier import journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier

__all__ = ["ActHasChanged", "order_signature"]


@transaction.atomic
def order_signature(
    *, dossier_id: UUID, sha256_read: str, agent: Agent, at: dt.datetime, gesture_id: int | None = None
) -> Act:
    """Order the signature of the very bytes that were read; a courier carries them to the signing service.

    Those bytes are the act with the signatures before this one. An order that could not be carried out may be given
    again. What is ordered in one gesture (begin_gesture) is carried together.
    Raises NotTheSignatory, ActHasChanged, AlreadyOrdered, MoveNotAllowed.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    expected = awaiting(dossier)
    role, on_behalf_of = require_signatory(expected, agent, on=day(at))
    digest = former(expected).sha256
    if sha256_read.strip().lower() != digest:
        raise ActHasChanged

    if gesture_id is not None and not SigningGesture.objects.filter(pk=gesture_id, agent=agent).exists():
        raise NotTheSignatory("Ce geste de signature n’est pas le vôtre ; rechargez la page.")
    ordered(expected, agent, at=at, gesture_id=gesture_id)

    event = SignatureOrdered(number=expected.act.number, sha256=digest, capacity=printed(expected), rank=expected.rank)
    journal.record(dossier, event, by=agent, at=at, role=role, on_behalf_of=on_behalf_of)
    return expected.act
