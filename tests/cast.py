"""The characters of all tests: a tiny département where everyone has one role, set once per test.

    def test_a_drafter_…(cast: Cast) -> None:
        dossier = a_dossier(cast, in_circuit=True)

An attribute bears the name of its role (`cast.finance`), save `clerk`, who is the service des assemblées.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password

from hemicycle.accounts.models import (
    Agent,
    Authority,
    Body,
    ElectedMember,
    PoliticalGroup,
    Post,
    Role,
    Seat,
    Signatory,
    Unit,
)
from hemicycle.accounts.queries import COURIER_EMAIL

PARIS = ZoneInfo("Europe/Paris")
#: The moment at which tests happen, unless they say otherwise: a Tuesday.
NOON = dt.datetime(2026, 11, 24, 12, 0, tzinfo=PARIS)
TODAY = NOON.date()
#: When every right of the cast begins.
SINCE = dt.date(2021, 7, 1)
PASSWORD = "mot-de-passe-des-tests"


@dataclass(frozen=True, kw_only=True)
class Cast:
    authority: Authority
    #: DGS > pôle > direction > service; the neighbour's service is under another direction of the same pôle.
    general: Unit
    pole: Unit
    direction: Unit
    service: Unit
    other_direction: Unit
    other_service: Unit
    drafter: Agent
    #: Drafts in the same service.
    colleague: Agent
    #: Drafts in the other service.
    neighbour: Agent
    head_of_service: Agent
    director: Agent
    deputy_chief: Agent
    finance: Agent
    legal: Agent
    chief_executive: Agent
    secretariat: Agent
    cabinet: Agent
    clerk: Agent
    president: Agent
    archivist: Agent
    administrator: Agent
    auditor: Agent
    #: Has an account and no role at all.
    outsider: Agent
    courier: Agent
    #: The eleven members in office, all of both bodies: the president, three vice-presidents, seven members.
    members: tuple[ElectedMember, ...]
    #: Resigned in 2024: has a seat no more.
    former_member: ElectedMember
    signatory: Signatory


def set_the_cast() -> Cast:
    """Create them all; must be called once, in a test that has the database."""
    authority = _authority()
    units = _units()
    agents = _agents(units)
    members, former = _assembly()
    president = members[0].agent
    signatory = Signatory.objects.create(
        agent=president,
        capacity="Le Président du conseil départemental",
        key_name="president",
        valid_from=SINCE,
    )
    return Cast(
        authority=authority,
        **units,
        **agents,
        members=members,
        former_member=former,
        president=president,
        signatory=signatory,
    )


def _authority() -> Authority:
    return Authority.objects.create(
        id=1,
        name="Département de l’Ormelle",
        siren="229999990",
        siret="22999999000017",
        departement="099",
        prefecture="Préfecture de l’Ormelle",
        prefecture_id="PREF099",
        address="1, place des Tilleuls\n99000 Ambrelle",
        city="Ambrelle",
        court="tribunal administratif d’Ambrelle",
        contact_email="assemblees@ormelle.example",
    )


def _units() -> dict[str, Unit]:
    def unit(name: str, kind: Unit.Kind, parent: Unit | None = None, short: str = "") -> Unit:
        return Unit.objects.create(name=name, short=short, kind=kind, parent=parent, valid_from=SINCE)

    general = unit("Direction générale des services", Unit.Kind.GENERAL, short="DGS")
    pole = unit("Pôle Éducation et culture", Unit.Kind.POLE, general)
    direction = unit("Direction des sports", Unit.Kind.DIRECTION, pole, "DS")
    other = unit("Direction de la lecture publique", Unit.Kind.DIRECTION, pole, "DLP")
    return {
        "general": general,
        "pole": pole,
        "direction": direction,
        "service": unit("Service des clubs", Unit.Kind.SERVICE, direction),
        "other_direction": other,
        "other_service": unit("Service des bibliothèques", Unit.Kind.SERVICE, other),
    }


def _agents(units: dict[str, Unit]) -> dict[str, Agent]:
    table: tuple[tuple[str, str, str, str, Role | None, str], ...] = (
        ("drafter", "Mme", "Ada", "Rédactrice", Role.DRAFTER, "service"),
        ("colleague", "M.", "Colas", "Collègue", Role.DRAFTER, "service"),
        ("neighbour", "M.", "Nils", "Voisin", Role.DRAFTER, "other_service"),
        ("head_of_service", "M.", "Chems", "Chef", Role.HEAD_OF_SERVICE, "service"),
        ("director", "Mme", "Dina", "Directrice", Role.DIRECTOR, "direction"),
        ("deputy_chief", "M.", "Guy", "Adjoint", Role.DEPUTY_CHIEF, "pole"),
        ("finance", "Mme", "Fanny", "Finances", Role.FINANCE, ""),
        ("legal", "M.", "Jules", "Juriste", Role.LEGAL, ""),
        ("chief_executive", "Mme", "Diane", "Générale", Role.CHIEF_EXECUTIVE, ""),
        ("secretariat", "M.", "Serge", "Secrétaire", Role.SECRETARIAT, ""),
        ("cabinet", "Mme", "Capucine", "Cabinet", Role.CABINET, ""),
        ("clerk", "Mme", "Assia", "Assemblée", Role.ASSEMBLY_OFFICE, ""),
        ("archivist", "M.", "Archibald", "Archiviste", Role.ARCHIVIST, ""),
        ("administrator", "M.", "Admir", "Technicien", Role.ADMINISTRATOR, ""),
        ("auditor", "Mme", "Aude", "Auditrice", Role.AUDITOR, ""),
        ("courier", "", "", "Coursier", Role.COURIER, ""),
        ("outsider", "M.", "Hors", "Circuit", None, ""),
    )
    encoded = make_password(PASSWORD)
    agents = {
        key: Agent(
            email=COURIER_EMAIL if key == "courier" else f"{key.replace('_', '-')}@ormelle.example",
            civility=civility,
            first_name=first,
            last_name=last,
            password=encoded,
        )
        for key, civility, first, last, _, _ in table
    }
    Agent.objects.bulk_create(agents.values())
    Post.objects.bulk_create(
        Post(agent=agents[key], role=role, unit=units[unit] if unit else None, valid_from=SINCE)
        for key, _, _, _, role, unit in table
        if role is not None
    )
    return agents


#: Family name, civility, group, office. Six of the majority, president included, five facing it.
ASSEMBLY: tuple[tuple[str, str, str, str], ...] = (
    ("Valmorin", "M.", "Ormelle solidaire", "president"),
    ("Corbenois", "Mme", "Ormelle solidaire", "vice_president"),
    ("Vernouil", "M.", "Écologie et citoyenneté", "vice_president"),
    ("Brugevin", "Mme", "Ormelle solidaire", "vice_president"),
    ("Aubanel", "Mme", "Écologie et citoyenneté", "member"),
    ("Dorlac", "M.", "Ormelle solidaire", "member"),
    ("Escande", "Mme", "Union pour l’Ormelle", "member"),
    ("Fersanges", "Mme", "Union pour l’Ormelle", "member"),
    ("Guermantin", "M.", "Union pour l’Ormelle", "member"),
    ("Harmelin", "M.", "Union pour l’Ormelle", "member"),
    ("Joncheray", "Mme", "Centre et indépendants", "member"),
)
TITLES = {
    "Valmorin": "Président du conseil départemental",
    "Corbenois": "Vice-présidente chargée des finances",
    "Vernouil": "Vice-président chargé des sports",
    "Brugevin": "Vice-présidente chargée des mobilités",
}


def _assembly() -> tuple[tuple[ElectedMember, ...], ElectedMember]:
    names = ("Écologie et citoyenneté", "Ormelle solidaire", "Centre et indépendants", "Union pour l’Ormelle")
    groups = {
        name: PoliticalGroup.objects.create(name=name, rank=rank, majority=rank <= 2)
        for rank, name in enumerate(names, start=1)
    }
    *sitting, former = _members(
        [(name, civility, groups[group], None) for name, civility, group, _ in ASSEMBLY]
        + [("Ancienne", "Mme", groups["Union pour l’Ormelle"], dt.date(2024, 3, 31))]
    )
    members = tuple(sitting)
    Seat.objects.bulk_create(
        Seat(
            body=body,
            member=member,
            office=office,
            rank=place if office == Seat.Office.VICE_PRESIDENT else 0,
            valid_from=SINCE,
        )
        for body in Body.values
        for place, (member, (_, _, _, office)) in enumerate(zip(members, ASSEMBLY, strict=True))
    )
    Post.objects.create(agent=members[0].agent, role=Role.PRESIDENT, valid_from=SINCE)
    return members, former


def _members(people: list[tuple[str, str, PoliticalGroup, dt.date | None]]) -> list[ElectedMember]:
    """Family name, civility, group, last day in office: each with an account, a post and a canton."""
    encoded = make_password(PASSWORD)
    agents = Agent.objects.bulk_create(
        Agent(
            email=f"{name.lower()}@ormelle.example",
            civility=civility,
            first_name="Marie" if civility == "Mme" else "Jean",
            last_name=name,
            password=encoded,
        )
        for name, civility, _, _ in people
    )
    Post.objects.bulk_create(
        Post(agent=agent, role=Role.ELECTED, valid_from=SINCE, valid_to=until)
        for agent, (_, _, _, until) in zip(agents, people, strict=True)
    )
    return ElectedMember.objects.bulk_create(
        ElectedMember(
            agent=agent,
            canton="Canton 10" if until else f"Canton {place}",
            group=group,
            title=TITLES.get(name, ""),
            electronic_since=None if name == "Fersanges" else SINCE,
            valid_from=SINCE,
            valid_to=until,
        )
        for place, (agent, (name, _, group, until)) in enumerate(zip(agents, people, strict=True), start=1)
    )
