"""What could not be signed of a gesture comes back to its signatory, who gives the order again."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.signing.events import SignatureReopened
from hemicycle.chain.signing.models import Act, ExpectedSignature, SigningGesture
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier

State = ExpectedSignature.State


@transaction.atomic
def reopen_gesture(*, gesture_id: int, reason: str, agent: Agent, at: dt.datetime) -> int:
    """The acts of the gesture not signed yet wait for an order again; those signed stay so. Returns how many.

    For what the signatory alone can mend: a code wrong, spent or late. Raises NotEntitled.
    """
    role = access.require_role(agent, Role.COURIER, on=day(at), what="Rendre un ordre de signature")
    under_way = ExpectedSignature.objects.filter(gesture=gesture_id, state=State.ORDERED, brought=None)
    dossiers = Dossier.objects.locked().filter(id__in=under_way.values("act__dossier")).order_by("id")
    locked = {dossier.pk: dossier for dossier in dossiers}
    rows = list(under_way.filter(act__dossier__in=locked).select_related("act").order_by("act__dossier", "rank"))
    for row in rows:
        row.state, row.act.state = State.TO_SIGN, Act.State.TO_SIGN
        row.save(update_fields=["state"])
        row.act.save(update_fields=["state"])
        event = SignatureReopened(number=row.act.number, reason=reason)
        journal.record(locked[row.act.dossier_id], event, by=agent, at=at, role=role)
    SigningGesture.objects.filter(pk=gesture_id).update(refusal=reason[:500], sealed_codes=b"", leased_until=None)
    return len(rows)
