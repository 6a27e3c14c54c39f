"""The calendar of the budget and of the accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from hemicycle.law.calendar import add_months, day_of_year, in_french
from hemicycle.law.rule import Certainty
from hemicycle.law.rules import in_force
from hemicycle.law.sittings import DatedDuty

Regime = Literal["m57", "m52"]


@dataclass(frozen=True, kw_only=True)
class DebateWindow:
    """When the orientation debate may be held, and when the draft budget leaves."""

    opens: date
    closes: date
    draft_sent_by: date
    #: One day later, if the twelve days are not clear days.
    draft_arguable_by: date
    article: str
    certainty: Certainty
    explanation: str

    def allows(self, debate_on: date) -> bool:
        """Whether a debate held that day is regular; the day of the vote never is."""
        return self.opens <= debate_on <= self.closes


def debate_window(*, examined_on: date, regime: Regime) -> DebateWindow:
    """The ten weeks (M57) or two months (M52) before the budget is examined, that sitting excluded.

    L5217-10-4, L3312-1; not the same sitting as the vote (TA Versailles, 16 March 2001).
    """
    if regime == "m57":
        rule = in_force("budget.debate_weeks_m57", examined_on)
        opens = examined_on - timedelta(weeks=rule.number)
    else:
        rule = in_force("budget.debate_months_m52", examined_on)
        opens = add_months(examined_on, -rule.number)
    closes = examined_on - timedelta(days=1)
    days = in_force("budget.notice_days", examined_on).number
    return DebateWindow(
        opens=opens,
        closes=closes,
        draft_sent_by=examined_on - timedelta(days=days + 1),
        draft_arguable_by=examined_on - timedelta(days=days),
        article=rule.article,
        certainty=rule.certainty,
        explanation=(
            f"Débat d’orientation budgétaire à tenir du {in_french(opens)} au {in_french(closes)}, "
            "dans une séance distincte du vote."
        ),
    )


def budget_due(*, year: int, renewal: bool) -> DatedDuty:
    """Last day to adopt the budget; later in a year of renewal of the council (L1612-2)."""
    rule = in_force("budget.adoption_renewal" if renewal else "budget.adoption", date(year, 1, 1))
    on = day_of_year(year, rule.text)
    return DatedDuty(
        on=on,
        article=rule.article,
        certainty=rule.certainty,
        explanation=f"Budget à adopter avant le {in_french(on)}, faute de quoi le préfet saisit la CRC.",
    )


def accounts_due(*, exercise: int) -> DatedDuty:
    """Last day to vote the accounts of an exercise (L1612-12)."""
    rule = in_force("accounts.vote", date(exercise + 1, 1, 1))
    on = day_of_year(exercise + 1, rule.text)
    return DatedDuty(
        on=on,
        article=rule.article,
        certainty=rule.certainty,
        explanation=f"Comptes de l’exercice {exercise} à voter au plus tard le {in_french(on)}.",
    )


def standing_committee_may_decide(matter: Literal["budget", "accounts", "other"], *, on: date) -> bool:
    """The budget and the accounts are never delegated to the standing committee (L3211-2)."""
    return matter not in in_force("standing_committee.excluded_matters", on).text.split(",")
