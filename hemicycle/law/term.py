"""A clear term (délai franc): two readings near the ends of months, days off pushed back.

Day of start excluded, counted quantième to quantième, last day excluded, ends at 24:00; a Saturday, Sunday or
public holiday pushes it to the next working day (CE, 4 June 1954, Décines-Charpieu; 19 September 2014,
n° 362568). Practitioners disagree on the day of the end near month ends, so both readings are kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from hemicycle.law.calendar import Territory, add_months, in_french, next_working_day
from hemicycle.law.rule import Certainty, weakest


@dataclass(frozen=True, kw_only=True)
class Term:
    """The last day to act, as an interval: act by `earliest`, call it definitive after `latest`."""

    start: date
    #: The last day before days off are looked at (later reading).
    raw: date
    earliest: date
    latest: date
    article: str
    certainty: Certainty
    explanation: str
    #: False when the term cannot be held against the person concerned.
    opposable: bool = True

    @property
    def last_day(self) -> date:
        """The last day under the later reading: after it, everybody agrees that the term is over."""
        return self.latest

    def holds(self, day: date) -> bool | None:
        """Whether acting that day is in time; None between the two readings."""
        if day <= self.earliest:
            return True
        return None if day <= self.latest else False

    def is_over(self, on: date) -> bool:
        """Whether the term is over that day under both readings."""
        return on > self.latest


def clear_term(
    start: date,
    months: int,
    *,
    article: str,
    certainty: Certainty,
    territory: Territory = "mainland",
    opposable: bool = True,
    purpose: str = "Délai",
) -> Term:
    """The clear term of so many months from `start` (publication, notification or reception)."""
    quantieme_plus_one = add_months(start, months) + timedelta(days=1)
    quantieme_of_next_day = add_months(start + timedelta(days=1), months)
    readings = sorted(next_working_day(day, territory) for day in (quantieme_plus_one, quantieme_of_next_day))
    earliest, latest = readings
    sentence = f"{purpose} ouvert le {in_french(start)}, expirant le {in_french(latest)} à minuit."
    if earliest != latest:
        sentence = (
            f"{purpose} ouvert le {in_french(start)}, expirant le {in_french(earliest)} ou le "
            f"{in_french(latest)} selon la méthode de calcul ; retenez la première date pour agir, "
            "la seconde pour tenir l’acte pour définitif."
        )
    return Term(
        start=start,
        raw=max(quantieme_plus_one, quantieme_of_next_day),
        earliest=earliest,
        latest=latest,
        article=article,
        certainty=weakest(certainty, "to_verify") if earliest != latest else certainty,
        explanation=sentence,
        opposable=opposable,
    )
