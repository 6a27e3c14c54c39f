"""Publicity: its regime, how long it lasts, when minutes and lists go online, withdrawal of acts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from hemicycle.law.calendar import add_months, in_french, previous_working_day
from hemicycle.law.rule import Certainty, Rule, weakest
from hemicycle.law.rules import in_force


@dataclass(frozen=True, kw_only=True)
class MinimumPublication:
    """How long an act stays online at least. The law says « permanente »: removal is never advised."""

    until: date
    earliest_removal: date
    article: str
    certainty: Certainty
    explanation: str


@dataclass(frozen=True, kw_only=True)
class Duty:
    """Something to do by a day; no duty when both days are None."""

    no_later_than: date | None
    #: Last working day before: no text extends these delays for days off.
    prudent_target: date | None
    #: False when only the house's own policy asks for it.
    legal: bool
    article: str
    certainty: Certainty
    explanation: str


def publicity_regime(on: date) -> Rule:
    """ "posting_or_publication" until 30 June 2022, "electronic" since (L3131-1)."""
    return in_force("publicity.regime", on)


def minimum_publication(*, online_on: date, outage_days: int = 0) -> MinimumPublication:
    """Two months online at least, plus the days the site was down: the prudent clock (R3131-2 I)."""
    rule = in_force("publication.minimum_months", online_on)
    end = add_months(online_on, rule.number)
    until = end + timedelta(days=outage_days)
    # No text says what the quantième becomes in a month too short for it.
    short_month: Certainty = "confirmed" if end.day == online_on.day else "secondary"
    return MinimumPublication(
        until=until,
        earliest_removal=until + timedelta(days=1),
        article=rule.article,
        certainty="to_verify" if outage_days else weakest(rule.certainty, short_month),
        explanation=(
            f"À laisser en ligne au moins jusqu’au {in_french(until)} inclus ; la publication permanente est la règle."
        ),
    )


def minutes_publication(*, approved_on: date) -> Duty:
    """Minutes go online in the week after the sitting that approved them (L3121-13 al. 3)."""
    rule = in_force("minutes.publication_days", approved_on)
    if rule.number == 0:
        return Duty(
            no_later_than=None,
            prudent_target=None,
            legal=False,
            article=rule.article,
            certainty=rule.certainty,
            explanation="Aucune mise en ligne du procès-verbal n’était exigée à cette date.",
        )
    last = approved_on + timedelta(days=rule.number)
    prudent = previous_working_day(last)
    return Duty(
        no_later_than=last,
        prudent_target=prudent,
        legal=True,
        article=rule.article,
        certainty=rule.certainty if prudent == last else weakest(rule.certainty, "secondary"),
        explanation=f"Procès-verbal à mettre en ligne au plus tard le {in_french(last)}.",
    )


def decision_list_target(*, sitting_on: date, policy_days: int) -> Duty:
    """The list of examined deliberations: a policy of the house, in days; no text binds départements."""
    last = sitting_on + timedelta(days=policy_days)
    return Duty(
        no_later_than=last,
        prudent_target=previous_working_day(last),
        legal=False,
        article="CGCT, art. L2121-25 (communes) ; aucun équivalent trouvé pour les départements",
        certainty="to_verify",
        explanation=f"Liste des délibérations à publier le {in_french(last)}, selon l’usage de la maison.",
    )


def withdrawal_limit(*, taken_on: date) -> Duty:
    """Last day to withdraw an illegal act of one's own motion: four months (L242-1, L243-3 CRPA)."""
    rule = in_force("withdrawal.months", taken_on)
    last = add_months(taken_on, rule.number)
    return Duty(
        no_later_than=last,
        prudent_target=previous_working_day(last),
        legal=True,
        article=rule.article,
        certainty=rule.certainty,
        explanation=(
            f"L’acte ne peut être retiré d’office que s’il est illégal, et au plus tard le {in_french(last)}."
        ),
    )
