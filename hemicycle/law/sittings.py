"""When a body must or may meet: first meeting of a renewal, by video, terms that run from a renewal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from hemicycle.law.calendar import add_months, in_french
from hemicycle.law.rule import Certainty
from hemicycle.law.rules import in_force

_THURSDAY = 3


@dataclass(frozen=True, kw_only=True)
class DatedDuty:
    """Something due by a day."""

    on: date
    article: str
    certainty: Certainty
    explanation: str


@dataclass(frozen=True, kw_only=True)
class Permission:
    """Something allowed, or not, that day."""

    allowed: bool
    article: str
    certainty: Certainty
    explanation: str


def first_meeting(*, first_round_on: date) -> DatedDuty:
    """The meeting held as of right the second Thursday after the first round (L3121-9 al. 2)."""
    rule = in_force("council.first_meeting", first_round_on)
    to_thursday = (_THURSDAY - first_round_on.weekday() - 1) % 7 + 1
    on = first_round_on + timedelta(days=to_thursday + 7)
    return DatedDuty(
        on=on,
        article=rule.article,
        certainty=rule.certainty,
        explanation=f"Le conseil départemental se réunit de plein droit le {in_french(on)}.",
    )


def rules_of_procedure_due(*, renewed_on: date) -> DatedDuty:
    """Last day to adopt new rules of procedure; the former ones apply until then (L3121-8).

    `renewed_on`: the last round, the prudent reading (the text does not fix the starting day).
    """
    rule = in_force("rules_of_procedure.months", renewed_on)
    on = add_months(renewed_on, rule.number)
    return DatedDuty(
        on=on,
        article=rule.article,
        certainty=rule.certainty,
        explanation=(f"Règlement intérieur à adopter avant le {in_french(on)} ; l’ancien s’applique jusque-là."),
    )


def standing_committee_renewal_due(*, vacant_on: date) -> DatedDuty:
    """When the president's seat falls vacant, the standing committee is renewed within a month (L3122-2)."""
    rule = in_force("vacancy.months", vacant_on)
    on = add_months(vacant_on, rule.number)
    return DatedDuty(
        on=on,
        article=rule.article,
        certainty=rule.certainty,
        explanation=(
            f"Commission permanente à renouveler avant le {in_french(on)} ; un vice-président assure "
            "l’intérim, dans l’ordre des nominations."
        ),
    )


def mission_end(*, created_on: date) -> DatedDuty:
    """A mission d'information lasts six months at most (L3121-22-1)."""
    rule = in_force("mission.months", created_on)
    on = add_months(created_on, rule.number)
    return DatedDuty(
        on=on,
        article=rule.article,
        certainty=rule.certainty,
        explanation=f"La mission d’information rend son rapport au plus tard le {in_french(on)}.",
    )


def no_mission_from(*, renewal_year: int) -> DatedDuty:
    """No mission d'information from 1 January of the year before a renewal (L3121-22-1)."""
    on = date(renewal_year - 1, 1, 1)
    rule = in_force("mission.months", on)
    return DatedDuty(
        on=on,
        article=rule.article,
        certainty=rule.certainty,
        explanation=f"Aucune mission d’information ne peut être créée à partir du {in_french(on)}.",
    )


def council_by_video(*, meeting_on: date) -> Permission:
    """Whether the council may meet by video under ordinary law that day (L3121-9-1)."""
    rule = in_force("council.video", meeting_on)
    allowed = rule.value == "allowed"
    return Permission(
        allowed=allowed,
        article=rule.article,
        certainty=rule.certainty,
        explanation=(
            "La réunion par visioconférence est possible sur décision du président ; le scrutin est public."
            if allowed
            else "Le droit commun ne permet pas encore la visioconférence, hors textes de crise."
        ),
    )
