"""What the edges may read of the sittings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, Q, QuerySet, When

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, ElectedMember, Role
from hemicycle.chain.sitting.models import AgendaItem, Attendance, Ballot, Proxy, Sitting, SittingState, Summons, Vote
from hemicycle.chain.sitting.room import Room, room_of
from hemicycle.chain.sitting.rules import notice_verdict
from hemicycle.dossier import access, blobs
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Attachment, Dossier, Version
from hemicycle.dossier.stages import Stage
from hemicycle.law.notice import Notice

#: Who sees every sitting, prepared or not (reliability.md §6).
OFFICE = (
    Role.ASSEMBLY_OFFICE,
    Role.CHIEF_EXECUTIVE,
    Role.SECRETARIAT,
    Role.CABINET,
    Role.PRESIDENT,
    Role.AUDITOR,
    Role.COURIER,
)
#: Who prepares and holds the sitting.
CLERKS = (Role.ASSEMBLY_OFFICE, Role.PRESIDENT)


def visible_to(agent: Agent, *, on: dt.date) -> QuerySet[Sitting]:
    """The sittings that the agent may see: all for the office, those convened for whoever was summoned."""
    if accounts.holds(agent, *OFFICE, on=on):
        return Sitting.objects.all()
    return Sitting.objects.filter(
        Q(id__in=_summoned(agent, on=on).values("sitting_id"))
        | Q(id__in=AgendaItem.objects.filter(dossier__drafter=agent).values("sitting_id"))
    )


def _summoned(agent: Agent, *, on: dt.date) -> QuerySet[Summons]:
    """What the agent was summoned to, as long as the mandate lasts: it ends, and the access with it."""
    return Summons.objects.filter(member__in=ElectedMember.objects.on(on).filter(agent=agent))


def sees_the_agenda(agent: Agent, sitting: Sitting, *, on: dt.date) -> bool:
    """Whether the whole agenda is for the agent: the office, and those summoned. Others see their dossiers."""
    return accounts.holds(agent, *OFFICE, on=on) or _summoned(agent, on=on).filter(sitting=sitting).exists()


def sittings(agent: Agent, *, on: dt.date) -> QuerySet[Sitting]:
    """The sittings visible, latest first, with how many items each has."""
    live = Count("items", filter=~Q(items__outcome=AgendaItem.Outcome.REMOVED))
    return visible_to(agent, on=on).annotate(item_count=live).order_by("-starts_at")


@dataclass(frozen=True, kw_only=True)
class Detail:
    sitting: Sitting
    #: Those that the reader may see, in order.
    items: list[AgendaItem]
    #: Whether they are the whole agenda.
    whole: bool
    room: Room
    summonses: list[Summons]
    #: What the law says of sending the summons today; None once convened.
    notice: Notice | None
    #: Dossiers ready for this body, not on any agenda; empty for whoever may not put them there.
    ready: list[Dossier]


def detail(*, sitting_id: UUID, agent: Agent, on: dt.date) -> Detail:
    """A sitting as its page shows it. Raises Sitting.DoesNotExist to whoever may not see it."""
    sitting = visible_to(agent, on=on).select_related("presided_by__agent", "secretary__agent").get(id=sitting_id)
    notice = None
    if sitting.state == SittingState.PREPARING:
        notice = notice_verdict(
            sitting.body,
            sent_on=on,
            meeting_on=day(sitting.starts_at),
            committee_days=accounts.authority().committee_notice_days,
            urgent=False,
        )
    items, whole = items_of(sitting), sees_the_agenda(agent, sitting, on=on)
    if not whole or any(item.dossier.embargo for item in items):
        readable = set(
            access.visible_to(agent, on=on).filter(agenda_items__sitting=sitting).values_list("id", flat=True)
        )
        items = [i for i in items if i.dossier_id in readable or (whole and not i.dossier.embargo)]
    return Detail(
        sitting=sitting,
        items=items,
        whole=whole,
        room=room_of(sitting),
        summonses=list(
            sitting.summonses.select_related("member__agent").order_by(
                "member__agent__last_name", "member__agent__first_name"
            )
        ),
        notice=notice,
        ready=_to_put(sitting, agent, on=on),
    )


def _to_put(sitting: Sitting, agent: Agent, *, on: dt.date) -> list[Dossier]:
    if sitting.state == SittingState.CLOSED or not accounts.holds(agent, *CLERKS, on=on):
        return []
    return list(ready_for(sitting.body))


def items_of(sitting: Sitting) -> list[AgendaItem]:
    """The live items in order, with their dossier and their ballot when voted."""
    rows = sitting.items.exclude(outcome=AgendaItem.Outcome.REMOVED)
    return list(rows.select_related("dossier__unit", "dossier__rapporteur__agent", "ballot").order_by("position", "id"))


def ready_for(body: str) -> QuerySet[Dossier]:
    """Dossiers whose visas are all given, waiting for a sitting of that body.

    The deliberations that follow a report still to be put are not named: they come with it.
    """
    ready = Dossier.objects.filter(stage=Stage.READY, body=body).exclude(lead__stage=Stage.READY)
    return ready.select_related("unit").order_by("target_date", "number")


def item(*, item_id: UUID, agent: Agent, on: dt.date) -> AgendaItem:
    """One item whose report the agent may read. Raises AgendaItem.DoesNotExist otherwise.

    The office and those summoned read them all; a drafter who sees the sitting because of a dossier, those of the
    dossiers that a drafter reads anyway (reliability.md §6).
    """
    found = AgendaItem.objects.select_related("sitting", "dossier__rapporteur__agent", "dossier__unit").get(id=item_id)
    whole = not found.dossier.embargo and sees_the_agenda(agent, found.sitting, on=on)
    if whole or access.may_read(agent, found.dossier, on=on):
        return found
    raise AgendaItem.DoesNotExist


def version_of(found: AgendaItem) -> Version:
    """The text put before the assembly."""
    return Version.objects.get(dossier=found.dossier, number=found.version)


def ballot_of(dossier: Dossier) -> Ballot | None:
    """The vote that decided of the dossier, or None."""
    return (
        Ballot.objects.filter(item__dossier=dossier)
        .select_related("item__sitting__presided_by__agent", "item__sitting__secretary__agent")
        .order_by("-taken_at")
        .first()
    )


def ballots_of(dossier_ids: Iterable[UUID]) -> dict[UUID, Ballot]:
    """Dossier → the vote that decided of it, as `ballot_of` finds it: one query for a list."""
    rows = Ballot.objects.filter(item__dossier__in=list(dossier_ids)).select_related("item").order_by("taken_at", "id")
    return {ballot.item.dossier_id: ballot for ballot in rows}


def voted_texts(items: Iterable[AgendaItem]) -> dict[UUID, dict[str, Any]]:
    """Dossier → the deliberation put before the assembly with that item: one query for a list."""
    put = Version.objects.filter(dossier__agenda_items__in=list(items), number=F("dossier__agenda_items__version"))
    return dict(put.order_by("id").values_list("dossier_id", "deliberation"))


def votes_of(ballot: Ballot) -> list[Vote]:
    """Every vote, by name."""
    rows = ballot.votes.select_related("member__agent", "member__group", "cast_by__agent")
    return list(rows.order_by("member__agent__last_name", "member__agent__first_name"))


def statuses_of(sitting: Sitting) -> dict[int, str]:
    """Member id → present, excused or absent, as recorded."""
    return dict(Attendance.objects.filter(sitting=sitting).values_list("member_id", "status"))


def proxies_of(sitting: Sitting) -> list[Proxy]:
    rows = Proxy.objects.filter(sitting=sitting).select_related("giver__agent", "holder__agent")
    return list(rows.order_by("giver__agent__last_name"))


def summons_of(agent: Agent, *, on: dt.date) -> QuerySet[Summons]:
    """What an elected member in office was summoned to: the sittings to come, then those held, latest first."""
    held = Case(When(sitting__state=SittingState.CLOSED, then=1), default=0)
    return _summoned(agent, on=on).select_related("sitting").order_by(held, "-sitting__starts_at")


def unread_summonses(agent: Agent, *, on: dt.date) -> QuerySet[Summons]:
    """The convocations to a sitting not closed yet whose reports the member has not opened, soonest first."""
    to_come = _summoned(agent, on=on).filter(opened_at=None).exclude(sitting__state=SittingState.CLOSED)
    return to_come.select_related("sitting").order_by("sitting__starts_at")


def paper(*, sitting_id: UUID, which: str, agent: Agent, on: dt.date) -> bytes:
    """The convocation or the ordre du jour, as sent, for whom the whole agenda is. Raises Sitting.DoesNotExist."""
    sitting = visible_to(agent, on=on).exclude(state=SittingState.PREPARING).get(id=sitting_id)
    if not sees_the_agenda(agent, sitting, on=on):
        raise Sitting.DoesNotExist
    sha256 = {"convocation": sitting.summons_sha256, "ordre-du-jour": sitting.agenda_sha256}.get(which, "")
    if not sha256:
        raise Sitting.DoesNotExist
    return blobs.get(sha256)


def annexes_for_member(found: AgendaItem) -> list[Attachment]:
    """The annexes put before the assembly with an item: neither the confidential ones nor those left out of it."""
    rows = Attachment.objects.filter(dossier=found.dossier, kind=Attachment.Kind.ANNEX, removed_at=None)
    return list(rows.filter(confidential=False, in_booklet=True).order_by("order"))


def open_now() -> Sitting | None:
    """The sitting being held, if any."""
    return Sitting.objects.filter(state=SittingState.OPEN).order_by("starts_at").first()
