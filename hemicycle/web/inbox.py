"""À traiter: what waits for me, one section per reason. A room adds a section by adding a function to SECTIONS."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, QuerySet, Value, Window
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.circuit import queries as circuit
from hemicycle.chain.connectors import queries as connectors
from hemicycle.chain.correspondence import queries as correspondence
from hemicycle.chain.distribution import queries as distribution
from hemicycle.chain.drafting import queries as drafting
from hemicycle.chain.signing import queries as signing
from hemicycle.chain.sitting import queries as sitting
from hemicycle.dossier import outbox
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.stages import Stage
from hemicycle.texts.typography import of_fr
from hemicycle.web.access import SignedIn, signed_in
from hemicycle.web.holding import LINEAGE, TEXTS, Line, line_of, lines_of, span_fr
from hemicycle.web.inbox_rooms import (
    OFFICE,
    OFFICE_STAGES,
    alarms_raised,
    letters_to_answer,
    lines_returned,
    lines_to_decide,
    lines_to_notify,
    lines_to_sign,
    lines_unanswered,
    lines_would_be_refused,
    messages_parked,
    of_the_outcomes,
    of_the_prefecture,
)
from hemicycle.web.inbox_troubles import MENDERS, PATIENCE, lines_in_trouble

#: A section shows so many lines at most, and says how many there are.
SHOWN = 50
#: Once there, the drafter has nothing more to follow.
OVER = (Stage.ARCHIVED, Stage.WITHDRAWN, Stage.REJECTED)


@dataclass(frozen=True, kw_only=True)
class Section:
    """One reason why things wait for this agent."""

    #: Identifier in the page.
    key: str
    title: str
    #: Lines of dossiers for the usual template; anything that its own template knows how to show.
    lines: list[Any]
    total: int
    #: One sentence under the title; may be empty.
    lead: str = ""
    #: Where the checked lines are sent, and the words of the button; no boxes when empty.
    batch_url: str = ""
    batch_label: str = ""
    batch_consequence: str = ""
    template: str = "inbox/_lines.html"
    #: Whether it is for this agent to act: what the count of the left column adds up.
    to_do: bool = True


Sections = Callable[[Agent, dt.date], list[Section]]


def section_of(
    key: str, title: str, dossiers: QuerySet[Dossier], *, on: dt.date, lead: str = "", to_do: bool = True
) -> list[Section]:
    """A section of dossiers as they come; none when there is nothing."""
    whole = dossiers.select_related(LINEAGE, "drafter").defer(*TEXTS).annotate(total=Window(Count("*")))
    shown = list(whole[:SHOWN])
    if not shown:
        return []
    lines = lines_of(shown, on=on)
    return [Section(key=key, title=title, lines=lines, total=shown[0].total, lead=lead, to_do=to_do)]


def visas_awaited(agent: Agent, on: dt.date) -> list[Section]:
    tray = circuit.in_tray(agent, on=on, most=SHOWN)
    section = Section(
        key="visas",
        title="Votre visa est attendu",
        lines=[_awaited_line(waiting, on=on) for waiting in tray],
        total=len(tray),
        batch_url="visas",
        batch_label="Viser les dossiers choisis",
        batch_consequence="seront montrés avant d’être visés, chacun dans la version que vous avez lue.",
    )
    return [section] if tray else []


def _awaited_line(waiting: circuit.InTray, *, on: dt.date) -> Line:
    awaited, name = waiting.awaited, waiting.awaited.on_behalf_of
    late = awaited.due_on is not None and awaited.due_on < on
    line = line_of(waiting.dossier, None, on=on)
    return replace(
        line,
        sign="late" if late else "expected",
        stage=f"visa {awaited.step}, version {awaited.version}",
        holder="vous",
        since=awaited.opened_at,
        due=awaited.due_on,
        late=late,
        waiting=span_fr(awaited.opened_at, on=on),
        note=f"en l’absence {of_fr(name.full_name)}" if name else "",
        pick=f"{waiting.dossier.id}/{name.pk if name else ''}",
    )


def _as_listed(
    key: str,
    title: str,
    lines: Callable[[Agent, dt.date], list[Any]],
    *,
    template: str = "inbox/_lines.html",
    lead: str = "",
) -> Sections:
    """A section of lines that another room lists; those that are no dossiers come with their template."""

    def section(agent: Agent, on: dt.date) -> list[Section]:
        found = lines(agent, on)
        shown = found[:SHOWN]
        section = Section(key=key, title=title, lines=shown, total=len(found), template=template, lead=lead)
        return [section] if found else []

    return section


def to_correct(agent: Agent, on: dt.date) -> list[Section]:
    found = drafting.being_written(agent).filter(stage=Stage.TO_CORRECT)
    return section_of("corriger", "À corriger, puis à soumettre de nouveau", found, on=on)


def drafts(agent: Agent, on: dt.date) -> list[Section]:
    found = drafting.being_written(agent).filter(stage=Stage.DRAFTING)
    return section_of("brouillons", "En cours de rédaction, à soumettre", found, on=on)


def of_the_office(agent: Agent, on: dt.date) -> list[Section]:
    """All of them in one reading."""
    if not accounts.holds(agent, Role.ASSEMBLY_OFFICE, on=on):
        return []
    order = ("target_date", "stage_since")
    found = drafting.all_visible(agent, on=on).filter(stage__in=OFFICE_STAGES)
    found = found.select_related(LINEAGE, "drafter").defer(*TEXTS)
    shown = list(drafting.first_of_each(found, *order, limit=SHOWN).order_by(*order))
    sections = []
    for kept in OFFICE:
        if there := [dossier for dossier in shown if dossier.stage == kept.stage and dossier.nature in kept.natures]:
            total = sum({dossier.nature: dossier.total for dossier in there}.values())
            lines = lines_of(there[:SHOWN], on=on)
            sections.append(Section(key=kept.key, title=kept.title, lines=lines, total=total, lead=kept.lead))
    return sections


def followed(agent: Agent, on: dt.date) -> list[Section]:
    found = drafting.mine(agent).exclude(stage__in=[Stage.DRAFTING, Stage.TO_CORRECT, *OVER])
    return section_of("suivis", "Vos dossiers en chemin", found, on=on, to_do=False)


def convocations(agent: Agent, on: dt.date) -> list[Section]:
    """The reports that an elected member has not opened yet."""
    unread = list(sitting.unread_summonses(agent, on=on)) if accounts.holds(agent, Role.ELECTED, on=on) else []
    section = Section(
        key="convocations",
        title="Convocations à lire",
        lines=unread[:SHOWN],
        total=len(unread),
        template="inbox/_summonses.html",
    )
    return [section] if unread else []


#: In the order of the page: what `in_figures` counts of each, and the section; none is read of what counts nothing.
SECTIONS: list[tuple[str, Sections]] = [
    ("convocations", convocations),
    ("visas", visas_awaited),
    ("to_sign", _as_listed("signer", "Votre signature est attendue", lines_to_sign)),
    ("dossiers", to_correct),
    (
        "letters",
        _as_listed("courriers", "Courriers de la préfecture", letters_to_answer, template="inbox/_letters.html"),
    ),
    ("returned", _as_listed("retours", "Actes revenus à votre direction", lines_returned)),
    (
        "troubles",
        _as_listed("pannes", "Envois en difficulté", lines_in_trouble, template="inbox/_errands.html", lead=PATIENCE),
    ),
    (
        "alarms",
        _as_listed("raccordements", "Raccordements à regarder", alarms_raised, template="inbox/_alarms.html"),
    ),
    (
        "unanswered",
        _as_listed("silences", "Sans réponse de la préfecture depuis plus d’un jour ouvré", lines_unanswered),
    ),
    (
        "parked",
        _as_listed("messages", "Messages de la préfecture à examiner", messages_parked, template="inbox/_parked.html"),
    ),
    (
        "would_be_refused",
        _as_listed("controle", "Actes que la préfecture refuserait, à corriger", lines_would_be_refused),
    ),
    ("cancellations", _as_listed("annulations", "Annulations de transmission à décider", lines_to_decide)),
    ("to_notify", _as_listed("notifier", "Actes à notifier à l’intéressé", lines_to_notify)),
    ("dossiers", of_the_office),
    ("dossiers", drafts),
]


def sections(agent: Agent, on: dt.date, figures: dict[str, int]) -> list[Section]:
    waiting = [section for kind, make in SECTIONS if figures.get(kind) for section in make(agent, on)]
    # Only the first visas are read: how many there are is known already.
    waiting = [replace(s, total=figures["visas"]) if s.key == "visas" else s for s in waiting]
    # Followed without anything to do: counted nowhere.
    return waiting + followed(agent, on)


def in_figures(agent: Agent, on: dt.date) -> dict[str, int]:
    """How many things wait for the agent to act, by kind, without reading any: one query, on every page."""
    office = OFFICE_STAGES if accounts.holds(agent, Role.ASSEMBLY_OFFICE, on=on) else ()
    waiting: dict[str, QuerySet[Any]] = {
        "visas": circuit.awaited_steps(agent, on=on),
        "to_sign": signing.awaited_acts(agent, on=on),
        "letters": correspondence.to_answer(agent, on=on),
        "returned": distribution.returns_to(agent, on=on, unseen_only=True),
        "dossiers": drafting.to_attend_to(agent, on=on, stages=office),
    }
    if accounts.holds(agent, Role.ELECTED, on=on):
        waiting["convocations"] = sitting.unread_summonses(agent, on=on)
    if accounts.holds(agent, *MENDERS, on=on):
        waiting["troubles"] = outbox.troubled()
    if accounts.holds(agent, Role.ADMINISTRATOR, on=on):
        waiting["alarms"] = connectors.open_alarms()
    if office:
        waiting |= of_the_prefecture(agent, on=on)
    waiting |= of_the_outcomes(agent, on=on)
    first, *others = [
        rows.order_by().values(what=Value(kind)).annotate(how_many=Count("*")).values_list("what", "how_many")
        for kind, rows in waiting.items()
    ]
    return dict.fromkeys(waiting, 0) | dict(first.union(*others, all=True))


@signed_in
@require_safe
def inbox(request: SignedIn) -> HttpResponse:
    on = timezone.localdate()
    # The column beside the page reads the same figures (web/shell.py).
    request.figures = in_figures(request.user, on)
    listed = sections(request.user, on, request.figures)
    waiting = sum(section.total for section in listed if section.to_do)
    late = sum(1 for s in listed for line in s.lines if s.to_do and getattr(line, "late", False))
    may_open = bool(drafting.units_to_draft_for(request.user, on=on))
    context = {"sections": listed, "waiting": waiting, "late": late, "may_open": may_open, "today": on}
    return render(request, "inbox/inbox.html", context)


urls = [path("", inbox, name="inbox")]
