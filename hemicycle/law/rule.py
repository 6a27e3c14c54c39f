"""What a rule of law is here: a value, where it is written, when it holds, how sure we are of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

#: "confirmed": the article was read. "secondary": a judgment, an official answer or a practitioner says so.
#: "to_verify": nobody on the project has read the text that settles it.
Certainty = Literal["confirmed", "secondary", "to_verify"]

Value = int | Fraction | str

_RANK: dict[Certainty, int] = {"to_verify": 0, "secondary": 1, "confirmed": 2}


class LawError(Exception):
    """A question the law of the assemblies cannot answer as asked. str() is one French sentence."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One value of one rule over one period (both days included)."""

    code: str
    value: Value
    article: str
    valid_from: date
    valid_to: date | None = None
    certainty: Certainty
    note: str = ""

    def holds(self, on: date) -> bool:
        """Whether the rule is in force that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    @property
    def number(self) -> int:
        """The value, for a rule that counts something (days, months, proxies, euros)."""
        if not isinstance(self.value, int):
            raise TypeError(f"{self.code} is not a number")
        return self.value

    @property
    def text(self) -> str:
        """The value, for a rule that names a regime or a date (MM-DD)."""
        if not isinstance(self.value, str):
            raise TypeError(f"{self.code} is not a text")
        return self.value


def weakest(*certainties: Certainty) -> Certainty:
    """A conclusion is only as sure as the least sure of what it rests on."""
    return min(certainties, key=lambda certainty: _RANK[certainty])
