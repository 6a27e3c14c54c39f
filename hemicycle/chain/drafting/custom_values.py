"""The value of a custom field: what is accepted of what was typed, and how it is shown. Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from hemicycle.chain.drafting.rules import NotAccepted, archivable
from hemicycle.texts import typography
from hemicycle.texts.typed import one_line

TEXT, NUMBER, DATE, CHOICE, FILE = "text", "number", "date", "choice", "file"
MAX_VALUE = 500
#: What a number may be, either side of zero.
MAX_NUMBER = Decimal(10) ** 15
_FRENCH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def accept_value(kind: str, label: str, choices: Sequence[str], written: str) -> str:
    """The value as a dossier keeps it: text, number in figures, ISO date; empty when nothing was typed.

    Raises NotAccepted, naming the field.
    """
    line = one_line(written, MAX_VALUE + 1)
    if not line:
        return ""
    if kind == NUMBER:
        return _number(label, line)
    if kind == DATE:
        return _date(label, line)
    if kind == CHOICE and line not in choices:
        raise NotAccepted(f"« {line[:60]} » n’est pas dans la liste du champ « {label} » ; choisissez dans la liste.")
    if len(line) > MAX_VALUE:
        raise NotAccepted(f"Le champ « {label} » dépasse {MAX_VALUE} caractères ; raccourcissez-le.")
    return archivable(line, f"Le champ « {label} »")


def shown_value(kind: str, value: str) -> str:
    """The value as people read it; a file is shown by its own name, elsewhere."""
    try:
        if kind == NUMBER:
            return typography.number_fr(Decimal(value))
        if kind == DATE:
            return typography.date_fr(dt.date.fromisoformat(value), weekday=False)
    except (InvalidOperation, ValueError):
        # Written before the field changed its kind: said as it was.
        return value
    return value


def _number(label: str, line: str) -> str:
    try:
        number = Decimal(re.sub(r"\s", "", line).replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) >= MAX_NUMBER:
        raise NotAccepted(
            f"« {line[:40]} » n’est pas un nombre ; écrivez le champ « {label} » en chiffres, par exemple 12,5."
        )
    return f"{number:f}"


def _date(label: str, line: str) -> str:
    french = _FRENCH_DAY.fullmatch(line)
    try:
        if french:
            return dt.date(int(french[3]), int(french[2]), int(french[1])).isoformat()
        return dt.date.fromisoformat(line).isoformat()
    except ValueError:
        raise NotAccepted(
            f"« {line[:40]} » n’est pas une date ; écrivez le champ « {label} » comme 17/12/2026."
        ) from None
