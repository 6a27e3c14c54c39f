"""Change the title, the flags or the type of piece of an annex."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting import annexing
from hemicycle.chain.drafting.annexing import AnnexRefused, NoSuchAnnex
from hemicycle.chain.drafting.events import AnnexDescribed
from hemicycle.chain.drafting.rules import default_piece_type
from hemicycle.chain.drafting.writing import require_writable
from hemicycle.dossier import journal
from hemicycle.dossier.models import Attachment, Dossier

__all__ = ["AnnexRefused", "NoSuchAnnex", "describe_annex"]


@transaction.atomic
def describe_annex(
    *,
    dossier_id: UUID,
    annex_id: UUID,
    title: str,
    to_control: bool,
    type_code: str,
    published: bool,
    in_booklet: bool,
    confidential: bool,
    agent: Agent,
    at: dt.datetime,
) -> Attachment:
    """Write what has changed, and tell it; nothing is written where nothing has.

    A confidential annex is neither published nor in the members' booklet, whatever is said. Raises NotEntitled,
    TextFrozen, NoSuchAnnex, AnnexRefused.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    role = require_writable(dossier, agent, at=at)
    annex = annexing.annex_in(dossier, annex_id)
    wanted = annexing.flags(
        to_control=to_control, published=published, in_booklet=in_booklet, confidential=confidential
    ) | {
        "title": annexing.accepted_title(title, annex.name),
        "type_code": annexing.accepted_type(type_code, dossier.nature),
    }
    if not annex.type_code and wanted["type_code"] == default_piece_type(dossier.nature):
        wanted["type_code"] = ""
    if to_control and not annex.to_control:
        annexing.check_weight(dossier, annex.size, annex.name)

    changes = {name: [getattr(annex, name), value] for name, value in wanted.items() if getattr(annex, name) != value}
    if not changes:
        return annex
    _write(annex, wanted)

    event = AnnexDescribed(title=annex.title, sha256=annex.sha256, changes=changes)
    journal.record(dossier, event, by=agent, at=at, role=role)
    return annex


def _write(annex: Attachment, wanted: dict[str, Any]) -> None:
    """The annex, and the secrecy of the text that it was made of and of those that it replaced."""
    for name, value in wanted.items():
        setattr(annex, name, value)
    annex.save(update_fields=list(wanted))
    behind: Attachment | None = annex
    while behind is not None:
        Attachment.objects.filter(id__in=[behind.pk, behind.derived_from_id]).update(confidential=annex.confidential)
        behind = behind.replaces
