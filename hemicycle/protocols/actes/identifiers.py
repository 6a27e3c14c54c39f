"""Identity of an act and of its emitter (norm, section 3)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from .errors import NotBuildable, Unreadable

#: Intersection of the three generations of the schema and of the TdT's own rule (norm, section 2).
NUMBER_RULE = re.compile(r"([A-Z0-9][A-Z0-9_]{0,13})?[A-Z0-9]", re.ASCII)
#: Five characters, digits of the matière then letters: 99_DE, 21_RP.
PIECE_TYPE_RULE = re.compile(r"[A-Z0-9_]{5}", re.ASCII)

_SIREN = re.compile(r"[0-9]{9}", re.ASCII)
# The schema writes [A|B|0-9] and lets a vertical bar through: that typo is not kept when building.
_DEPARTEMENT = re.compile(r"[09][0-9][AB0-9]", re.ASCII)
# Greedy on the number, because the numbers of the 2016 generation may hold dashes and spaces.
_ID_ACTE = re.compile(
    r"(?P<departement>[0|9][0-9][A|B|0-9])-(?P<siren>[0-9]{9})-(?P<on>[0-9]{8})"
    r"-(?P<number>[A-Za-z0-9_\- ]{1,15})-(?P<nature>[A-Z]{2})",
    re.ASCII,
)


class Nature(IntEnum):
    """CodeNatureActe: the six natures, with their abbreviation and label of 2019."""

    DELIBERATION = 1
    REGULATORY = 2
    INDIVIDUAL = 3
    CONTRACT = 4
    BUDGET = 5
    OTHER = 6

    @property
    def abbreviation(self) -> str:
        return _NATURES[self][0]

    @property
    def label(self) -> str:
        return _NATURES[self][1]

    @property
    def default_piece_type(self) -> str:
        return _NATURES[self][2]

    @classmethod
    def from_abbreviation(cls, abbreviation: str) -> Nature:
        """DE, AR, AI, CC, BF or AU; raises Unreadable for anything else."""
        for nature in cls:
            if nature.abbreviation == abbreviation:
                return nature
        raise Unreadable(f"La nature d’acte « {abbreviation} » n’existe pas : DE, AR, AI, CC, BF ou AU.")


_NATURES: dict[Nature, tuple[str, str, str]] = {
    Nature.DELIBERATION: ("DE", "Délibérations", "99_DE"),
    Nature.REGULATORY: ("AR", "Actes réglementaires", "99_AR"),
    Nature.INDIVIDUAL: ("AI", "Actes individuels", "99_AI"),
    Nature.CONTRACT: ("CC", "Contrats, conventions et avenants", "99_DC"),
    Nature.BUDGET: ("BF", "Documents budgétaires et financiers", "99_BU"),
    Nature.OTHER: ("AU", "Autres", "99_AU"),
}


@dataclass(frozen=True, kw_only=True)
class Emitter:
    """IDCL: the collectivité that transmits. Raises NotBuildable on a malformed part."""

    siren: str
    #: Three characters: 093, 02A, 972.
    departement: str
    #: One digit.
    arrondissement: str
    #: Type of collectivité, two digits (22 is a département in S²LOW's own table).
    nature: str

    def __post_init__(self) -> None:
        if not _SIREN.fullmatch(self.siren):
            raise NotBuildable(f"Le SIREN « {self.siren} » doit compter neuf chiffres.")
        if not _DEPARTEMENT.fullmatch(self.departement):
            raise NotBuildable(f"Le département « {self.departement} » s’écrit en trois caractères (093, 02A).")
        if not re.fullmatch(r"[0-9]", self.arrondissement):
            raise NotBuildable(f"L’arrondissement « {self.arrondissement} » s’écrit sur un chiffre.")
        if not re.fullmatch(r"[0-9]{2}", self.nature):
            raise NotBuildable(f"La nature de collectivité « {self.nature} » s’écrit sur deux chiffres.")


@dataclass(frozen=True, kw_only=True)
class IDActe:
    """The unique identifier of an act, in its five parts."""

    departement: str
    siren: str
    #: Date of the decision.
    on: date
    number: str
    #: Abbreviation of the nature, two capitals.
    nature: str

    def __str__(self) -> str:
        return f"{self.departement}-{self.siren}-{self.on:%Y%m%d}-{self.number}-{self.nature}"


def parse_unique_id(text: str) -> IDActe:
    """Split an identifier of any generation. Raises Unreadable."""
    found = _ID_ACTE.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        digits = found["on"]
        on = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise Unreadable(f"« {text} » n’est pas un identifiant unique d’acte.") from None
    return IDActe(
        departement=found["departement"],
        siren=found["siren"],
        on=on,
        number=found["number"],
        nature=found["nature"],
    )


def unique_id(*, emitter: Emitter, on: date, number: str, nature: Nature | int) -> str:
    """The identifier the ministry will give, known before sending because it is deterministic.

    `on` is the date of decision. Raises NotBuildable when the number breaks NUMBER_RULE.
    """
    if not NUMBER_RULE.fullmatch(number):
        raise NotBuildable(
            f"Le numéro d’acte « {number} » n’est pas accepté : un à quinze chiffres, majuscules "
            "ou tirets bas, sans tiret bas au début ni à la fin."
        )
    abbreviation = Nature(nature).abbreviation
    return f"{emitter.departement}-{emitter.siren}-{on:%Y%m%d}-{number}-{abbreviation}"
