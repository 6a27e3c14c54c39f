"""The one door to the dated rules: what was in force, on that day."""

from __future__ import annotations

from datetime import date

from hemicycle.law.rule import LawError, Rule
from hemicycle.law.tables import acts, assembly, budget

RULES: tuple[Rule, ...] = (*assembly.RULES, *acts.RULES, *budget.RULES)


class NoRuleInForce(LawError):
    """No value of that rule is known for that day."""


def in_force(code: str, on: date) -> Rule:
    """The rule of that code in force that day.

    Raises NoRuleInForce when the tables know nothing for the day, KeyError for a code that does not exist.
    """
    known = [rule for rule in RULES if rule.code == code]
    if not known:
        raise KeyError(code)
    for rule in known:
        if rule.holds(on):
            return rule
    raise NoRuleInForce(
        f"Aucune règle « {code} » n’est connue au {on:%d/%m/%Y} ; vérifiez la date ou complétez la table des règles."
    )


def history(code: str) -> tuple[Rule, ...]:
    """Every known value of a rule, oldest first: what a legal watch re-reads."""
    return tuple(sorted((rule for rule in RULES if rule.code == code), key=lambda rule: rule.valid_from))
