"""Take a link between two dossiers away."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting.actions.link_dossier import LinkRefused, name_of
from hemicycle.chain.drafting.events import DossierUnlinked
from hemicycle.chain.drafting.models import DossierLink
from hemicycle.chain.drafting.writing import require_writable
from hemicycle.dossier import journal
from hemicycle.dossier.models import Dossier


@transaction.atomic
def unlink_dossier(*, dossier_id: UUID, link_id: int, agent: Agent, at: dt.datetime) -> Dossier:
    """Remove a link that this dossier declares. Raises NotEntitled, TextFrozen, LinkRefused when it is gone."""
    dossier = Dossier.objects.locked().get(id=dossier_id)
    role = require_writable(dossier, agent, at=at)
    link = DossierLink.objects.select_related("target").filter(id=link_id, dossier=dossier).first()
    if link is None:
        raise LinkRefused("Ce lien n’existe plus ; rechargez la page.")
    event = DossierUnlinked(kind=link.get_kind_display(), to=name_of(link))

    link.delete()

    journal.record(dossier, event, by=agent, at=at, role=role)
    return dossier
