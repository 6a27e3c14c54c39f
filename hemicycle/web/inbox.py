"""À traiter: what waits for me, one section per reason. A room adds a section by adding a function to SECTIONS."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.circuit import queries as circuit
from hemicycle.chain.drafting import queries as drafting
from hemicycle.dossier import access, outbox
from hemicycle.dossier.models import Dossier, Errand
from hemicycle.dossier.refusals import NotEntitled
from hemicycle.dossier.stages import Stage
from hemicycle.web.access import SignedIn, signed_in
from hemicycle.web.holding import Line, line_of, lines_of, span_fr
from hemicycle.web.inbox_rooms import lines_returned, lines_to_sign

#: A section shows so many lines at most, and says how many there are.
SHOWN = 50
#: Who takes a failed errand up again.
MENDERS = (Role.ASSEMBLY_OFFICE, Role.ADMINISTRATOR)
#: Once there, the drafter has nothing more to follow.
OVER = (Stage.ARCHIVED, Stage.WITHDRAWN, Stage.REJECTED)
#: A dossier's unit with those above it, as a list shows it, in one query.
LINEAGE = "unit__parent__parent__parent"


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


def section_of(
    key: str, title: str, dossiers: QuerySet[Dossier], *, on: dt.date, lead: str = "", to_do: bool = True
) -> Section | None:
    """A section of dossiers as they come; none when there is nothing."""
    shown = lines_of(dossiers.select_related(LINEAGE, "drafter")[:SHOWN], on=on)
    if not shown:
        return None
    total = len(shown) if len(shown) < SHOWN else dossiers.count()
    return Section(key=key, title=title, lines=shown, total=total, lead=lead, to_do=to_do)


def visas_awaited(agent: Agent, on: dt.date) -> Section | None:
    tray = circuit.in_tray(agent, on=on)
    if not tray:
        return None
    return Section(
        key="visas",
        title="Votre visa est attendu",
        lines=[_awaited_line(waiting, on=on) for waiting in tray[:SHOWN]],
        total=len(tray),
        batch_url="visas",
        batch_label="Viser les dossiers choisis",
        batch_consequence="seront visés, chacun dans la version que vous avez lue ; un dossier non lu est laissé.",
    )


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
        note=f"en l’absence de {name.full_name}" if name else "",
        pick=f"{waiting.dossier.id}/{name.pk if name else ''}",
    )


def _as_listed(
    key: str, title: str, lines: Callable[[Agent, dt.date], list[Line]]
) -> Callable[[Agent, dt.date], Section | None]:
    """A section of lines that another room lists."""

    def section(agent: Agent, on: dt.date) -> Section | None:
        found = lines(agent, on)
        return Section(key=key, title=title, lines=found[:SHOWN], total=len(found)) if found else None

    return section


def to_correct(agent: Agent, on: dt.date) -> Section | None:
    found = drafting.being_written(agent).filter(stage=Stage.TO_CORRECT)
    return section_of("corriger", "À corriger, puis à soumettre de nouveau", found, on=on)


def drafts(agent: Agent, on: dt.date) -> Section | None:
    found = drafting.being_written(agent).filter(stage=Stage.DRAFTING)
    return section_of("brouillons", "En cours de rédaction, à soumettre", found, on=on)


def _of_the_office(key: str, title: str, stage: Stage, lead: str = "") -> Callable[[Agent, dt.date], Section | None]:
    """A section of the service des assemblées: every dossier at that stage."""

    def section(agent: Agent, on: dt.date) -> Section | None:
        if not accounts.holds(agent, Role.ASSEMBLY_OFFICE, on=on):
            return None
        found = drafting.all_visible(agent, on=on, stage=stage).order_by("target_date", "stage_since")
        return section_of(key, title, found, on=on, lead=lead)

    return section


#: What each carrier of the itinerary does, for those who read of its failure.
CARRIERS = {
    "send_summonses": "Envoi des convocations",
    "draw_up_act": "Mise en forme de l’acte",
    "sign": "Signature",
    "prepare_departure": "Préparation de l’envoi à la préfecture",
    "deposit_act": "Dépôt à la préfecture",
    "fetch_envelope": "Copie de l’enveloppe partie",
    "collect_acknowledgement": "Recherche de l’accusé de réception",
    "stamp_copy": "Copie tamponnée",
    "return_to_direction": "Retour à la direction",
    "send_notice": "Envoi à un partenaire",
    "build_package": "Préparation du versement",
    "deposit_package": "Versement à l’archive",
    "collect_reply": "Recherche de la réponse de l’archive",
}


@dataclass(frozen=True, kw_only=True)
class Trouble:
    errand: Errand
    what: str


def in_trouble(agent: Agent, on: dt.date) -> Section | None:
    """What couriers could not carry."""
    if not accounts.holds(agent, *MENDERS, on=on):
        return None
    errands = outbox.in_trouble()
    if not errands:
        return None
    return Section(
        key="pannes",
        title="Envois en difficulté",
        lead="Rien n’est perdu : un envoi repris repart de l’endroit où il s’est arrêté, sans doublon.",
        lines=[Trouble(errand=e, what=CARRIERS.get(e.carrier, e.carrier or "Envoi")) for e in errands[:SHOWN]],
        total=len(errands),
        template="inbox/_errands.html",
    )


def followed(agent: Agent, on: dt.date) -> Section | None:
    found = drafting.mine(agent).exclude(stage__in=[Stage.DRAFTING, Stage.TO_CORRECT, *OVER])
    return section_of("suivis", "Vos dossiers en chemin", found, on=on, to_do=False)


#: In the order of the page. Each returns None when it has nothing for this agent.
SECTIONS: list[Callable[[Agent, dt.date], Section | None]] = [
    visas_awaited,
    _as_listed("signer", "Votre signature est attendue", lines_to_sign),
    to_correct,
    _as_listed("retours", "Actes revenus à votre direction", lines_returned),
    in_trouble,
    _of_the_office("refuses", "Refusés par la préfecture, à reprendre", Stage.REFUSED_BY_PREFECTURE),
    _of_the_office("versements", "Versements refusés par l’archive", Stage.REFUSED_BY_ARCHIVE),
    _of_the_office("publier", "Reçus par la préfecture, à publier", Stage.ACKNOWLEDGED),
    _of_the_office("adoptes", "Adoptés, à mettre en forme avant signature", Stage.ADOPTED),
    _of_the_office("prets", "Prêts pour une séance", Stage.READY, "Tous les visas requis sont donnés."),
    drafts,
    followed,
]


def sections(agent: Agent, on: dt.date) -> list[Section]:
    return [section for make in SECTIONS if (section := make(agent, on)) is not None]


def count(agent: Agent, on: dt.date) -> int:
    """How many things wait for the agent to act."""
    return sum(section.total for section in sections(agent, on) if section.to_do)


@signed_in
@require_safe
def inbox(request: SignedIn) -> HttpResponse:
    on = timezone.localdate()
    listed = sections(request.user, on)
    waiting = sum(section.total for section in listed if section.to_do)
    late = sum(1 for s in listed for line in s.lines if isinstance(line, Line) and s.to_do and line.late)
    may_open = bool(drafting.units_to_draft_for(request.user, on=on))
    context = {"sections": listed, "waiting": waiting, "late": late, "may_open": may_open, "today": on}
    return render(request, "inbox/inbox.html", context)


@signed_in
@require_POST
def retry(request: SignedIn, errand_id: int) -> HttpResponse:
    try:
        take_up_again(errand_id, agent=request.user, at=timezone.now())
    except NotEntitled as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "L’envoi est remis parmi ceux qui attendent ; il part dans la minute.")
    return redirect("inbox")


def take_up_again(errand_id: int, *, agent: Agent, at: dt.datetime) -> None:
    """Put a failed errand back in the outbox. Raises NotEntitled."""
    access.require_role(agent, *MENDERS, on=timezone.localdate(at), what="Reprendre un envoi")
    outbox.retry(errand_id, now=at)


urls = [
    path("", inbox, name="inbox"),
    path("pannes/<int:errand_id>/reprendre", retry, name="retry_errand"),
]
