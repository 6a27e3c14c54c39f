"""Record that a partner's letter left, with the message as its proof."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.distribution.events import NoticeSent
from hemicycle.chain.distribution.models import Notice
from hemicycle.dossier import access, attachments, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Attachment, Dossier


@transaction.atomic
def record_notice_sent(*, notice_id: int, message_id: str, eml: bytes, agent: Agent, at: dt.datetime) -> Notice:
    """Date the sending and keep the message as it left; twice is once.

    Raises NotEntitled, Notice.DoesNotExist.
    """
    dossier = Dossier.objects.locked().get(notices=notice_id)
    role = access.require_role(agent, Role.COURIER, on=day(at), what="Dater l’envoi d’un courriel")
    notice = Notice.objects.get(id=notice_id)
    if notice.sent_at is not None:
        return notice

    notice.mail = attachments.keep(
        dossier,
        eml,
        kind=Attachment.Kind.PRODUCED,
        title=f"Courriel à {notice.partner}"[:250],
        name=f"{dossier.act_number}-courriel-{notice.pk}.eml",
        media_type="message/rfc822",
        by=agent,
        at=at,
        published=False,
    )
    notice.sent_at, notice.message_id = at, message_id
    notice.save(update_fields=["mail", "sent_at", "message_id"])

    event = NoticeSent(
        partner=notice.partner,
        email=notice.email,
        mode=notice.mode,
        message_id=message_id,
        sha256=notice.mail.sha256,
    )
    journal.record(dossier, event, by=agent, at=at, role=role)
    return notice
