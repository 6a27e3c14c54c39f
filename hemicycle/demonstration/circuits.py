"""The usual circuits of visas, and the address book of partners."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from hemicycle.accounts.models import Role
from hemicycle.chain.circuit.models import StepKind

ONE, ONE_OF, ALL_OF = StepKind.ONE, StepKind.ONE_OF, StepKind.ALL_OF

ORDINARY = "Circuit ordinaire"
FINANCIAL = "Circuit avec incidence financière"
GRANTS = "Circuit des subventions"
BUDGET = "Circuit budgétaire"


@dataclass(frozen=True, kw_only=True)
class Step:
    label: str
    role: Role
    kind: StepKind
    days: int
    why: str = ""
    amount_over: Decimal | None = None


HEAD = Step(label="Chef de service", role=Role.HEAD_OF_SERVICE, kind=ONE, days=2)
DIRECTOR = Step(label="Directeur", role=Role.DIRECTOR, kind=ONE, days=2)
DEPUTY = Step(label="DGA", role=Role.DEPUTY_CHIEF, kind=ONE, days=3)
FINANCE = Step(label="Finances", role=Role.FINANCE, kind=ONE_OF, days=3, why="car le dossier engage des crédits")
#: Above 23 000 €, a grant calls for a convention (décret n° 2001-495): the finances look at it.
FINANCE_ABOVE = replace(FINANCE, why="car le montant dépasse 23 000 €", amount_over=Decimal(23000))
FINANCE_BOTH = replace(FINANCE, kind=ALL_OF, why="car le dossier porte le budget")
LEGAL = Step(label="Juridique", role=Role.LEGAL, kind=ONE_OF, days=3, why="car tout projet de délibération est relu")
CHIEF = Step(label="DGS", role=Role.CHIEF_EXECUTIVE, kind=ONE, days=2)
SECRETARIAT = Step(label="Secrétariat général", role=Role.SECRETARIAT, kind=ONE_OF, days=2)
CABINET = Step(label="Cabinet", role=Role.CABINET, kind=ONE_OF, days=2)

#: Name of the circuit, short name of the unit it is kept for (empty: offered to all), its steps in order.
CIRCUITS: tuple[tuple[str, str, tuple[Step, ...]], ...] = (
    (ORDINARY, "", (HEAD, DIRECTOR, FINANCE_ABOVE, LEGAL, DEPUTY, CHIEF, SECRETARIAT, CABINET)),
    (FINANCIAL, "", (HEAD, DIRECTOR, DEPUTY, FINANCE, LEGAL, CHIEF, SECRETARIAT, CABINET)),
    (GRANTS, "", (HEAD, DIRECTOR, FINANCE, LEGAL, SECRETARIAT, CABINET)),
    (BUDGET, "DFI", (HEAD, DIRECTOR, FINANCE_BOTH, CHIEF, CABINET)),
)

#: Name, e-mail at a reserved domain, short name of the direction whose address book it is in (empty: all).
PARTNERS: tuple[tuple[str, str, str], ...] = (
    ("Commune de Brissey", "mairie@brissey.example", ""),
    ("Commune de Lormet", "mairie@lormet.example", ""),
    ("Commune de Vernoise", "secretariat@vernoise.example", ""),
    ("Paierie départementale de l’Ormelle", "paierie@tresor-ormelle.example", ""),
    ("Ormelle Habitat", "contact@ormelle-habitat.example", "DATE"),
    ("Syndicat des eaux du Haut-Plateau", "syndicat@eaux-haut-plateau.example", "DATE"),
    ("Comité sportif départemental d’athlétisme", "contact@athletisme-ormelle.example", "DCPSL"),
    ("Association Les Foulées de Clérande", "bureau@foulees-clerande.example", "DCPSL"),
    ("Festival Les Nuits de Dorvalle", "festival@nuits-dorvalle.example", "DCPSL"),
    ("Collège de Saint-Aubrac", "principal@college-saint-aubrac.example", "DEJ"),
    ("Association L’Escale, foyers de l’enfance", "direction@escale-ormelle.example", "DEFP"),
    ("Entente routière des Trois-Vallées", "contact@entente-trois-vallees.example", "DVD"),
)
