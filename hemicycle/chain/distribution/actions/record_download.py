"""A partner downloads a file from the personal page."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Role
from hemicycle.chain.distribution.actions.open_notice import UnknownLink, locked_by_token
from hemicycle.chain.distribution.events import NoticeDownloaded
from hemicycle.chain.distribution.models import Notice
from hemicycle.chain.distribution.partner_page import files_of
from hemicycle.dossier import journal
from hemicycle.dossier.models import Dossier, JournalEntry
from hemicycle.dossier.refusals import ActionRefused

__all__ = ["NotOffered", "UnknownLink", "record_download"]


class NotOffered(ActionRefused):
    message = "Ce fichier ne fait pas partie de l’envoi ; revenez à la page du lien reçu."


@transaction.atomic
def record_download(*, token: str, file: UUID, at: dt.datetime) -> Notice:
    """Date the first download, and journal the first one of each file; the next ones change nothing.

    `file`: one of those that the partner's page offers. Raises UnknownLink, NotOffered.
    """
    dossier, notice = locked_by_token(token)
    offered = next((f.attachment for f in files_of(notice) if f.attachment.id == file), None)
    if offered is None:
        raise NotOffered
    event = NoticeDownloaded(
        partner=notice.partner, email=notice.email, mode=notice.mode, file=offered.name, sha256=offered.sha256
    )
    if _already(dossier, event):
        return notice

    if notice.downloaded_at is None:
        notice.downloaded_at = at
        notice.save(update_fields=["downloaded_at"])

    journal.record(dossier, event, by=accounts.courier(), at=at, role=Role.COURIER)
    return notice


def _already(dossier: Dossier, event: NoticeDownloaded) -> bool:
    facts = {"partner": event.partner, "email": event.email, "mode": event.mode, "file": event.file}
    earlier = JournalEntry.objects.filter(dossier=dossier, event=event.name).order_by("n")
    return any(facts.items() <= entry.sealed["facts"].items() for entry in earlier)
