"""What narrows a list of dossiers: the same for the lists, the search and the filters that people keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from django.db.models import Q, QuerySet

from hemicycle.accounts.rights import below, tree
from hemicycle.chain.finding import engines
from hemicycle.chain.finding.words import question
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.stages import Stage


@dataclass(frozen=True, kw_only=True)
class Criteria:
    """Each one empty asks for nothing."""

    words: str = ""
    #: Key of a tray (trays.TRAYS).
    tray: str = ""
    stage: str = ""
    body: str = ""
    #: Id of a unit: it and all below it.
    unit: str = ""
    #: Of the dossier's number.
    year: str = ""
    #: Id of a type of act.
    act_type: str = ""
    #: Matière: « 7 » holds for 7.5.
    subject: str = ""

    def plain(self) -> dict[str, str]:
        """Those that say something, as a saved filter keeps them."""
        return {name: value for name, value in asdict(self).items() if value}


def criteria_from(values: Mapping[str, Any]) -> Criteria:
    """Read what was kept, or what came in an address; what makes no sense asks for nothing."""
    read = {f.name: str(values.get(f.name) or "").replace("\x00", "").strip()[:200] for f in fields(Criteria)}
    for number in ("unit", "year", "act_type"):
        if not (read[number].isascii() and read[number].isdigit() and len(read[number]) < 10):
            read[number] = ""
    if read["stage"] not in Stage.values:
        read["stage"] = ""
    return Criteria(**read)


def narrowed(found: QuerySet[Dossier], criteria: Criteria) -> QuerySet[Dossier]:
    """The dossiers among those that answer every criterion but the tray, which depends on the reader."""
    kept = {
        "stage": criteria.stage,
        "body": criteria.body,
        "act_type": criteria.act_type,
        # The year is in the number, which has an index and comes before the texts in the row.
        "number__startswith": f"R{criteria.year}-" if criteria.year else "",
    }
    found = found.filter(**{name: value for name, value in kept.items() if value})
    if criteria.unit:
        found = found.filter(unit__in=below({int(criteria.unit)}, tree()))
    if criteria.subject:
        code = criteria.subject.rstrip(".")
        found = found.filter(Q(subject_code=code) | Q(subject_code__startswith=f"{code}."))
    if criteria.words:
        asked = question(criteria.words)
        return found.filter(found__line__isnull=False).filter(engines.matching(asked)) if asked else found.none()
    return found
