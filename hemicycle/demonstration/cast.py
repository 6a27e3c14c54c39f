"""Finding the demonstration's people by what they do, and listing them for whoever tries the software."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hemicycle.accounts import queries
from hemicycle.accounts.models import Agent, Post, Role, Unit
from hemicycle.chain.circuit.models import Circuit
from hemicycle.demonstration import circuits, signatories
from hemicycle.demonstration.departement import SINCE, add_steps

#: The service that most demonstration dossiers come from.
USUAL_SERVICE = "Service du sport et des loisirs"


@dataclass(frozen=True, kw_only=True)
class Cast:
    """One agent per role, around a dossier of one unit."""

    unit: Unit
    drafter: Agent
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
    courier: Agent


def cast(*, on: dt.date, service: str = USUAL_SERVICE) -> Cast:
    """Who acts on a dossier of that service on that day. Raises LookupError on an unknown or empty service."""
    unit = Unit.objects.on(on).filter(name=service).first()
    if unit is None:
        raise LookupError(f"Le service « {service} » n’existe pas dans l’organigramme.")

    def one(role: Role) -> Agent:
        return holder(role, on=on, unit=unit)

    return Cast(
        unit=unit,
        drafter=one(Role.DRAFTER),
        head_of_service=one(Role.HEAD_OF_SERVICE),
        director=one(Role.DIRECTOR),
        deputy_chief=one(Role.DEPUTY_CHIEF),
        finance=one(Role.FINANCE),
        legal=one(Role.LEGAL),
        chief_executive=one(Role.CHIEF_EXECUTIVE),
        secretariat=one(Role.SECRETARIAT),
        cabinet=one(Role.CABINET),
        clerk=one(Role.ASSEMBLY_OFFICE),
        president=queries.president(on=on).agent,
        archivist=one(Role.ARCHIVIST),
        administrator=one(Role.ADMINISTRATOR),
        auditor=one(Role.AUDITOR),
        courier=queries.courier(),
    )


def holder(role: str, *, on: dt.date, unit: Unit | None = None) -> Agent:
    """The first holder of the role for the unit. Raises LookupError when nobody holds it."""
    found = queries.holders(role, on=on, unit=unit)
    if not found:
        raise LookupError(f"Personne ne tient le rôle « {queries.role_label(role)} » pour {unit or 'le département'}.")
    return found[0]


def service(name: str, *, direction: str) -> Unit:
    """The service of that direction, opened with its people when the organigramme has none of that name.

    An affair that comes from elsewhere names its own direction: it must be playable all the same. The newcomers are
    the agents of the usual service, in the same roles.
    """
    known: Unit | None = Unit.objects.filter(name=name, parent__name=direction).first()
    if known is not None:
        return known
    usual = Unit.objects.get(name=USUAL_SERVICE)
    above = usual.parent
    if above is None or above.parent is None:
        raise LookupError("L’organigramme de la démonstration est incomplet.")
    parent, opened = Unit.objects.get_or_create(
        name=direction,
        defaults={"kind": Unit.Kind.DIRECTION, "parent": above.parent, "valid_from": SINCE},
    )
    if opened:
        _same_people(above, parent)
    unit = Unit.objects.create(name=name, kind=Unit.Kind.SERVICE, parent=parent, valid_from=SINCE)
    _same_people(usual, unit)
    return unit


def _same_people(model: Unit, unit: Unit) -> None:
    for post in Post.objects.filter(unit=model).order_by("id"):
        Post.objects.create(agent=post.agent, role=post.role, unit=unit, valid_from=SINCE)


#: Role in French, as an affair names its visas → the usual step.
STEPS: dict[str, circuits.Step] = {
    "chef de service": circuits.HEAD,
    "directeur": circuits.DIRECTOR,
    "dga": circuits.DEPUTY,
    "finances": circuits.FINANCE,
    "juridique": circuits.LEGAL,
    "dgs": circuits.CHIEF,
    "secrétariat général": circuits.SECRETARIAT,
    "cabinet": circuits.CABINET,
}


def circuit_of(roles: Sequence[str]) -> Circuit:
    """The circuit made of those visas in that order, named in French; created when no usual one is.

    Raises LookupError on a visa that nobody knows.
    """
    unknown = [r for r in roles if r.lower() not in STEPS]
    if unknown:
        raise LookupError(f"Le visa « {unknown[0]} » est inconnu ; visas possibles : {', '.join(STEPS)}.")
    wanted = [STEPS[r.lower()] for r in roles]
    for circuit in Circuit.objects.filter(active=True, unit=None).order_by("id"):
        steps = list(circuit.steps.order_by("order").values_list("role", "amount_over"))
        if steps == [(s.role, None) for s in wanted]:
            return circuit
    circuit = Circuit.objects.create(name=f"Circuit : {', '.join(roles)}"[:120])
    add_steps(circuit, wanted)
    return circuit


def accounts_table(*, on: dt.date) -> list[tuple[str, str, str]]:
    """Role in French, name, e-mail: one line per role, for whoever tries the software.

    The people are those around the usual service; every other account of the demonstration has the same password.
    """
    chosen = cast(on=on)
    vice_president = queries.members_in_office("CD", on=on)[1].member.agent
    lines: Iterable[tuple[str, Agent]] = (
        ("rédactrice", chosen.drafter),
        ("chef de service", chosen.head_of_service),
        ("directrice", chosen.director),
        ("directrice générale adjointe", chosen.deputy_chief),
        ("finances", chosen.finance),
        ("juridique", chosen.legal),
        ("directrice générale des services", chosen.chief_executive),
        ("secrétariat général", chosen.secretariat),
        ("cabinet", chosen.cabinet),
        ("service des assemblées", chosen.clerk),
        ("président, signataire", chosen.president),
        ("secrétaire de séance, signataire", signatories.secretary()),
        ("vice-président, signataire délégué", vice_president),
        ("archiviste", chosen.archivist),
        ("auditrice", chosen.auditor),
        ("administrateur", chosen.administrator),
    )
    return [(role, agent.full_name, agent.email) for role, agent in lines]
