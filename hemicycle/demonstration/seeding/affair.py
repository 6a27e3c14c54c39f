"""What the demonstration says of a dossier before anyone writes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from hemicycle.accounts.models import Body
from hemicycle.demonstration import circuits

CULTURE, SCHOOL, SPORT = "Culture et patrimoine", "Éducation et collèges", "Sports et loisirs"
ROADS, TOWNS, NATURE = "Routes et mobilités", "Aides aux communes", "Environnement et eau"
SOCIAL, MEANS, MONEY = "Solidarités", "Moyens généraux", "Finances"

CD, CP = Body.COUNCIL, Body.STANDING_COMMITTEE


@dataclass(frozen=True, kw_only=True)
class Companion:
    """One more deliberation of the same report; its text is « deliberation-2 », « deliberation-3 »…"""

    object: str
    amount: Decimal
    #: What its type asks of it (act_types.FIELDS).
    extra: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Affair:
    """One dossier: its fields, the circuit that it takes, the titles of its annexes in order."""

    key: str
    service: str
    body: str = CP
    object: str
    subject_code: str
    theme: str
    #: Family name of the member who reports; empty while nobody is chosen.
    rapporteur: str = ""
    circuit: str = circuits.ORDINARY
    amount: Decimal | None = None
    annexes: tuple[str, ...] = ()
    companions: tuple[Companion, ...] = ()
    #: Kind of link (DossierLink.Kind) and the key of the dossier, or the reference of an act older than the program.
    links: tuple[tuple[str, str], ...] = ()
    #: False: opened, and nothing written yet.
    written: bool = True


@dataclass(frozen=True, kw_only=True)
class Typed:
    """The type of act of a dossier, by its name, and what that type asks (act_types.FIELDS)."""

    name: str
    extra: Mapping[str, str] = field(default_factory=dict)
