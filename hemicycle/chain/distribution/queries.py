"""What the edges may read of the returns and of the notices."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Unit
from hemicycle.chain.distribution.conditions import DIRECTION, AcknowledgedAct, acknowledged_act, may_act_for
from hemicycle.chain.distribution.models import Notice, Partner, Return
from hemicycle.chain.distribution.partner_page import OfferedFile, files_of
from hemicycle.chain.distribution.rules import TOKEN
from hemicycle.dossier import attachments
from hemicycle.dossier.kinds import Kind, author_of, kind_of
from hemicycle.dossier.models import Dossier


@dataclass(frozen=True, kw_only=True)
class ReturnView:
    """An act come back to its direction."""

    dossier: Dossier
    returned_at: dt.datetime
    seen_at: dt.datetime | None
    seen_by: Agent | None


@dataclass(frozen=True, kw_only=True)
class PartnerPage:
    """What the personal link shows, without an account."""

    notice: Notice
    act_number: str
    object: str
    kind: Kind
    #: « commission permanente », « président du conseil départemental »
    body: str
    voted: bool
    decided_on: dt.date
    received_on: dt.date
    #: Reference of the act at the préfecture.
    unique_id: str
    signed_by: str
    contact: str
    #: True for a notification, whose letter states the ways and terms of appeal.
    notifies: bool
    files: tuple[OfferedFile, ...]


@dataclass(frozen=True, kw_only=True)
class FileView:
    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, kw_only=True)
class NoticeToSend:
    """All that the courier needs to write the e-mail."""

    notice: Notice
    act: AcknowledgedAct
    #: Name and bytes of the letter.
    letter_name: str
    letter: bytes

    @property
    def notifies(self) -> bool:
        return self.notice.mode == Notice.Mode.NOTIFICATION


def returned_to(
    agent: Agent, *, on: dt.date, unseen_only: bool = False, dossier: Dossier | None = None
) -> list[ReturnView]:
    """The acts come back to the directions where the agent works on that day, latest first; or only that dossier's."""
    rows = returns_to(agent, on=on, unseen_only=unseen_only)
    if dossier is not None:
        rows = rows.filter(dossier=dossier)
    rows = rows.select_related("dossier__unit__parent__parent__parent", "dossier__drafter", "seen_by")
    return [
        ReturnView(dossier=r.dossier, returned_at=r.returned_at, seen_at=r.seen_at, seen_by=r.seen_by) for r in rows
    ]


def returns_to(agent: Agent, *, on: dt.date, unseen_only: bool = False) -> QuerySet[Return]:
    """The rows of `returned_to`: to be counted."""
    if not agent.is_active:
        return Return.objects.none()
    units = accounts.units_of(agent, *DIRECTION, on=on)
    theirs = Q(drafter=agent) | Q(unit__in=units)
    if unseen_only:
        # The few unseen are asked whose they are; the other way round, every dossier of the units would be looked at.
        rows = Return.objects.filter(Exists(Dossier.objects.filter(theirs, pk=OuterRef("dossier"))), seen_at=None)
    else:
        rows = Return.objects.filter(dossier__in=Dossier.objects.filter(theirs))
    return rows.order_by("-returned_at", "-id")


def return_of(dossier: Dossier) -> ReturnView | None:
    """The return of the act to its direction, or None while it has not come back."""
    found = Return.objects.filter(dossier=dossier).select_related("dossier", "seen_by").first()
    if found is None:
        return None
    return ReturnView(
        dossier=found.dossier, returned_at=found.returned_at, seen_at=found.seen_at, seen_by=found.seen_by
    )


def notices_of(dossier: Dossier) -> list[Notice]:
    """Every notice of the act with its proofs, oldest first."""
    rows = Notice.objects.filter(dossier=dossier).select_related("letter", "mail", "prepared_by")
    return list(rows.order_by("prepared_at", "id"))


def may_send(agent: Agent, dossier: Dossier, *, on: dt.date) -> bool:
    """Whether the page offers the agent to send the act to a partner."""
    return acknowledged_act(dossier) is not None and may_act_for(agent, dossier, on=on)


def by_token(token: str) -> PartnerPage | None:
    """The partner's page, or None when no link has that secret."""
    notice = _notice(token)
    found = acknowledged_act(notice.dossier) if notice else None
    if notice is None or found is None:
        return None
    signatory = found.act.signatory
    return PartnerPage(
        notice=notice,
        act_number=found.act.number,
        object=notice.dossier.object,
        kind=kind_of(notice.dossier),
        body=author_of(notice.dossier),
        voted=not notice.dossier.without_vote,
        decided_on=found.act.decided_on,
        received_on=found.received_on,
        unique_id=found.departure.unique_id,
        signed_by=f"{signatory.capacity}, {signatory.agent.full_name}",
        contact=accounts.authority().contact_email,
        notifies=notice.mode == Notice.Mode.NOTIFICATION,
        files=files_of(notice),
    )


def file_by_token(token: str, attachment_id: UUID) -> FileView | None:
    """One file of the partner's page, or None when the page does not offer it."""
    notice = _notice(token)
    offered = files_of(notice) if notice else ()
    found = next((f.attachment for f in offered if f.attachment.id == attachment_id), None)
    if found is None:
        return None
    return FileView(name=found.name, media_type=found.media_type, data=attachments.read(found))


def partners_for(unit: Unit) -> list[Partner]:
    """The address book of a unit: its own partners, those of the units above it, and those of everyone."""
    lineage = [u.pk for u in unit.lineage()]
    return list(Partner.objects.filter(Q(unit__isnull=True) | Q(unit__in=lineage)).order_by("name", "email"))


def notice_to_send(dossier_id: UUID, *, email: str, mode: str) -> NoticeToSend | None:
    """The notice prepared for that address, or None when it has left already or does not exist."""
    notice = (
        Notice.objects.filter(dossier_id=dossier_id, email=email, mode=mode, sent_at=None)
        .select_related("dossier__unit", "letter")
        .first()
    )
    found = acknowledged_act(notice.dossier) if notice else None
    if notice is None or notice.letter is None or found is None:
        return None
    return NoticeToSend(
        notice=notice, act=found, letter_name=notice.letter.name, letter=attachments.read(notice.letter)
    )


def _notice(token: str) -> Notice | None:
    if not TOKEN.fullmatch(token):
        return None
    return Notice.objects.filter(token=token).select_related("dossier__unit", "letter").first()
