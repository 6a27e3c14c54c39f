"""Who holds a dossier, since when, before when: the same line in every list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from hemicycle.chain.circuit import queries as circuit
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.stages import Stage
from hemicycle.texts import typography

#: The sign that goes with the name of each stage (drawings/marks.py).
SIGNS: dict[str, str] = {
    Stage.DRAFTING: "todo",
    Stage.IN_CIRCUIT: "current",
    Stage.TO_CORRECT: "stale",
    Stage.REJECTED: "refused",
    Stage.REFUSED_BY_PREFECTURE: "refused",
    Stage.TRANSMISSION_CANCELLED: "refused",
    Stage.REFUSED_BY_ARCHIVE: "refused",
    Stage.ARCHIVED: "done",
    Stage.WITHDRAWN: "todo",
}

#: Whose hands a dossier is in outside the circuit; the drafter's where empty, nobody's where None.
HANDS: dict[str, str | None] = {
    Stage.DRAFTING: "",
    Stage.TO_CORRECT: "",
    Stage.READY: "service des assemblées",
    Stage.ON_AGENDA: "l’assemblée",
    Stage.ADOPTED: "service des assemblées",
    Stage.TO_SIGN: "signataire",
    Stage.SIGNED: "transmission en cours",
    Stage.TRANSMITTED: "préfecture",
    Stage.REFUSED_BY_PREFECTURE: "service des assemblées",
    Stage.TRANSMISSION_CANCELLED: "service des assemblées",
    Stage.ACKNOWLEDGED: "service des assemblées",
    Stage.PUBLISHED: "versement en cours",
    Stage.NOTIFIED: "versement en cours",
    Stage.DEPOSITED: "service d’archivage",
    Stage.REFUSED_BY_ARCHIVE: "archiviste",
}


#: A dossier's unit with those above it, as a list shows it, in one query.
LINEAGE = "unit__parent__parent__parent"
#: What no list shows of a dossier: its texts weigh a hundred times the rest.
TEXTS = ("report", "deliberation", "extra")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One dossier in a list, in words ready to be shown."""

    dossier: Dossier
    #: Sign and words of the stage; in the circuit, the visa awaited.
    sign: str
    stage: str
    #: Whose hands it is in; empty when its journey is over.
    holder: str
    since: dt.datetime
    due: dt.date | None
    late: bool
    #: « 2 jours », « hier »: since when, in words.
    waiting: str = ""
    #: « en l’absence de Mme Haddad », a reason…
    note: str = ""
    #: What the checkbox of the batch sends; no checkbox when empty.
    pick: str = ""
    url: str = ""

    @property
    def direction(self) -> str:
        unit = self.dossier.unit.direction
        return unit.short or unit.name


def lines_of(dossiers: Iterable[Dossier], *, on: dt.date) -> list[Line]:
    """A line per dossier, in their order; they come with their unit, its parents, and their drafter."""
    listed = list(dossiers)
    waiting = circuit.waiting_at(listed)
    return [line_of(dossier, waiting.get(dossier.id), on=on) for dossier in listed]


def line_of(dossier: Dossier, waiting: circuit.Waiting | None, *, on: dt.date) -> Line:
    if waiting is not None:
        late = waiting.due_on is not None and waiting.due_on < on
        return Line(
            dossier=dossier,
            sign="late" if late else SIGNS[Stage.IN_CIRCUIT],
            # An opinion's step is already called « Avis de … ».
            stage=f"{f'a{waiting.step[1:]}' if waiting.opinion else f'visa {waiting.step}'} attendu",
            holder=people_fr(p.full_name for p in waiting.people),
            since=waiting.since or dossier.stage_since,
            due=waiting.due_on,
            late=late,
            waiting=span_fr(waiting.since or dossier.stage_since, on=on),
        )
    hands = HANDS.get(dossier.stage)
    return Line(
        dossier=dossier,
        sign=SIGNS.get(dossier.stage, "current"),
        stage=dossier.get_stage_display(),
        holder=dossier.drafter.full_name if hands == "" else hands or "",
        since=dossier.stage_since,
        due=None,
        late=False,
        waiting=span_fr(dossier.stage_since, on=on),
    )


def people_fr(names: Iterable[str]) -> str:
    """« Ada Roche ou Jean Petit »; beyond three, how many they are."""
    listed = list(names)
    if len(listed) > 3:
        return f"{listed[0]}, {listed[1]} ou {len(listed) - 2} autres personnes"
    return " ou ".join(listed)


def span_fr(at: dt.datetime, *, on: dt.date) -> str:
    """What comes after « depuis »: « aujourd’hui », « hier », « 12 jours », then the day itself."""
    days = (on - day(at)).days
    if days <= 0:
        return "aujourd’hui"
    if days == 1:
        return "hier"
    return f"{days}\u00a0jours" if days < 60 else f"le {typography.date_fr(day(at), weekday=False)}"
