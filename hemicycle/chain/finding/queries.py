"""What the edges may read to find and to follow dossiers: nothing of one that the reader may not read."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import CharField, F, Q
from django.db.models.functions import Cast

from hemicycle.accounts.models import Agent, Unit
from hemicycle.chain.finding import engines
from hemicycle.chain.finding.criteria import Criteria, criteria_from, narrowed
from hemicycle.chain.finding.excerpts import Excerpt, excerpts, marked
from hemicycle.chain.finding.models import SavedFilter, SearchDocument, SearchPieces
from hemicycle.chain.finding.trays import COUNTED, TRAYS, counted, dossiers_in
from hemicycle.chain.finding.words import question
from hemicycle.dossier import access
from hemicycle.dossier.models import ActType, Dossier

__all__ = ["COUNTED", "TRAYS", "Criteria", "criteria_from"]

#: A dossier's unit with those above it.
LINEAGE = "unit__parent__parent__parent"
#: What no list shows: reading the texts of a hundred dossiers costs more than all the rest of a page.
TEXTS = ("report", "deliberation", "extra")

#: A search looks at so many dossiers, the latest first: whoever finds more needs one more word, not one more page.
MOST_FOUND = 2000
#: A list, at so many: nobody goes to an eleventh page of a hundred.
MOST_LISTED = 1000

#: Orders of a list: key → words, columns.
ORDERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "recents": ("les derniers à avoir bougé", ("-stage_since", "number")),
    "anciens": ("ceux qui attendent depuis le plus longtemps", ("stage_since", "number")),
    "numero": ("numéro, du plus récent au plus ancien", ("-number",)),
    "seance": ("séance visée", ("target_date", "number")),
}


def listed(agent: Agent, *, on: dt.date, criteria: Criteria, order: str = "") -> list[str]:
    """The dossiers of the tray that answer the criteria, in order: their ids as text, MOST_LISTED + 1 at most.

    One query says what a page shows and how many there are: counting apart would look for them twice. As text: a
    page makes identifiers of its hundred, and a thousand cost 4 ms.
    """
    found = narrowed(dossiers_in(criteria.tray, agent, on=on), criteria)
    columns = ORDERS.get(order, ORDERS["recents"])[1]
    by = [F(name).asc(nulls_last=True) if name == "target_date" else name for name in columns]
    return list(found.order_by(*by).values_list(Cast("id", CharField()), flat=True)[: MOST_LISTED + 1])


def rows_of(ids: Iterable[str]) -> list[Dossier]:
    """Those dossiers, which `listed` gave to this reader, in their order, with what a line shows of them."""
    wanted = [UUID(one) for one in ids]
    rows = Dossier.objects.filter(id__in=wanted).select_related(LINEAGE, "drafter").defer(*TEXTS).order_by("number")
    known = {row.id: row for row in rows}
    return [known[found] for found in wanted if found in known]


@dataclass(frozen=True, kw_only=True)
class Found:
    """The dossiers that answer, and how many of each kind."""

    #: Documents of the index, the best first.
    documents: list[int]
    #: Whether older ones answer too.
    more: bool
    stages: dict[str, int]
    #: By id of the unit that drafts.
    units: dict[int, int]
    bodies: dict[str, int]

    @property
    def total(self) -> int:
        return len(self.documents)


def find(agent: Agent, *, on: dt.date, criteria: Criteria) -> Found:
    """All that answers the words and the criteria, among what the agent may read: two queries."""
    asked = question(criteria.words)
    rows = _answering(agent, on=on, criteria=criteria) if asked else []
    kept = rows[:MOST_FOUND]
    return Found(
        documents=engines.ranked(asked, [row[0] for row in kept]),
        more=len(rows) > MOST_FOUND,
        stages=dict(Counter(row[1] for row in kept)),
        units=dict(Counter(row[2] for row in kept)),
        bodies=dict(Counter(row[3] for row in kept)),
    )


def _answering(agent: Agent, *, on: dt.date, criteria: Criteria) -> list[tuple[int, str, int, str]]:
    """Document, stage, unit and body of the dossiers that answer, the latest first; one more than is looked at."""
    facts = ("found__line__pk", "stage", "unit_id", "body")
    latest_first = F("found__line__pk").desc()
    if not access.reads_some(agent, on=on):
        found = narrowed(dossiers_in(criteria.tray, agent, on=on), criteria)
        return list(found.order_by(latest_first).values_list(*facts)[: MOST_FOUND + 1])
    readable = narrowed(dossiers_in(criteria.tray, agent, on=on), replace(criteria, words=""))
    among = SearchDocument.objects.filter(dossier__in=readable.order_by().values("id")).values("pk")
    documents = engines.latest(question(criteria.words), among, most=MOST_FOUND + 1)
    rows = Dossier.objects.filter(found__in=documents).order_by(latest_first)
    return list(rows.values_list(*facts))


@dataclass(frozen=True, kw_only=True)
class Result:
    dossier: Dossier
    #: The object, the words asked for marked.
    object: tuple[tuple[str, bool], ...]
    excerpts: list[Excerpt]


def results(found: Sequence[int], words: str) -> list[Result]:
    """Those documents, which `find` gave to this reader, in their order, with passages of their texts."""
    asked = question(words)
    rows = Dossier.objects.filter(found__in=list(found)).select_related(LINEAGE, "drafter", "found").defer(*TEXTS)
    dossiers = {dossier.found.pk: dossier for dossier in rows.order_by("number")}
    pieces = dict(SearchPieces.objects.filter(document__in=list(found)).order_by("pk").values_list("pk", "pieces"))
    return [
        Result(
            dossier=dossiers[document],
            object=marked(dossiers[document].object, asked),
            excerpts=excerpts(pieces.get(document, []), asked),
        )
        for document in found
    ]


_NUMBER = re.compile(r"(?:(?P<register>R|CP|CD)[ _-]?)?(?P<year>20\d\d)[ _-](?P<n>\d{1,6})", re.IGNORECASE)


def by_number(agent: Agent, *, on: dt.date, words: str) -> UUID | None:
    """The one dossier that bears exactly that number (« R2026-0412 », « 2026-412 », « CP-2026-0123 »)."""
    asked = _NUMBER.fullmatch(words.strip())
    if asked is None:
        return None
    year, n, register = asked["year"], int(asked["n"]), (asked["register"] or "R").upper()
    named = Q(number=f"R{year}-{n:04d}") if register == "R" else Q(act_number=f"{register}-{year}-{n:04d}")
    return access.visible_to(agent, on=on, one_by_one=True).filter(named).values_list("id", flat=True).first()


def directions(units: Iterable[int] | None = None) -> dict[int, Unit]:
    """Unit → its direction, or itself under none: of those units, or of all."""
    rows = Unit.objects.select_related("parent__parent__parent").order_by("id")
    return {unit.pk: unit.direction for unit in (rows if units is None else rows.filter(id__in=list(units)))}


def act_types() -> list[ActType]:
    return list(ActType.objects.order_by("name"))


def directions_in_force(on: dt.date) -> list[Unit]:
    return list(Unit.objects.on(on).filter(kind=Unit.Kind.DIRECTION).order_by("name"))


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A filter that its owner keeps."""

    id: int
    name: str
    criteria: Criteria


def filters_of(agent: Agent) -> list[Kept]:
    """The agent's own filters, in the order of their names."""
    rows = SavedFilter.objects.filter(agent=agent).order_by("name")
    return [Kept(id=row.pk, name=row.name, criteria=criteria_from(row.criteria)) for row in rows]


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many dossiers each tray and each filter holds, up to COUNTED + 1."""

    trays: dict[str, int]
    #: By id of the filter.
    kept: dict[int, int]


def counts_of(agent: Agent, *, on: dt.date, kept: Sequence[Kept], trays: Iterable[str] = tuple(TRAYS)) -> Counts:
    """The counts of those filters and of those trays, in one query."""
    counts = counted(
        {key: dossiers_in(key, agent, on=on) for key in trays}
        | {str(k.id): narrowed(dossiers_in(k.criteria.tray, agent, on=on), k.criteria) for k in kept}
    )
    return Counts(trays={key: counts[key] for key in trays}, kept={k.id: counts[str(k.id)] for k in kept})
