"""Natures, types of pieces and matières of a 7-2 (norm, section 9)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from .errors import ActesError

Code = tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class NatureEntry:
    label: str
    #: DE, AR, AI, CC, BF, AU
    abbreviation: str
    #: Type code to label; empty before 2017.
    piece_types: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Classification:
    """The nomenclature in force for one SIREN: only the last 7-2 counts."""

    dated: date
    natures: Mapping[int, NatureEntry]
    #: Every level in one table: (7,), (7, 10), (7, 10, 1).
    matieres: Mapping[Code, str]

    def knows(self, matiere: Code) -> bool:
        return matiere in self.matieres

    def path(self, matiere: Code) -> list[str]:
        """Labels from the first level down; an unknown level is left out."""
        levels = (matiere[: depth + 1] for depth in range(len(matiere)))
        return [self.matieres[level] for level in levels if level in self.matieres]

    def piece_types(self, nature: int) -> Mapping[str, str]:
        """Types allowed for a document of an act of this nature (empty when unknown)."""
        entry = self.natures.get(nature)
        return entry.piece_types if entry else {}


def matiere_code(dotted: str) -> Code:
    """`7.10` to (7, 10). Levels are integers, not digits. Raises ActesError."""
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,3}){0,4}", dotted, re.ASCII):
        raise ActesError(f"La matière « {dotted} » n’est pas un code : écrire par exemple 7.5 ou 8.3.")
    return tuple(int(level) for level in dotted.split("."))


def dotted_code(matiere: Code) -> str:
    """(7, 10) to `7.10`."""
    return ".".join(str(level) for level in matiere)


@cache
def default_classification() -> Classification:
    """The two national levels and the types of pieces of 18 April 2019.

    A start before the first 7-2 of the collectivité; levels 3 to 5 are local and never here.
    Codes follow the 7-2 of 2019; the labels are written with the accents that file lacks.
    """
    data = json.loads(files(__package__).joinpath("nomenclature.json").read_text("utf-8"))
    return Classification(
        dated=date.fromisoformat(data["dated"]),
        natures={
            int(code): NatureEntry(
                label=entry["label"], abbreviation=entry["abbreviation"], piece_types=entry["piece_types"]
            )
            for code, entry in data["natures"].items()
        },
        matieres={matiere_code(code): label for code, label in data["matieres"].items()},
    )
