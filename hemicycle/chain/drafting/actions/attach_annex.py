"""Attach an annex to the dossier."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting import annexing
from hemicycle.chain.drafting.annexing import AnnexRefused
from hemicycle.chain.drafting.events import AnnexAttached
from hemicycle.chain.drafting.writing import require_writable
from hemicycle.dossier import attachments, journal
from hemicycle.dossier.models import Attachment, Dossier

__all__ = ["AnnexRefused", "attach_annex"]


@transaction.atomic
def attach_annex(
    *,
    dossier_id: UUID,
    data: bytes,
    filename: str,
    title: str,
    to_control: bool,
    agent: Agent,
    at: dt.datetime,
    type_code: str = "",
    published: bool = True,
    in_booklet: bool = True,
    confidential: bool = False,
) -> Attachment:
    """Add an annex at the end of the list; a .docx or .odt is also set as PDF/A, which is the annex in force.

    `to_control`: sent to the control of legality, with its type of piece. A confidential annex is neither published
    nor in the members' booklet, whatever is said. Raises NotEntitled, TextFrozen, AnnexRefused.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    role = require_writable(dossier, agent, at=at)
    order = len(attachments.annexes_of(dossier)) + 1
    given = annexing.prepared(dossier, data, filename, title=title, type_code=type_code, order=order, at=at)
    if to_control:
        annexing.check_weight(dossier, given.size, given.accepted.name)

    flags = annexing.flags(to_control=to_control, published=published, in_booklet=in_booklet, confidential=confidential)
    annex = annexing.lay(dossier, given, order=order, by=agent, at=at, replaces=None, **flags)

    event = AnnexAttached(title=annex.title, file=annex.name, sha256=annex.sha256, to_control=to_control)
    journal.record(dossier, event, by=agent, at=at, role=role)
    return annex
