"""Numbers without gap or duplicate: the counter's row is locked and advanced in the transaction that uses it.

No sequence and no AUTOINCREMENT: a rollback would leave a hole in them (invariant I1).
"""

from __future__ import annotations

import datetime as dt

from hemicycle.dossier.models import Dossier, Register, RegisterLine


def next_number(name: str, *, year: int) -> int:
    """Advance the register and return its number; the row stays locked until the caller commits."""
    Register.objects.get_or_create(name=name, year=year)
    register = Register.objects.select_for_update().get(name=name, year=year)
    register.last += 1
    register.save(update_fields=["last"])
    return register.last


def number_act(dossier: Dossier, *, on: dt.date, at: dt.datetime) -> str:
    """Give the act its number, « CP-2026-0123 », in the register of its body for the year of the decision."""
    number = next_number(dossier.body, year=on.year)
    register = Register.objects.get(name=dossier.body, year=on.year)
    RegisterLine.objects.create(register=register, number=number, dossier=dossier, given_at=at)
    dossier.act_number = f"{dossier.body}-{on.year}-{number:04d}"
    dossier.save(update_fields=["act_number"])
    return dossier.act_number


def dossier_number(*, year: int) -> str:
    """The number of a new dossier, « R2026-0412 »."""
    return f"R{year}-{next_number('R', year=year):04d}"


def actes_number(act_number: str) -> str:
    """The number as @CTES accepts it: capitals, digits and underscore, 15 at most (norms/actes §2)."""
    return act_number.replace("-", "_")
