"""Who may read a dossier and who may act on it (reliability.md §6): used by every action and every query."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Role, Unit
from hemicycle.accounts.rights import rights_of
from hemicycle.dossier.models import Dossier, Entitlement
from hemicycle.dossier.refusals import NotEntitled
from hemicycle.dossier.stages import Stage

#: Roles that read every dossier in progress.
READ_ALL = frozenset(
    {
        Role.ASSEMBLY_OFFICE,
        Role.CHIEF_EXECUTIVE,
        Role.SECRETARIAT,
        Role.PRESIDENT,
        Role.AUDITOR,
        Role.COURIER,
    }
)
#: The archivist reads nothing in progress: an act once the State has received it, on its way to the archive.
OF_THE_ARCHIVE = (
    Stage.ACKNOWLEDGED,
    Stage.PUBLISHED,
    Stage.NOTIFIED,
    Stage.DEPOSITED,
    Stage.REFUSED_BY_ARCHIVE,
    Stage.ARCHIVED,
)
#: Roles that look and say nothing.
LOOKS_ON = frozenset({Role.AUDITOR, Role.ARCHIVIST})
#: Roles that read the dossiers of their unit and of those below it.
READ_UNIT = frozenset({Role.DRAFTER, Role.HEAD_OF_SERVICE, Role.DIRECTOR, Role.DEPUTY_CHIEF})


#: Roles that read a dossier under embargo; its drafter and its circuit do too.
READ_EMBARGOED = frozenset({Role.CABINET, Role.ASSEMBLY_OFFICE, Role.CHIEF_EXECUTIVE, Role.PRESIDENT, Role.COURIER})


def visible_to(agent: Agent, *, on: dt.date, one_by_one: bool = False) -> QuerySet[Dossier]:
    """The dossiers that the agent may read on that day.

    The drafter's own, those of the units where a role is held, those whose circuit brought the agent in, all for
    the service des assemblées, the DGS, the president and the auditor, the acts received for the archivist. A dossier
    under embargo is for its drafter, its circuit, the Cabinet, the service des assemblées, the DGS and the president.
    `one_by_one`: the same, for a query that other conditions reduce to few dossiers.
    """
    return _visible(agent, on=on, one_by_one=one_by_one)


def _visible(
    agent: Agent, *, on: dt.date, without: frozenset[Role] = frozenset(), one_by_one: bool = False
) -> QuerySet[Dossier]:
    if not agent.is_active:
        return Dossier.objects.none()
    rights = rights_of(agent, on=on)
    roles = rights.roles - without
    if roles & READ_ALL and roles & READ_EMBARGOED:
        return Dossier.objects.all()
    units = rights.units(*READ_UNIT)
    people = [agent, *rights.principals("visa")]
    # The few under embargo rather than the embargo of each: that column lies behind the texts of the row.
    secret = Q(id__in=Dossier.objects.filter(embargo=True).values("id"))
    kept = Q(pk__in=[]) if not units else Q(unit__in=units)
    if Role.ARCHIVIST in roles:
        kept |= Q(stage__in=OF_THE_ARCHIVE)
    if roles & READ_ALL or one_by_one or not units:
        brought_in = Exists(Entitlement.objects.filter(agent__in=people, dossier=OuterRef("pk")))
        own = Q(drafter=agent) | Q(brought_in)
        if roles & READ_EMBARGOED:
            own |= secret
        return Dossier.objects.filter(own | (~secret if roles & READ_ALL else kept & ~secret))
    # Lists put together, each read from its own index: an « or » between them would have every dossier looked at.
    lists = [Dossier.objects.filter(drafter=agent).values("id"), _entitled(people)]
    if roles & READ_EMBARGOED:
        lists.append(Dossier.objects.filter(embargo=True).values("id"))
    return Dossier.objects.filter(id__in=Dossier.objects.filter(kept & ~secret).values("id").union(*lists))


def _entitled(people: list[Agent]) -> QuerySet[Any]:
    return Entitlement.objects.filter(agent__in=people).values("dossier")


def reads_some(agent: Agent, *, on: dt.date) -> bool:
    """Whether the agent reads some thousands of dossiers by their unit, rather than nearly all or a handful."""
    rights = rights_of(agent, on=on)
    return not rights.roles & READ_ALL and bool(rights.units(*READ_UNIT))


def may_read(agent: Agent, dossier: Dossier, *, on: dt.date) -> bool:
    return visible_to(agent, on=on, one_by_one=True).filter(id=dossier.id).exists()


def may_comment(agent: Agent, dossier: Dossier, *, on: dt.date) -> bool:
    """Whether the agent reads the dossier otherwise than to look on (auditor, archivist)."""
    return _visible(agent, on=on, without=LOOKS_ON, one_by_one=True).filter(id=dossier.id).exists()


def require_role(agent: Agent, *roles: str, on: dt.date, unit: Unit | None = None, what: str = "") -> str:
    """The role by which the agent may act that day. Raises NotEntitled, naming what was asked."""
    for role in roles:
        if accounts.holds(agent, role, on=on, unit=unit):
            return role
    wanted = " ou ".join(f"« {accounts.role_label(r)} »" for r in roles)
    raise NotEntitled(f"{what or 'Cette action'} est réservé au rôle {wanted} ; {agent.full_name} ne l’a pas.")


def require_drafting(agent: Agent, dossier: Dossier, *, on: dt.date) -> str:
    """Who may write in the dossier while it is drafted: its drafter, a drafter of its unit, the assembly office.

    Raises NotEntitled.
    """
    if dossier.drafter_id == agent.pk and agent.is_active:
        return Role.DRAFTER
    for role in (Role.DRAFTER, Role.ASSEMBLY_OFFICE):
        if accounts.holds(agent, role, on=on, unit=dossier.unit if role == Role.DRAFTER else None):
            return role
    raise NotEntitled(
        f"Le dossier {dossier.number} est rédigé par {dossier.unit} ; {agent.full_name} ne peut pas le modifier."
    )


def may_read_confidential(agent: Agent, dossier: Dossier, *, on: dt.date) -> bool:
    """Whether a reader of the dossier also reads its confidential annexes.

    Its drafter and its unit, those of its circuit, the service des assemblées, the DGS and the president; not those
    who only look on, nor the members and the partners (files.Attachment.confidential).
    """
    rights = rights_of(agent, on=on)
    if dossier.drafter_id == agent.pk or dossier.unit_id in rights.units(*READ_UNIT):
        return agent.is_active
    if accounts.holds(agent, Role.ASSEMBLY_OFFICE, Role.CHIEF_EXECUTIVE, Role.PRESIDENT, on=on):
        return True
    return dossier.entitlements.filter(agent__in=[agent, *rights.principals("visa")]).exists()
