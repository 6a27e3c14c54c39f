"""When a step, or a rule, concerns a dossier: every condition stated must hold; none stated, always."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q

from hemicycle.accounts import queries as accounts
from hemicycle.chain.circuit.models import Conditions
from hemicycle.dossier.models import Dossier


@dataclass(frozen=True, kw_only=True)
class When:
    """The conditions as they travel from a page to an action."""

    #: Strictly above, in euros.
    amount_over: Decimal | None = None
    #: « 7.5 » holds for 7.5 and 7.5.1, not for 7.52.
    subjects: tuple[str, ...] = ()
    #: Ids of act types.
    act_types: tuple[int, ...] = ()
    #: Ids of units: the drafting unit is one of them or below one.
    units: tuple[int, ...] = ()

    def plain(self) -> dict[str, Any]:
        """The columns of `Conditions`."""
        return {
            "amount_over": self.amount_over,
            "subjects": list(self.subjects),
            "act_types": list(self.act_types),
            "units": list(self.units),
        }


def of(row: Conditions) -> When:
    """Those of a step or of a rule."""
    return When(
        amount_over=row.amount_over,
        subjects=tuple(row.subjects),
        act_types=tuple(row.act_types),
        units=tuple(row.units),
    )


def hold(row: Conditions, dossier: Dossier) -> bool:
    """Whether the step or the rule concerns this dossier."""
    if row.amount_over is not None and (dossier.amount is None or dossier.amount <= row.amount_over):
        return False
    if row.subjects and not any(under(dossier.subject_code, code) for code in row.subjects):
        return False
    if row.act_types and dossier.act_type_id not in row.act_types:
        return False
    return not row.units or any(level.pk in row.units for level in dossier.unit.lineage())


def under(code: str, above: str) -> bool:
    """Whether a matière is that one or one of its subdivisions."""
    return code == above or code.startswith(f"{above}.")


def among(when: When) -> Q:
    """The same, asked of the database: a filter on dossiers."""
    found = Q()
    if when.amount_over is not None:
        found &= Q(amount__gt=when.amount_over)
    if when.subjects:
        matter = Q()
        for code in when.subjects:
            matter |= Q(subject_code=code) | Q(subject_code__startswith=f"{code}.")
        found &= matter
    if when.act_types:
        found &= Q(act_type__in=when.act_types)
    if when.units:
        found &= Q(unit__in=accounts.units_under(when.units))
    return found
