"""Convene the members: the papers are made, the reports put at their disposal, the notices posted."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, ElectedMember
from hemicycle.chain.circuit import embargo
from hemicycle.chain.printing.document_models import chosen, printed
from hemicycle.chain.sitting import documents
from hemicycle.chain.sitting.events import Convened
from hemicycle.chain.sitting.locking import locked, require_clerk, require_state
from hemicycle.chain.sitting.models import AgendaItem, Sitting, SittingState, Summons
from hemicycle.chain.sitting.rules import notice_verdict
from hemicycle.dossier import blobs, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.law.notice import Notice
from hemicycle.rendering.compile import RenderingRefused
from hemicycle.texts.typed import several_lines


class EmptyAgenda(ActionRefused):
    message = "L’ordre du jour est vide : inscrivez au moins un dossier avant de convoquer."


class NoticeTooShort(ActionRefused):
    """The delay is not respected: urgency with a reason, or another date."""


class PresidencyVacant(ActionRefused):
    message = (
        "Personne ne préside le conseil départemental le jour de la séance ; faites enregistrer le mandat du président "
        "ou de qui assure l’intérim avant de convoquer."
    )


@transaction.atomic
def convene(*, sitting_id: UUID, agent: Agent, at: dt.datetime, urgency: str = "") -> Sitting:
    """Send the summons to every member in office, electronically to those who wished it (L3121-19 al. 2).

    `urgency`: why the delay is shortened. Raises NotEntitled, WrongSittingState, EmptyAgenda, NoticeTooShort,
    PresidencyVacant.
    """
    sitting = locked(sitting_id)
    role = require_clerk(agent, on=day(at), what="Convoquer une séance")
    require_state(sitting, SittingState.PREPARING, what="Convoquer")
    live = sitting.items.filter(outcome=AgendaItem.Outcome.PENDING)
    items = list(live.select_related("dossier__rapporteur__agent").order_by("position"))
    if not items:
        raise EmptyAgenda
    said = several_lines(urgency, 500)
    notice = _notice(sitting, urgency=said, at=at)
    president = _president(sitting)

    sitting.urgency = said
    try:
        _print(sitting, items, president, at=at)
    except RenderingRefused as refusal:
        raise EmptyAgenda(str(refusal)) from refusal
    sitting.state, sitting.convened_at = SittingState.CONVENED, at
    sitting.save()
    members = _summon(sitting, at=at)
    embargo.end((item.dossier for item in items), why="membres convoqués", agent=agent, role=role, at=at)

    event = Convened(
        sitting=str(sitting.id),
        members=members,
        items=len(items),
        notice=f"{notice.verdict} : {notice.explanation}",
        article=notice.article,
        urgency=sitting.urgency,
    )
    journal.record(None, event, by=agent, at=at, role=role)
    return sitting


def _print(sitting: Sitting, items: list[AgendaItem], president: ElectedMember, *, at: dt.datetime) -> None:
    """Both papers, kept, with the models that printed them noted. Raises RenderingRefused."""
    by = chosen("summons", on=day(at))
    summons = documents.summons_pdf(sitting, items, president, at=at, model=by.model)
    sitting.summons_sha256 = blobs.put(summons).sha256
    printed(by, summons, at=at)
    by = chosen("agenda", on=day(at))
    agenda = documents.agenda_pdf(sitting, items, at=at, model=by.model)
    sitting.agenda_sha256 = blobs.put(agenda).sha256
    printed(by, agenda, at=at)


def _notice(sitting: Sitting, *, urgency: str, at: dt.datetime) -> Notice:
    if at >= sitting.starts_at:
        raise NoticeTooShort("L’heure de la séance est passée ; planifiez-en une autre pour la convoquer.")
    found = notice_verdict(
        sitting.body,
        sent_on=day(at),
        meeting_on=day(sitting.starts_at),
        committee_days=accounts.authority().committee_notice_days,
        urgent=bool(urgency),
    )
    if found.verdict == "void":
        raise NoticeTooShort(found.explanation)
    if found.verdict in ("late", "doubtful") and not urgency:
        raise NoticeTooShort(
            f"{found.explanation} Motivez l’urgence pour convoquer malgré tout ({found.article}).", field="urgency"
        )
    return found


def _president(sitting: Sitting) -> ElectedMember:
    try:
        return accounts.president(on=day(sitting.starts_at))
    except LookupError as vacant:
        raise PresidencyVacant from vacant


def _summon(sitting: Sitting, *, at: dt.datetime) -> int:
    sitters = accounts.members_in_office(sitting.body, on=day(sitting.starts_at))
    for sitter in sitters:
        since = sitter.member.electronic_since
        electronic = since is not None and since <= day(at)
        Summons.objects.create(
            sitting=sitting,
            member=sitter.member,
            channel=Summons.Channel.ELECTRONIC if electronic else Summons.Channel.PAPER,
            available_at=at,
        )
    return len(sitters)
