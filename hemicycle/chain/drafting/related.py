"""What stands around a dossier on its page: its custom fields, its links, the deliberations of its report."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.drafting import custom_fields, links
from hemicycle.chain.drafting.models import DossierLink
from hemicycle.dossier import companions
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.stages import Stage

#: Who may open a dossier, somewhere.
OPENS = frozenset({Role.DRAFTER, Role.HEAD_OF_SERVICE, Role.DIRECTOR, Role.ASSEMBLY_OFFICE})


@dataclass(frozen=True, kw_only=True)
class Related:
    """Ready to be shown; each list is empty where there is nothing to say."""

    #: Name of the type of act; empty when none was chosen.
    act_type: str = ""
    fields: tuple[custom_fields.FieldValue, ...] = ()
    links: tuple[links.Link, ...] = ()
    #: The dossier whose report this one shares.
    lead: Dossier | None = None
    #: The other deliberations of its own report.
    companions: tuple[Dossier, ...] = ()
    #: Whether the reader may open a dossier from this one.
    may_duplicate: bool = False
    #: What its drafter should look at again (acts repealed); only for whoever writes it.
    warnings: tuple[str, ...] = ()


def annotated(found: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Says of each dossier whether there is anything to look for: most have neither links nor companions."""
    linked = DossierLink.objects.filter(Q(dossier=OuterRef("pk")) | Q(target=OuterRef("pk")))
    followers = Dossier.objects.filter(lead=OuterRef("pk")).exclude(stage=Stage.WITHDRAWN)
    return found.select_related("act_type", "lead", "trial").annotate(is_linked=Exists(linked), leads=Exists(followers))


def of(dossier: Dossier, *, agent: Agent, on: dt.date, writes: bool) -> Related:
    """Around a dossier that `annotated` has given."""
    return Related(
        act_type=dossier.act_type.name if dossier.act_type else "",
        fields=tuple(custom_fields.values_of(dossier)),
        links=tuple(links.links_of(dossier, agent=agent, on=on)) if getattr(dossier, "is_linked", True) else (),
        lead=dossier.lead,
        companions=tuple(companions.of(dossier)) if getattr(dossier, "leads", True) else (),
        may_duplicate=bool(accounts.roles_of(agent, on=on) & OPENS),
        warnings=tuple(links.warnings_of(dossier)) if writes else (),
    )
