"""What the couriers carry of a summons: its papers, and whoever has not received them yet."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from hemicycle.chain.sitting.models import Sitting, SittingState, Summons
from hemicycle.dossier import blobs


@dataclass(frozen=True, kw_only=True)
class SummonsToSend:
    """The notice of one member, by electronic mail."""

    member_id: int
    #: « Mme Aline Bréval »
    member: str
    email: str
    feminine: bool
    #: When the reports were put at the members' disposal.
    available_at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class SummonsPapers:
    """The sitting as its notices tell it, with its two papers (PDF)."""

    sitting_id: UUID
    #: « commission permanente »
    body: str
    #: Local time.
    starts_at: dt.datetime
    place: str
    convocation: bytes
    agenda: bytes


def summonses_to_send(sitting_id: UUID) -> list[SummonsToSend]:
    """The electronic summonses that have not left yet, by name; none once the sitting has opened."""
    rows = Summons.objects.filter(
        sitting_id=sitting_id,
        sitting__state=SittingState.CONVENED,
        channel=Summons.Channel.ELECTRONIC,
        sent_at=None,
    )
    rows = rows.select_related("member__agent").order_by("member__agent__last_name", "member_id")
    return [
        SummonsToSend(
            member_id=row.member_id,
            member=str(row.member),
            email=row.member.agent.email,
            feminine=row.member.agent.feminine,
            available_at=row.available_at,
        )
        for row in rows
    ]


def papers_of(sitting_id: UUID) -> SummonsPapers:
    """The papers as kept when the members were convened. Raises Sitting.DoesNotExist, BlobLost."""
    sitting = Sitting.objects.exclude(state=SittingState.PREPARING).get(id=sitting_id)
    return SummonsPapers(
        sitting_id=sitting.id,
        body=sitting.get_body_display(),
        starts_at=timezone.localtime(sitting.starts_at),
        place=sitting.place,
        convocation=blobs.get(sitting.summons_sha256),
        agenda=blobs.get(sitting.agenda_sha256),
    )
