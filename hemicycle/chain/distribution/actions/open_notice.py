"""A partner follows the personal link: the dated proof of it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Role
from hemicycle.chain.distribution.events import NoticeOpened
from hemicycle.chain.distribution.models import Notice
from hemicycle.chain.distribution.rules import TOKEN
from hemicycle.dossier import journal
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused


class UnknownLink(ActionRefused):
    message = "Ce lien n’est pas valable ; vérifiez l’adresse reçue ou demandez un nouvel envoi à l’expéditeur."


@transaction.atomic
def open_notice(*, token: str, at: dt.datetime) -> Notice:
    """Date the first opening of the partner's page; the next ones change nothing. Raises UnknownLink.

    The partner has no account: the courier records it, and the link's secret is the right.
    """
    dossier, notice = locked_by_token(token)
    if notice.opened_at is not None:
        return notice

    notice.opened_at = at
    notice.save(update_fields=["opened_at"])

    event = NoticeOpened(partner=notice.partner, email=notice.email, mode=notice.mode)
    journal.record(dossier, event, by=accounts.courier(), at=at, role=Role.COURIER)
    return notice


def locked_by_token(token: str) -> tuple[Dossier, Notice]:
    """The dossier, locked, and the notice of that link. Raises UnknownLink."""
    dossier = Dossier.objects.locked().filter(notices__token=token).first() if TOKEN.fullmatch(token) else None
    if dossier is None:
        raise UnknownLink
    return dossier, Notice.objects.get(token=token)
