"""Put off a letter that the mail server cannot take now."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.telling.models import Letter
from hemicycle.dossier import access
from hemicycle.dossier.dates import day


@transaction.atomic
def defer_letter(*, letter_id: UUID, until: dt.datetime, why: str, agent: Agent, at: dt.datetime) -> None:
    """Nothing is lost: it is taken up again then, without what no longer holds. Not journaled.

    Raises NotEntitled: the couriers' own.
    """
    access.require_role(agent, Role.COURIER, on=day(at), what="Remettre un envoi")
    on_its_way = Letter.objects.filter(id=letter_id, sent_at=None, dropped_at=None)
    on_its_way.update(leased_until=until, last_error=why[:500])
