"""What each nature of act is called, and the register in which it takes its number."""

from __future__ import annotations

from dataclasses import dataclass

from hemicycle.accounts.models import Body
from hemicycle.dossier.models import Dossier, Nature


@dataclass(frozen=True, kw_only=True)
class Kind:
    """An act in sentences: « délibération », « la délibération », « de la délibération », « cette délibération »."""

    name: str
    the: str
    of_the: str
    this: str
    #: « au registre des délibérations »
    plural: str
    #: The word that opens what is decided, and ends in its articles.
    operative: str
    feminine: bool


_DELIBERATION = Kind(
    name="délibération",
    the="la délibération",
    of_the="de la délibération",
    this="cette délibération",
    plural="délibérations",
    operative="décide",
    feminine=True,
)
_ARRETE = Kind(
    name="arrêté",
    the="l’arrêté",
    of_the="de l’arrêté",
    this="cet arrêté",
    plural="arrêtés",
    operative="arrête",
    feminine=False,
)
_DECISION = Kind(
    name="décision",
    the="la décision",
    of_the="de la décision",
    this="cette décision",
    plural="décisions",
    operative="décide",
    feminine=True,
)
_KINDS: dict[str, Kind] = {
    Nature.DELIBERATION: _DELIBERATION,
    Nature.REGULATORY: _ARRETE,
    Nature.INDIVIDUAL: _ARRETE,
    Nature.DECISION: _DECISION,
}

#: Those that may be notified to the person they are about, instead of being put online.
NOTIFIED = frozenset({Nature.INDIVIDUAL, Nature.DECISION})

#: Key of each register of acts → its usual name, in the order in which they are shown.
REGISTERS: dict[str, str] = {
    Body.STANDING_COMMITTEE: "Délibérations de la commission permanente",
    Body.COUNCIL: "Délibérations du conseil départemental",
    "AR": "Arrêtés du président",
    "DP": "Décisions du président",
}


def kind_of(dossier: Dossier) -> Kind:
    return _KINDS[dossier.nature]


def of_name(name: str) -> str:
    """« de délibération », « d’arrêté »."""
    return f"d’{name}" if name[0] in "aeéiou" else f"de {name}"


def titled(dossier: Dossier) -> str:
    """« Délibération n° CP-2026-0123 »."""
    return f"{kind_of(dossier).name.capitalize()} n° {dossier.act_number}"


def register_of(dossier: Dossier) -> str:
    """The register of the assembly that votes; of the president's arrêtés or decisions otherwise."""
    if not dossier.without_vote:
        return dossier.body
    return "DP" if dossier.nature == Nature.DECISION else "AR"


def author_of(dossier: Dossier) -> str:
    """Whose act it is: « commission permanente », « président du conseil départemental »."""
    return "président du conseil départemental" if dossier.without_vote else dossier.get_body_display()
