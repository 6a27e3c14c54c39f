"""What must be transmitted to the representative of the State, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from hemicycle.law.calendar import in_french, previous_working_day
from hemicycle.law.publication import Duty
from hemicycle.law.rule import Certainty, LawError, Rule
from hemicycle.law.rules import in_force

Category = Literal[
    "deliberation",
    "delegated_decision",
    "road_tariff_or_alignment",
    "promotion_rate",
    "police_decision",
    "traffic_or_parking_police",
    "regulatory_act",
    "loan",
    "contract",
    "concession",
    "permanent_staff_appointment",
    "temporary_staff_appointment",
    "accountant_requisition",
    "internal_measure",
]

#: Whether the category is transmitted, and the item of L3131-2 I that says so.
_CATEGORIES: dict[Category, tuple[bool, str]] = {
    "deliberation": (True, "1°"),
    "delegated_decision": (True, "1°"),
    "road_tariff_or_alignment": (False, "1° a"),
    "promotion_rate": (False, "1° b"),
    "police_decision": (True, "2°"),
    "traffic_or_parking_police": (False, "2°"),
    "regulatory_act": (True, "3°"),
    "loan": (True, "4°"),
    "contract": (True, "4°"),
    "concession": (True, "4°"),
    "permanent_staff_appointment": (True, "5°"),
    "temporary_staff_appointment": (False, "5°"),
    "accountant_requisition": (True, "6°"),
    "internal_measure": (False, "a contrario"),
}


@dataclass(frozen=True, kw_only=True)
class TransmissionDuty:
    """Whether an act must be transmitted to become executory."""

    required: bool
    article: str
    certainty: Certainty
    explanation: str


def contract_threshold(on: date) -> Rule:
    """Euros, excluding tax, at and above which a contract signed that day is transmitted (D2131-5-1)."""
    return in_force("transmission.contract_threshold", on)


def transmission_duty(category: Category, *, on: date, amount: Decimal | None = None) -> TransmissionDuty:
    """Whether an act of that category must be transmitted (L3131-2 I).

    `on`: date of the act (for a contract, of its signature). `amount`: euros excluding tax, contracts only.
    Raises LawError for a contract without an amount.
    """
    required, item = _CATEGORIES[category]
    article = f"CGCT, art. L3131-2 I {item}"
    certainty: Certainty = "confirmed"
    reason = "cette catégorie d’actes y est soumise" if required else "cette catégorie d’actes en est exclue"
    if category == "contract":
        if amount is None:
            raise LawError("Indiquez le montant hors taxes du contrat pour savoir s’il doit être transmis.")
        rule = contract_threshold(on)
        required = amount >= rule.number
        article, certainty = rule.article, rule.certainty
        position = "atteint" if required else "n’atteint pas"
        threshold = f"{rule.number:,}".replace(",", " ")
        reason = f"le montant {position} le seuil de {threshold} euros hors taxes"
    verdict = "Transmission obligatoire" if required else "Transmission non exigée"
    return TransmissionDuty(
        required=required, article=article, certainty=certainty, explanation=f"{verdict} : {reason}."
    )


def transmission_deadline(*, signed_on: date, concession: bool = False) -> Duty:
    """Individual decisions and concessions: fifteen days from signature (L3131-2 II, L1411-9)."""
    rule = in_force("transmission.concession_days" if concession else "transmission.individual_days", signed_on)
    last = signed_on + timedelta(days=rule.number)
    # That these fifteen days are counted without extension is a reading: no text says it.
    return Duty(
        no_later_than=last,
        prudent_target=previous_working_day(last),
        legal=True,
        article=rule.article,
        certainty="secondary",
        explanation=f"À transmettre au représentant de l’État au plus tard le {in_french(last)}.",
    )
