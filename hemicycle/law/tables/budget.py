"""Rules of the budget and of the accounts. Dates of the year are written MM-DD."""

from __future__ import annotations

from datetime import date

from hemicycle.law.rule import Rule

_CODIFIED = date(1996, 2, 24)
_METROPOLITAN = date(2015, 1, 1)

RULES: tuple[Rule, ...] = (
    Rule(
        code="budget.debate_weeks_m57",
        value=10,
        article="CGCT, art. L5217-10-4",
        valid_from=_METROPOLITAN,
        certainty="secondary",
        note="Sur option, puis régime général à compter de l’exercice 2026 (ord. n° 2025-526).",
    ),
    Rule(
        code="budget.debate_months_m52",
        value=2,
        article="CGCT, art. L3312-1 ancien",
        valid_from=_CODIFIED,
        valid_to=date(2025, 12, 31),
        certainty="confirmed",
    ),
    Rule(
        code="budget.notice_days",
        value=12,
        article="CGCT, art. L3312-1 et L5217-10-4",
        valid_from=_CODIFIED,
        certainty="secondary",
    ),
    Rule(
        code="budget.adoption",
        value="04-15",
        article="CGCT, art. L1612-2",
        valid_from=_CODIFIED,
        certainty="secondary",
    ),
    Rule(
        code="budget.adoption_renewal",
        value="04-30",
        article="CGCT, art. L1612-2",
        valid_from=_CODIFIED,
        certainty="secondary",
    ),
    Rule(
        code="accounts.vote",
        value="06-30",
        article="CGCT, art. L1612-12",
        valid_from=_CODIFIED,
        certainty="secondary",
    ),
    Rule(
        code="standing_committee.excluded_matters",
        value="budget,accounts",
        article="CGCT, art. L3211-2",
        valid_from=_CODIFIED,
        certainty="secondary",
        note="Numéros des articles du budget à relire depuis l’ordonnance n° 2025-526.",
    ),
)
