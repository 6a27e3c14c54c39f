"""Put a dossier on the agenda of a sitting."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from hemicycle.accounts.models import Agent, Body
from hemicycle.chain.circuit import embargo
from hemicycle.chain.circuit import queries as circuit
from hemicycle.chain.printing import queries as printing
from hemicycle.chain.sitting.events import PutOnAgenda
from hemicycle.chain.sitting.locking import locked, require_clerk, require_state
from hemicycle.chain.sitting.models import AgendaItem, Sitting, SittingState
from hemicycle.dossier import journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier, Nature
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.dossier.stages import Move, Stage
from hemicycle.law.notice import urgent_notice
from hemicycle.texts.typed import several_lines


class AgendaRefused(ActionRefused):
    """The dossier cannot be on this agenda; the sentence says why."""


@transaction.atomic
def put_on_agenda(
    *, sitting_id: UUID, dossier_id: UUID, agent: Agent, at: dt.datetime, urgency: str = ""
) -> AgendaItem:
    """Add the dossier at the end of the agenda, the other deliberations of its report right after it.

    After the summons went out, `urgency` gives the reason. Returns the item of the dossier named. Raises NotEntitled,
    WrongSittingState, AgendaRefused (other body, visa missing, an act known to be impossible, no reason, under one
    clear day before the council, companion without its lead), MoveNotAllowed.
    """
    sitting = locked(sitting_id)
    dossier, followers = _locked(dossier_id)
    role = require_clerk(agent, on=day(at), what="Inscrire un dossier à l’ordre du jour")
    require_state(sitting, SittingState.PREPARING, SittingState.CONVENED, SittingState.OPEN, what="Inscrire un dossier")
    if dossier.without_vote:
        raise AgendaRefused(
            f"Le dossier {dossier.number} est un projet d’{dossier.get_nature_display()} : il ne se vote pas ; prenez "
            "l’acte depuis sa page."
            if dossier.nature != Nature.DECISION
            else f"Le dossier {dossier.number} est un projet de décision du président : il ne se vote pas ; prenez "
            "l’acte depuis sa page."
        )
    if dossier.body != sitting.body:
        raise AgendaRefused(
            f"Le dossier {dossier.number} est destiné à une autre assemblée ({dossier.get_body_display()})."
        )
    if missing := circuit.missing_visas(dossier):
        raise AgendaRefused(f"Le dossier {dossier.number} n’a pas tous ses visas : il manque {', '.join(missing)}.")
    _check_printable(dossier, *followers)
    late = sitting.state != SittingState.PREPARING
    said = several_lines(urgency, 500) if late else ""
    if late and not said:
        raise AgendaRefused(
            "La convocation est partie : dites pourquoi ce dossier est ajouté en urgence.", field="urgency"
        )

    if late:
        _check_urgency(sitting, at=at)

    items = [_added(sitting, one, urgency=said, late=late, at=at) for one in (dossier, *followers)]

    for item in items:
        event = PutOnAgenda(sitting=str(sitting.id), item=str(item.id), urgency=item.urgency)
        journal.record(item.dossier, event, by=agent, at=at, role=role)
    if late:
        embargo.end((item.dossier for item in items), why="membres convoqués", agent=agent, role=role, at=at)
    return items[0]


def _check_printable(*dossiers: Dossier) -> None:
    """Nobody votes on what could not be set as an act."""
    for dossier in dossiers:
        if why := printing.known_impossible(dossier):
            raise AgendaRefused(
                f"L’acte du dossier {dossier.number} ne pourrait pas être établi après le vote. {why} "
                "Renvoyez le dossier pour correction."
            )


def _locked(dossier_id: UUID) -> tuple[Dossier, list[Dossier]]:
    """The dossier and its companions that are ready too, locked in the order of their ids.

    A companion comes alone only when its lead is on an agenda, or was: one report is not read without its matter.
    """
    rows = list(Dossier.objects.locked().filter(Q(id=dossier_id) | Q(lead=dossier_id)).order_by("id"))
    dossier = next((row for row in rows if row.id == dossier_id), None)
    if dossier is None:
        raise Dossier.DoesNotExist
    if dossier.lead is not None and dossier.lead.stage == Stage.READY:
        raise AgendaRefused(
            f"La délibération {dossier.number} partage le rapport de {dossier.lead.number} : inscrivez celui-ci, "
            "elle le suivra."
        )
    ready = [row for row in rows if row.lead_id == dossier.id and row.stage == Stage.READY]
    return dossier, sorted(ready, key=lambda row: (row.opened_at, row.number))


def _added(sitting: Sitting, dossier: Dossier, *, urgency: str, late: bool, at: dt.datetime) -> AgendaItem:
    # Moved first: a dossier already on an agenda is refused by the table of moves, in its words.
    dossier.move(Move.PUT_ON_AGENDA, at=at)
    numbered = sitting.items.all() if late else sitting.items.exclude(outcome=AgendaItem.Outcome.REMOVED)
    last = numbered.order_by("-position").values_list("position", flat=True).first() or 0
    return AgendaItem.objects.create(
        sitting=sitting,
        dossier=dossier,
        position=last + 1,
        urgency=urgency,
        version=dossier.version,
        added_at=at,
    )


def _check_urgency(sitting: Sitting, *, at: dt.datetime) -> None:
    """Even urgent, a report to the council leaves one clear day before the meeting (L3121-19 al. 3-4)."""
    if sitting.body != Body.COUNCIL:
        return
    notice = urgent_notice(sent_on=day(at), meeting_on=day(sitting.starts_at))
    if notice.verdict == "void":
        raise AgendaRefused(notice.explanation, field="urgency")
