"""The fictional Département de l’Ormelle, whole: setting up an installation is not an action of the chain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from hemicycle.accounts import queries
from hemicycle.accounts.models import (
    Agent,
    Authority,
    Body,
    Delegation,
    ElectedMember,
    PoliticalGroup,
    Post,
    Role,
    Seat,
    Signatory,
    Unit,
)
from hemicycle.chain.circuit.models import Circuit, CircuitStep
from hemicycle.chain.distribution.models import Partner
from hemicycle.demonstration import act_types, assembly, circuits, organisation, signatories, staff
from hemicycle.demonstration.person import DOMAIN, Person

#: Installation of the council elected in June 2021: every right of the demonstration starts there.
SINCE = dt.date(2021, 7, 1)
#: What the simulators expect of the other side.
SIREN, SIRET = "229999990", "22999999000017"
#: Name of the president's certificate among the signature keys.
PRESIDENT_KEY = "president"


class OtherAuthority(Exception):
    """The installation already belongs to a département: the demonstration does not mix with it."""


def build(*, on: dt.date, password: str) -> None:
    """Create the département unless it is there, and give all its accounts that password.

    `on` is the day of the demonstration: only the absence of one director depends on it. Everything is created in
    one transaction, hence whole or not at all. Raises OtherAuthority on an installation set up for another.
    """
    with transaction.atomic():
        there = Authority.objects.filter(id=1).first()
        if there is not None and there.siren != SIREN:
            raise OtherAuthority(
                f"Cette installation est celle de « {there.name} » : la démonstration demande une base neuve."
            )
        if there is None:
            _create(encoded=make_password(password))
        else:
            _renew(password)
        _absence(on)


def _create(*, encoded: str) -> None:
    _authority()
    _courier()
    units = _units()
    _staff(units, encoded)
    _assembly(encoded)
    signatories.appoint(since=SINCE)
    _circuits(units)
    office = Post.objects.filter(role=Role.ASSEMBLY_OFFICE).select_related("agent").order_by("id")[0].agent
    act_types.lay(author=office, at=dt.datetime.combine(SINCE, dt.time(9), tzinfo=dt.UTC))
    for name, email, short in circuits.PARTNERS:
        Partner.objects.create(name=name, email=email, unit=units[short] if short else None)


def _renew(password: str) -> None:
    accounts = Agent.objects.filter(email__endswith=f"@{DOMAIN}")
    known = accounts.order_by("email").first()
    if known is not None and not check_password(password, known.password):
        accounts.update(password=make_password(password))


def _authority() -> None:
    Authority.objects.create(
        id=1,
        name="Département de l’Ormelle",
        siren=SIREN,
        siret=SIRET,
        departement="099",
        arrondissement="1",
        prefecture="Préfecture de l’Ormelle",
        prefecture_id="PREF099",
        address="Hôtel du Département\n1, place des Tilleuls\n99000 Ambrelle",
        city="Ambrelle",
        court="tribunal administratif d’Ambrelle",
        contact_email=f"assemblees@{DOMAIN}",
    )


def _courier() -> None:
    courier = Agent(email=queries.COURIER_EMAIL, last_name="Hémicycle", job="Coursier")
    courier.set_unusable_password()
    courier.save()
    Post.objects.create(agent=courier, role=Role.COURIER, valid_from=SINCE)


def _units() -> dict[str, Unit]:
    """Units by name; directions also by short name."""
    general = Unit.objects.create(name=organisation.GENERAL, short="DGS", kind=Unit.Kind.GENERAL, valid_from=SINCE)
    units = {general.name: general, "DGS": general}
    units[organisation.CABINET] = Unit.objects.create(
        name=organisation.CABINET, short="CAB", kind=Unit.Kind.CABINET, valid_from=SINCE
    )
    for pole in organisation.POLES:
        units[pole] = Unit.objects.create(name=pole, kind=Unit.Kind.POLE, parent=general, valid_from=SINCE)
    for direction in organisation.DIRECTIONS:
        unit = Unit.objects.create(
            name=direction.name,
            short=direction.short,
            kind=Unit.Kind.DIRECTION,
            parent=units[direction.pole] if direction.pole else general,
            valid_from=SINCE,
        )
        units[direction.name] = units[direction.short] = unit
        for service in direction.services:
            units[service.name] = Unit.objects.create(
                name=service.name, kind=Unit.Kind.SERVICE, parent=unit, valid_from=SINCE
            )
    return units


def _account(person: Person, job: str, encoded: str) -> Agent:
    return Agent.objects.create(
        email=person.email,
        civility=person.civility,
        first_name=person.first_name,
        last_name=person.last_name,
        job=job[:120],
        # Hashed once for all: a hundred slow hashes would cost a minute at the first start.
        password=encoded,
    )


def _post(agent: Agent, role: Role, unit: Unit | None = None) -> None:
    Post.objects.create(agent=agent, role=role, unit=unit, valid_from=SINCE)


def _staff(units: dict[str, Unit], encoded: str) -> None:
    for role, person, job in staff.STAFF:
        _post(_account(person, job, encoded), role)
    for pole, person in organisation.POLES.items():
        article = "adjointe" if person.civility == "Mme" else "adjoint"
        deputy = _account(person, f"DGA – {pole}, {article} de la DGS", encoded)
        _post(deputy, Role.DEPUTY_CHIEF, units[pole])
        if pole == organisation.RESOURCES:
            # The direction under no pôle needs a deputy's visa too.
            _post(deputy, Role.DEPUTY_CHIEF, units["DAAJ"])
    for direction in organisation.DIRECTIONS:
        title = "Directrice" if direction.director.civility == "Mme" else "Directeur"
        _post(
            _account(direction.director, f"{title} – {direction.short}", encoded),
            Role.DIRECTOR,
            units[direction.name],
        )
        for service in direction.services:
            chief = "Cheffe de service" if service.head.civility == "Mme" else "Chef de service"
            unit = units[service.name]
            _post(_account(service.head, f"{chief} – {service.name}", encoded), Role.HEAD_OF_SERVICE, unit)
            if service.drafter is not None:
                drafter = "Rédactrice" if service.drafter.civility == "Mme" else "Rédacteur"
                _post(_account(service.drafter, f"{drafter} – {service.name}", encoded), Role.DRAFTER, unit)


def _assembly(encoded: str) -> None:
    groups = {
        g.name: PoliticalGroup.objects.create(name=g.name, rank=g.rank, majority=g.majority) for g in assembly.GROUPS
    }
    titles = dict(assembly.VICE_PRESIDENTS) | assembly.DELEGATED
    titles[assembly.PRESIDENT] = "Président du conseil départemental"
    order = [name for name, _ in assembly.VICE_PRESIDENTS]
    for canton, woman, man, hers, his in assembly.CANTONS:
        for person, group in ((woman, hers), (man, his)):
            title = titles.get(person.last_name, "")
            default = "Conseillère départementale" if person.civility == "Mme" else "Conseiller départemental"
            agent = _account(person, title or default, encoded)
            member = ElectedMember.objects.create(
                agent=agent,
                canton=canton,
                group=groups[group.name],
                title=title,
                electronic_since=None if person.last_name in assembly.ON_PAPER else dt.date(2021, 9, 1),
                valid_from=SINCE,
            )
            _post(agent, Role.ELECTED)
            _seats(member, order)


def _seats(member: ElectedMember, order: Sequence[str]) -> None:
    name = member.agent.last_name
    office, rank = Seat.Office.MEMBER, 0
    if name == assembly.PRESIDENT:
        office = Seat.Office.PRESIDENT
        _post(member.agent, Role.PRESIDENT)
        Signatory.objects.create(
            agent=member.agent,
            capacity="Le Président du conseil départemental",
            key_name=PRESIDENT_KEY,
            valid_from=SINCE,
        )
    elif name in order:
        office, rank = Seat.Office.VICE_PRESIDENT, order.index(name) + 1
    for body in Body:
        Seat.objects.create(body=body, member=member, office=office, rank=rank, valid_from=SINCE)


def _circuits(units: dict[str, Unit]) -> None:
    for name, short, steps in circuits.CIRCUITS:
        circuit = Circuit.objects.create(name=name, unit=units[short] if short else None)
        add_steps(circuit, steps)


def add_steps(circuit: Circuit, steps: Sequence[circuits.Step]) -> None:
    """Give the circuit its steps, in order."""
    for order, step in enumerate(steps, start=1):
        CircuitStep.objects.create(
            circuit=circuit,
            order=order,
            label=step.label,
            kind=step.kind,
            role=step.role,
            days=step.days,
            why=step.why,
            amount_over=step.amount_over,
        )


def _absence(on: dt.date) -> None:
    """One director is away these days: a head of service of hers gives visas in her name."""
    giver = Agent.objects.get(email=organisation.DIRECTIONS[5].director.email)
    holder = Agent.objects.get(email=organisation.DIRECTIONS[5].services[0].head.email)
    if queries.delegation_between(giver, holder, scope=Delegation.Scope.VISA, on=on) is None:
        Delegation.objects.create(
            giver=giver,
            holder=holder,
            scope=Delegation.Scope.VISA,
            reference="Note de service d’intérim",
            valid_from=on - dt.timedelta(days=3),
            valid_to=on + dt.timedelta(days=25),
        )
