"""Majorities, and the demand of a public ballot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil

from hemicycle.law.rule import Certainty
from hemicycle.law.rules import in_force


@dataclass(frozen=True, kw_only=True)
class PublicDemand:
    """Whether enough members present ask for a public ballot."""

    threshold: int
    granted: bool
    article: str
    certainty: Certainty
    explanation: str


def absolute_majority(votes: int) -> int:
    """More than half, in whole votes."""
    return votes // 2 + 1


def public_ballot_demand(*, present: int, asking: int, on: date) -> PublicDemand:
    """A public ballot is due when a sixth of the members present ask for it (L3121-15 al. 1)."""
    rule = in_force("ballot.public_demand", on)
    threshold = ceil(Fraction(rule.value) * present)
    granted = present > 0 and asking >= threshold
    outcome = "est de droit" if granted else "n’est pas de droit"
    return PublicDemand(
        threshold=threshold,
        granted=granted,
        article=rule.article,
        certainty=rule.certainty,
        explanation=(
            f"Le scrutin public {outcome} : {asking} demande(s) pour {threshold} exigée(s), "
            f"le sixième des {present} membres présents."
        ),
    )
