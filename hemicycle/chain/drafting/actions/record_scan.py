"""Record what the antivirus said of an annex."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.drafting.annexing import NoSuchAnnex
from hemicycle.chain.drafting.events import AnnexInfected
from hemicycle.dossier import access, attachments, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Attachment, Dossier


@transaction.atomic
def record_scan(*, dossier_id: UUID, annex_id: UUID, threat: str, agent: Agent, at: dt.datetime) -> Attachment:
    """Found clean (no `threat`), the annex is read by all who may; infected, it leaves the list and goes to nobody.

    Its author is told by the journal and by the page of the annexes. The text that it was made of shares its fate.
    Recorded once: the same verdict twice writes nothing. Raises NotEntitled for anyone but the couriers, NoSuchAnnex.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    role = access.require_role(agent, Role.COURIER, on=day(at), what="L’analyse d’une annexe")
    annex = dossier.attachments.filter(id=annex_id, kind=Attachment.Kind.ANNEX).first()
    if annex is None:
        raise NoSuchAnnex
    both = Attachment.objects.filter(id__in=[annex.pk, annex.derived_from_id])
    if not threat:
        both.filter(scanned_at=None).update(scanned_at=at)
        annex.refresh_from_db()
        return annex

    both.update(kind=Attachment.Kind.INFECTED, removed_at=at)
    for order, other in enumerate(attachments.annexes_of(dossier), start=1):
        Attachment.objects.filter(id=other.id).update(order=order)
    event = AnnexInfected(title=annex.title, file=annex.name, sha256=annex.sha256, threat=threat)
    journal.record(dossier, event, by=agent, at=at, role=role)
    annex.refresh_from_db()
    return annex
