"""The list of deliberations of a sitting, on the public site and on paper."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from hemicycle.chain.printing import letterheads
from hemicycle.chain.printing.document_models import chosen, place_fields
from hemicycle.chain.publication.models import Publication
from hemicycle.chain.sitting.models import AgendaItem, Sitting, SittingState
from hemicycle.chain.sitting.room import formal_name, room_of
from hemicycle.dossier.dates import day
from hemicycle.rendering.decision_list import DecisionLine, DecisionList, render_decision_list
from hemicycle.rendering.model import Model
from hemicycle.rendering.typography import plural

_OUTCOMES = {
    AgendaItem.Outcome.ADOPTED: "adoptée",
    AgendaItem.Outcome.REJECTED: "rejetée",
    AgendaItem.Outcome.ADJOURNED: "ajournée",
}


@dataclass(frozen=True, kw_only=True)
class Decision:
    #: Number of the act, empty when it was not adopted.
    number: str
    object: str
    #: « adoptée », « rejetée », « ajournée ».
    outcome: str
    #: « Adopté à l’unanimité. »
    vote: str
    #: Last part of the address of its page; empty while it is not published.
    slug: str


@dataclass(frozen=True, kw_only=True)
class Decisions:
    """What a closed sitting decided."""

    sitting_id: UUID
    #: « commission permanente »
    body: str
    #: Local time.
    held_at: dt.datetime
    place: str
    presided_by: str
    #: « 30 présents, 6 représentés, 6 absents ou excusés »
    attendance: str
    decisions: tuple[Decision, ...]


def decision_list(sitting_id: UUID, *, published_only: bool = True) -> Decisions | None:
    """The deliberations of a closed sitting, in the order of its agenda; None while there is nothing to show.

    The public sees nothing of an act before its publication: only the service des assemblées asks for the rest.
    """
    sitting = Sitting.objects.filter(id=sitting_id, state=SittingState.CLOSED).first()
    if sitting is None:
        return None
    slugs = dict(Publication.objects.filter(dossier__agenda_items__sitting=sitting).values_list("dossier_id", "slug"))
    items = sitting.items.filter(outcome__in=_OUTCOMES).select_related("dossier", "ballot").order_by("position", "id")
    shown = [_decision(item, slugs) for item in items if not published_only or _is_published(item, slugs)]
    if not shown:
        return None
    return Decisions(
        sitting_id=sitting.id,
        body=sitting.get_body_display(),
        held_at=timezone.localtime(sitting.starts_at),
        place=sitting.place,
        presided_by=formal_name(sitting.presided_by) if sitting.presided_by else "",
        attendance=_attendance(sitting),
        decisions=tuple(shown),
    )


def decision_list_pdf(
    sitting_id: UUID, *, at: dt.datetime, published_only: bool = True, model: Model | None = None
) -> bytes | None:
    """The same list as PDF/A, or None. Raises RenderingRefused."""
    found = decision_list(sitting_id, published_only=published_only)
    if found is None:
        return None
    lines = tuple(
        DecisionLine(number=d.number, title=d.object, outcome=d.outcome, vote=d.vote) for d in found.decisions
    )
    return render_decision_list(
        DecisionList(
            letterhead=letterheads.of_authority(),
            body=found.body,
            sitting=found.held_at,
            presided_by=found.presided_by,
            lines=lines,
            attendance=found.attendance,
            posted_on=day(at),
            address=f"{settings.SITE_URL}/actes/",
            place=found.place,
            more=place_fields(),
        ),
        at=at,
        model=model or chosen("decision_list", on=day(at)).model,
    )


def sittings_with_acts() -> list[Sitting]:
    """The closed sittings of which at least one act is published, latest first."""
    decided = AgendaItem.objects.filter(outcome=AgendaItem.Outcome.ADOPTED, dossier__publication__isnull=False)
    return list(
        Sitting.objects.filter(state=SittingState.CLOSED, id__in=decided.values("sitting_id")).order_by("-starts_at")
    )


def _is_published(item: AgendaItem, slugs: dict[UUID, str]) -> bool:
    # A dossier adjourned here and adopted later is published for the other sitting, not for this one.
    return item.outcome == AgendaItem.Outcome.ADOPTED and item.dossier_id in slugs


def _decision(item: AgendaItem, slugs: dict[UUID, str]) -> Decision:
    adopted = item.outcome == AgendaItem.Outcome.ADOPTED
    ballot = getattr(item, "ballot", None)
    return Decision(
        number=item.dossier.act_number if adopted else "",
        object=item.dossier.object,
        outcome=_OUTCOMES[AgendaItem.Outcome(item.outcome)],
        vote=ballot.sentence if ballot else "",
        slug=slugs.get(item.dossier_id, "") if adopted else "",
    )


def _attendance(sitting: Sitting) -> str:
    room = room_of(sitting)
    away = len(room.excused) + len(room.absent)
    return ", ".join(
        (
            plural(len(room.present), "présent"),
            plural(len(room.proxies), "représenté"),
            f"{away} {'absents ou excusés' if away > 1 else 'absent ou excusé'}",
        )
    )
