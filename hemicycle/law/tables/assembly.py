"""Rules of the assembly: notice, quorum, proxies, ballots, renewal.

`valid_from` is the date of the wording we know, not always the birth of the rule.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hemicycle.law.rule import Certainty, Rule, Value

_CODIFIED = date(1996, 2, 24)
_ELECTRONIC_REPORTS = date(2009, 5, 14)
_BALLOTS = date(2011, 5, 19)
_DEPARTEMENTAL = date(2015, 3, 22)
_NOTRE = date(2015, 8, 9)
_VIDEO = date(2022, 8, 1)
_INTERESTS = date(2025, 12, 24)

#: Start, end, text and certainty of the three periods of loosened rules.
_COVID: tuple[tuple[date, date, str, Certainty], ...] = (
    (date(2020, 3, 24), date(2020, 8, 30), "loi n° 2020-290, art. 10", "confirmed"),
    (date(2020, 11, 14), date(2021, 9, 30), "loi n° 2020-1379, art. 6 IV", "secondary"),
    (date(2021, 11, 10), date(2022, 7, 31), "loi n° 2021-1465, art. 10", "secondary"),
)


def _with_covid(
    code: str, value: Value, article: str, *, since: date, covid: Value, certainty: Certainty = "confirmed"
) -> list[Rule]:
    """The ordinary rule, interrupted by the three periods."""
    rules: list[Rule] = []
    start = since
    for first, last, law, sure in _COVID:
        before = first - timedelta(days=1)
        # The ordinary rule between two periods is deduced from their bounds, hence only secondary.
        ordinary: Certainty = certainty if start == since else "secondary"
        rules.append(
            Rule(
                code=code,
                value=value,
                article=article,
                valid_from=start,
                valid_to=before,
                certainty=ordinary,
            )
        )
        rules.append(Rule(code=code, value=covid, article=law, valid_from=first, valid_to=last, certainty=sure))
        start = last + timedelta(days=1)
    rules.append(Rule(code=code, value=value, article=article, valid_from=start, certainty=certainty))
    return rules


_third = Fraction(1, 3)

RULES: tuple[Rule, ...] = (
    # Quorum: "absolute_majority" is floor(n/2)+1, a fraction is rounded up.
    *_with_covid("council.quorum", "absolute_majority", "CGCT, art. L3121-14", since=_CODIFIED, covid=_third),
    *_with_covid("council.quorum_counts", "present", "CGCT, art. L3121-14", since=_CODIFIED, covid="present"),
    *_with_covid(
        "standing_committee.quorum",
        "absolute_majority",
        "CGCT, art. L3121-14-1",
        since=_ELECTRONIC_REPORTS,
        covid=_third,
    ),
    *_with_covid(
        "standing_committee.quorum_counts",
        "present_or_represented",
        "CGCT, art. L3121-14-1",
        since=_ELECTRONIC_REPORTS,
        covid="present",
    ),
    Rule(
        code="president_election.quorum",
        value=Fraction(2, 3),
        article="CGCT, art. L3122-1",
        valid_from=_DEPARTEMENTAL,
        certainty="confirmed",
    ),
    Rule(
        code="president_election.quorum_counts",
        value="present",
        article="CGCT, art. L3122-1",
        valid_from=_DEPARTEMENTAL,
        certainty="confirmed",
    ),
    # "exactly": the meeting is held as of right that very day; "at_least": not before that day.
    *_with_covid("second_meeting.mode", "exactly", "CGCT, art. L3121-14", since=_CODIFIED, covid="at_least"),
    Rule(
        code="second_meeting.days",
        value=3,
        article="CGCT, art. L3121-14",
        valid_from=_CODIFIED,
        certainty="confirmed",
    ),
    Rule(
        code="quorum.representatives",
        value="counted",
        article="CGCT, art. L3121-14",
        valid_from=_CODIFIED,
        valid_to=_INTERESTS - timedelta(days=1),
        certainty="secondary",
        note="Réponse ministérielle, Sénat, 3 avril 2025 : aucune exclusion pour les départements.",
    ),
    Rule(
        code="quorum.representatives",
        value="not_counted",
        article="CGCT, art. L3132-5",
        valid_from=_INTERESTS,
        certainty="secondary",
        note="Loi n° 2025-1249, art. 32 ; fin de la phrase à relire.",
    ),
    *_with_covid("proxies.per_holder", 1, "CGCT, art. L3121-16", since=_CODIFIED, covid=2),
    Rule(
        code="ballot.public_demand",
        value=Fraction(1, 6),
        article="CGCT, art. L3121-15",
        valid_from=_BALLOTS,
        certainty="confirmed",
    ),
    Rule(
        code="ballot.majority",
        value="votes_cast",
        article="CGCT, art. L3121-14",
        valid_from=_CODIFIED,
        certainty="confirmed",
    ),
    Rule(
        code="ballot.casting_vote",
        value="president",
        article="CGCT, art. L3121-15",
        valid_from=_BALLOTS,
        certainty="confirmed",
    ),
    Rule(
        code="council.notice_days",
        value=12,
        article="CGCT, art. L3121-19",
        valid_from=_ELECTRONIC_REPORTS,
        certainty="confirmed",
        note="Le texte ne dit pas si les douze jours sont francs : à relire.",
    ),
    Rule(
        code="council.urgency_clear_days",
        value=1,
        article="CGCT, art. L3121-19",
        valid_from=_ELECTRONIC_REPORTS,
        certainty="confirmed",
    ),
    Rule(
        code="council.tabled_reports",
        value="committees,outside_designations,delegations",
        article="CGCT, art. L3121-22",
        valid_from=_DEPARTEMENTAL,
        certainty="confirmed",
    ),
    Rule(
        code="council.first_meeting",
        value="second_thursday",
        article="CGCT, art. L3121-9",
        valid_from=_DEPARTEMENTAL,
        certainty="confirmed",
    ),
    Rule(
        code="council.video",
        value="none",
        article="CGCT, art. L3121-9",
        valid_from=_CODIFIED,
        valid_to=_VIDEO - timedelta(days=1),
        certainty="secondary",
        note="Seuls les textes de la crise sanitaire permettaient alors la visioconférence.",
    ),
    Rule(
        code="council.video",
        value="allowed",
        article="CGCT, art. L3121-9-1",
        valid_from=_VIDEO,
        certainty="secondary",
    ),
    Rule(
        code="rules_of_procedure.months",
        value=1,
        article="CGCT, art. L3121-8",
        valid_from=_CODIFIED,
        valid_to=_NOTRE - timedelta(days=1),
        certainty="secondary",
    ),
    Rule(
        code="rules_of_procedure.months",
        value=3,
        article="CGCT, art. L3121-8",
        valid_from=_NOTRE,
        certainty="secondary",
        note="Point de départ (élection ou réunion de droit) non fixé par le texte.",
    ),
    Rule(
        code="vacancy.months",
        value=1,
        article="CGCT, art. L3122-2",
        valid_from=_DEPARTEMENTAL,
        certainty="confirmed",
    ),
    Rule(
        code="mission.months",
        value=6,
        article="CGCT, art. L3121-22-1",
        valid_from=_DEPARTEMENTAL,
        certainty="confirmed",
    ),
)
