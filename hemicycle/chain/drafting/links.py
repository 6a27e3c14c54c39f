"""What dossiers do to one another: follow, modify, repeal; and what a draft should not cite any more."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting.models import DossierLink
from hemicycle.dossier import access
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier, RegisterLine
from hemicycle.texts import typography
from hemicycle.texts.tree import clean, plain_text

KINDS: Sequence[tuple[str, str]] = [(kind.value, str(kind.label)) for kind in DossierLink.Kind]
#: The same links read from the other end.
PASSIVE = {"follows": "suivi par", "modifies": "modifié par", "repeals": "abrogé par"}
_ACT_NUMBER = re.compile(r"\b(?:CP|CD)-\d{4}-\d{4}\b")
#: Dossiers proposed while one types.
PROPOSED = 12


@dataclass(frozen=True, kw_only=True)
class Link:
    """A link as it is read on the page of one of its ends."""

    id: int
    #: « modifie » or « modifié par ».
    label: str
    #: The other end, when it is in the program and the reader may open it.
    other_id: UUID | None
    #: Its act number, or its dossier number, or the reference typed.
    number: str
    object: str
    #: Declared on this dossier: its drafter may take it away.
    own: bool


def links_of(dossier: Dossier, *, agent: Agent, on: dt.date) -> list[Link]:
    """What the dossier does to others, then what others do to it; the object of what is not readable is left out.

    Who may not read a dossier that is no act yet does not learn of it.
    """
    rows = DossierLink.objects.filter(Q(dossier=dossier) | Q(target=dossier)).select_related("dossier", "target")
    found = sorted(rows.order_by("added_at", "id"), key=lambda row: row.dossier_id != dossier.id)
    if not found:
        return []
    ends = {end for row in found for end in (row.dossier_id, row.target_id) if end}
    readable = set(access.visible_to(agent, on=on).filter(id__in=ends).values_list("id", flat=True))
    made = []
    for row in found:
        own = row.dossier_id == dossier.id
        other = row.target if own else row.dossier
        hidden = other is not None and other.id not in readable
        if other is not None and hidden and not other.act_number and not own:
            continue
        made.append(
            Link(
                id=row.pk,
                label=row.get_kind_display() if own else PASSIVE[row.kind],
                other_id=None if other is None or hidden else other.id,
                number=(other.act_number or other.number) if other else row.reference,
                object=other.object if other and not hidden else "",
                own=own,
            )
        )
    return made


def to_link(agent: Agent, *, on: dt.date, words: str, but: UUID | None = None) -> QuerySet[Dossier]:
    """The dossiers that the agent may read and whose number, act number or object holds the words, latest first."""
    found = access.visible_to(agent, on=on)
    if but is not None:
        found = found.exclude(id=but)
    for word in words.split()[:8]:
        found = found.filter(Q(number__icontains=word) | Q(act_number__icontains=word) | Q(object__icontains=word))
    return found.order_by("-opened_at", "number")[:PROPOSED]


def by_number(agent: Agent, *, on: dt.date, number: str) -> Dossier | None:
    """The dossier of that number, or of that act number, if the agent may read it."""
    written = number.strip().upper()
    if not written:
        return None
    same = Q(number=written) | Q(act_number=written)
    return access.visible_to(agent, on=on).filter(same).order_by("number").first()


def previous_of(dossier: Dossier) -> str:
    """« délibération n° CP-2026-0012 du 12 mars 2026 »: the first act that it follows, modifies or repeals."""
    row = DossierLink.objects.filter(dossier=dossier).select_related("target").order_by("added_at", "id").first()
    if row is None:
        return ""
    if row.target is None:
        return row.reference
    if not row.target.act_number:
        return f"délibération issue du dossier {row.target.number}"
    line = RegisterLine.objects.filter(dossier=row.target, cancelled_reason="").order_by("-given_at").first()
    when = f" du {typography.date_fr(day(line.given_at), weekday=False)}" if line else ""
    return f"délibération n° {row.target.act_number}{when}"


def warnings_of(dossier: Dossier) -> list[str]:
    """What its drafter should look at again: an act cited, or linked to, that another act has repealed."""
    cited = {number for text in (dossier.report, dossier.deliberation) for number in _numbers_in(text)}
    linked: set[str] = set()
    if getattr(dossier, "is_linked", True):
        targets = DossierLink.objects.filter(dossier=dossier, target__isnull=False).exclude(target__act_number="")
        linked = set(targets.values_list("target__act_number", flat=True))
    if not cited | linked:
        return []
    rows = (
        DossierLink.objects.filter(kind=DossierLink.Kind.REPEALS, target__act_number__in=cited | linked)
        .exclude(dossier__act_number="")
        .exclude(dossier=dossier)
    )
    return [
        _repealed(row.target.act_number, row.dossier.act_number, cited=row.target.act_number in cited)
        for row in rows.select_related("dossier", "target").order_by("target__act_number", "dossier__act_number")
        if row.target is not None
    ]


def _repealed(number: str, by: str, *, cited: bool) -> str:
    if cited:
        return f"Le texte cite la délibération n° {number}, que la délibération n° {by} a abrogée ; relisez-le."
    return f"Ce dossier est lié à la délibération n° {number}, que la délibération n° {by} a abrogée."


def _numbers_in(text: Any) -> set[str]:
    return set(_ACT_NUMBER.findall(plain_text(clean(text)))) if text else set()
