"""Who is who, and who may act for whom, on a given day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from hemicycle.accounts.models import (
    Agent,
    Authority,
    Body,
    Delegation,
    ElectedMember,
    Post,
    Role,
    Seat,
    Signatory,
    Unit,
)
from hemicycle.accounts.rights import below, rights_of, tree

COURIER_EMAIL = "coursier@hemicycle.invalid"


def authority() -> Authority:
    """The département. Raises Authority.DoesNotExist on an installation not yet set up."""
    return Authority.objects.get(id=1)


def courier() -> Agent:
    """The system, as an actor with a name: who sends, fetches and records."""
    return Agent.objects.get(email=COURIER_EMAIL)


def roles_of(agent: Agent, *, on: dt.date) -> set[str]:
    """Roles held anywhere on that day."""
    return rights_of(agent, on=on).roles


def holds(agent: Agent, *roles: str, on: dt.date, unit: Unit | None = None) -> bool:
    """Whether the agent holds one of the roles on that day; over `unit` when one is given.

    A post without unit holds everywhere; a post in a unit holds for that unit and all below it.
    """
    if not agent.is_active:
        return False
    held = {post.unit_id for post in rights_of(agent, on=on).posts if post.role in roles}
    if unit is None or not held or None in held:
        return bool(held)
    return any(level.pk in held for level in unit.lineage())


def holders(role: str, *, on: dt.date, unit: Unit | None = None) -> list[Agent]:
    """Active agents who hold the role on that day for the unit: the nearest post up the tree wins.

    The chief of a service is that service's, not its neighbour's; Finance holds for everyone.
    """
    posts = Post.objects.on(on).filter(role=role, agent__is_active=True).select_related("agent", "unit")
    if unit is not None:
        for level in unit.lineage():
            near = [p.agent for p in posts if p.unit_id == level.pk]
            if near:
                return sorted(near, key=lambda a: (a.last_name, a.first_name))
    everywhere = {p.agent for p in posts if p.unit_id is None or unit is None}
    return sorted(everywhere, key=lambda a: (a.last_name, a.first_name))


def units_under(units: Iterable[Unit | int]) -> set[int]:
    """Ids of the units and of all below them."""
    ids = {u.pk if isinstance(u, Unit) else u for u in units}
    return below(ids, tree()) if ids else ids


def units_of(agent: Agent, *roles: str, on: dt.date) -> set[int]:
    """Ids of the units where the agent holds one of the roles on that day, and of all below them."""
    return rights_of(agent, on=on).units(*roles)


def principals_of(agent: Agent, *, scope: str, on: dt.date) -> list[Agent]:
    """Those in whose name the agent may act on that day, by a delegation in force."""
    return rights_of(agent, on=on).principals(scope)


def delegation_between(giver: Agent, holder: Agent, *, scope: str, on: dt.date) -> Delegation | None:
    """The delegation in force that lets `holder` act for `giver`, or None."""
    found: Delegation | None = Delegation.objects.on(on).filter(giver=giver, holder=holder, scope=scope).first()
    return found


@dataclass(frozen=True, kw_only=True)
class Sitter:
    """A member with a seat in a body on a day."""

    member: ElectedMember
    office: str
    rank: int


def members_in_office(body: str, *, on: dt.date) -> list[Sitter]:
    """The members of the body in office that day, president first, then vice-presidents, then by name."""
    seats = (
        Seat.objects.on(on)
        .filter(body=body, member__valid_from__lte=on)
        .filter(Q(member__valid_to__isnull=True) | Q(member__valid_to__gte=on))
        .select_related("member__agent", "member__group")
    )
    order = {Seat.Office.PRESIDENT: 0, Seat.Office.VICE_PRESIDENT: 1, Seat.Office.MEMBER: 2}
    rows = sorted(
        seats,
        key=lambda s: (
            order[Seat.Office(s.office)],
            s.rank,
            s.member.agent.last_name,
            s.member.agent.first_name,
        ),
    )
    return [Sitter(member=s.member, office=s.office, rank=s.rank) for s in rows]


def president(*, on: dt.date) -> ElectedMember:
    """The president of the council that day. Raises LookupError when the seat is vacant."""
    for sitter in members_in_office(Body.COUNCIL, on=on):
        if sitter.office == Seat.Office.PRESIDENT:
            return sitter.member
    raise LookupError("no president in office on that day")


def signatory_of(agent: Agent, *, on: dt.date) -> Signatory | None:
    """The capacity in which the agent signs acts on that day, or None without authority to sign."""
    found: Signatory | None = Signatory.objects.on(on).filter(agent=agent).first()
    return found


def signatories(*, on: dt.date) -> list[Signatory]:
    """Those who may sign that day, in the order of their names."""
    found = Signatory.objects.on(on).select_related("agent")
    return list(found.order_by("agent__last_name", "agent__first_name", "pk"))


def president_signatory(*, on: dt.date) -> Signatory | None:
    """Who signs by right that day: the president in office, when a certificate is on file."""
    return signatory_of(president(on=on).agent, on=on)


def role_label(role: str) -> str:
    """The French name of a role."""
    return str(Role(role).label)
