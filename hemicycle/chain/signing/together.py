"""What was ordered in one gesture, to be carried together; and the codes to be typed with it."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from hemicycle.accounts.models import Agent, Signatory
from hemicycle.chain.signing.models import ExpectedSignature, KeyCodes
from hemicycle.chain.signing.queries import Order, signing_bytes

#: Acts held in memory at once, and signed under one authorisation.
MOST = 200


def orders_together(dossier_id: UUID) -> list[tuple[UUID, Order]]:
    """That dossier's order first, then those of the same gesture by the same key; none that is not to be carried."""
    own = signing_bytes(dossier_id)
    if not own.to_carry:
        return []
    found = [(dossier_id, own)]
    if own.gesture_id is None or own.brought:
        return found
    rows = ExpectedSignature.objects.filter(
        gesture=own.gesture_id,
        state=ExpectedSignature.State.ORDERED,
        brought=None,
        signatory__key_name=own.key_name,
        act__state=ExpectedSignature.State.ORDERED,
    ).exclude(act__dossier=dossier_id)
    others = rows.order_by("act__number").values_list("act__dossier", flat=True)[: MOST - 1]
    return [*found, *((other, signing_bytes(other)) for other in others)]


def codes_asked(agent: Agent, *, on: dt.date) -> list[str]:
    """What the keys of the agent want at each gesture, as far as it is known."""
    own = Signatory.objects.on(on).filter(agent=agent).values("key_name")
    wanted = {name for row in KeyCodes.objects.filter(key_name__in=own).order_by("pk") for name in row.codes}
    return [name for name in ("PIN", "OTP") if name in wanted]
