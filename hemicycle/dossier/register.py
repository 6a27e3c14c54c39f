"""Numbers without gap or duplicate: the counter's row is locked and advanced in the transaction that uses it.

No sequence and no AUTOINCREMENT: a rollback would leave a hole in them (invariant I1).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from hemicycle.dossier import numbering
from hemicycle.dossier.kinds import REGISTERS, register_of
from hemicycle.dossier.models import Dossier, Numbering, Register, RegisterLine


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """How a register is called and how its numbers are written on a day."""

    key: str
    label: str
    pattern: str
    #: None for the usual one, which nobody chose.
    valid_from: dt.date | None

    def example(self, *, year: int, number: int = 123) -> str:
        return numbering.numbered(self.pattern, register=self.key, year=year, number=number)


def patterns(*, on: dt.date) -> dict[str, Pattern]:
    """Register of acts → its pattern in force that day, in the order of REGISTERS."""
    found = {
        key: Pattern(key=key, label=label, pattern=numbering.USUAL, valid_from=None) for key, label in REGISTERS.items()
    }
    rows = Numbering.objects.filter(register__in=REGISTERS, valid_from__lte=on).order_by("valid_from")
    for row in rows:
        found[row.register] = Pattern(key=row.register, label=row.label, pattern=row.pattern, valid_from=row.valid_from)
    return found


def coming(*, on: dt.date) -> list[Numbering]:
    """The patterns that will come into force after that day, soonest first."""
    return list(Numbering.objects.filter(valid_from__gt=on).order_by("valid_from", "register"))


def next_number(name: str, *, year: int) -> int:
    """Advance the register and return its number; the row stays locked until the caller commits."""
    return _advanced(name, year=year).last


def _advanced(name: str, *, year: int) -> Register:
    Register.objects.get_or_create(name=name, year=year)
    register = Register.objects.select_for_update().get(name=name, year=year)
    register.last += 1
    register.save(update_fields=["last"])
    return register


def number_act(dossier: Dossier, *, on: dt.date, at: dt.datetime) -> str:
    """Give the act its number, « CP-2026-0123 », in the register of its kind for the year of the decision.

    It is written by the pattern in force on the day of the decision, and never changes.
    """
    key = register_of(dossier)
    pattern = patterns(on=on)[key].pattern
    register = _advanced(key, year=on.year)
    dossier.act_number = numbering.numbered(pattern, register=key, year=on.year, number=register.last)
    RegisterLine.objects.create(
        register=register,
        number=register.last,
        dossier=dossier,
        given_at=at,
        act_number=dossier.act_number,
        decided_on=on,
    )
    dossier.save(update_fields=["act_number"])
    return dossier.act_number


def line_of(dossier: Dossier) -> RegisterLine | None:
    """The line of the act in its register, or None before it is numbered."""
    return RegisterLine.objects.select_related("register").filter(dossier=dossier).order_by("-given_at").first()


def cancel(line: RegisterLine, *, reason: str, at: dt.datetime) -> None:
    """Strike the line: its number stays, with the reason, and is never given again."""
    line.cancelled_reason, line.cancelled_at = reason, at
    line.save(update_fields=["cancelled_reason", "cancelled_at"])


def dossier_number(*, year: int) -> str:
    """The number of a new dossier, « R2026-0412 »."""
    return f"R{year}-{next_number('R', year=year):04d}"


def actes_number(act_number: str) -> str:
    """The number as @CTES accepts it: capitals, digits and underscore, 15 at most (norms/actes §2)."""
    return numbering.transmitted(act_number)
