"""What surrounds every page: where one may go, who one is, what waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from hemicycle.accounts import queries as accounts
from hemicycle.accounts import rights
from hemicycle.accounts.models import Agent, Role
from hemicycle.web import administration, archiving, dashboard, inbox, transmission
from hemicycle.web.access import SignedIn, signed_in


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the left column."""

    label: str
    #: Name of the address it opens.
    url_name: str
    #: Every address that starts so belongs to it; empty: that very address only.
    section: str = ""
    #: Who sees it; empty: everyone.
    roles: frozenset[str] = frozenset()
    #: The kinds of things that wait there, among those of inbox.in_figures.
    waiting: frozenset[str] = frozenset()
    #: Under the rule: administration.
    apart: bool = False


ELECTED = frozenset({Role.ELECTED})
SIGNATORIES = frozenset({Role.PRESIDENT})
DIRECTION = frozenset({Role.DRAFTER, Role.HEAD_OF_SERVICE, Role.DIRECTOR})
WATCHERS = frozenset(transmission.WATCHERS)
KEEPERS = frozenset(archiving.KEEPERS)
FOLLOWERS = frozenset(dashboard.READERS)
SETTERS = frozenset(administration.OFFICE)


ALL_THAT_WAITS = frozenset(
    {"visas", "to_sign", "convocations", "letters", "returned", "dossiers", "troubles", "alarms"}
)


#: The left column, in order. A room adds its own line here.
ENTRIES: tuple[Entry, ...] = (
    Entry(label="À traiter", url_name="inbox", waiting=ALL_THAT_WAITS),
    Entry(label="Dossiers", url_name="dossiers", section="/dossiers"),
    Entry(
        label="Mes séances",
        url_name="my_sittings",
        section="/mes-seances",
        roles=ELECTED,
        waiting=frozenset({"convocations"}),
    ),
    Entry(label="Cabinet", url_name="cabinet", section="/cabinet", roles=frozenset({Role.CABINET})),
    Entry(label="Séances", url_name="sittings", section="/seances"),
    Entry(
        label="À signer",
        url_name="to_sign",
        section="/a-signer",
        roles=SIGNATORIES,
        waiting=frozenset({"to_sign"}),
    ),
    Entry(label="Actes", url_name="acts_register", section="/actes/registre"),
    Entry(
        label="Actes revenus",
        url_name="returns",
        section="/retours",
        roles=DIRECTION,
        waiting=frozenset({"returned"}),
    ),
    Entry(label="Transmissions", url_name="transmissions", section="/transmissions", roles=WATCHERS),
    Entry(label="À publier", url_name="to_publish", section="/publier", roles=frozenset({Role.ASSEMBLY_OFFICE})),
    Entry(label="Archives", url_name="deposits", section="/archives", roles=KEEPERS),
    Entry(label="Absences", url_name="absences", section="/absences", apart=True),
    Entry(label="Mes courriels", url_name="mail_choices", section="/mes-courriels", apart=True),
    Entry(label="Tableau de bord", url_name="dashboard", section="/tableau-de-bord", roles=FOLLOWERS),
    Entry(label="Administration", url_name="administration", section="/administration", roles=SETTERS, apart=True),
)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: nav, nav_apart, who, home_url; no nav and nobody when signed out."""
    agent = getattr(request, "user", None)
    around: dict[str, Any] = {"nav": [], "nav_apart": [], "who": None, "acting_for": "", "search_query": ""}
    around["counted"] = True
    around["home_url"] = reverse("inbox")
    if not isinstance(agent, Agent):
        return around
    on = timezone.localdate()
    if agent.rights is None:
        rights.attach(agent, on=on)
    roles = accounts.roles_of(agent, on=on)
    # What waits is counted by the page that lists it; any other asks for it once it is on screen: a third of its time.
    waiting = vars(request).get("figures")
    shown = _shown_to(roles)
    around["nav"] = [_line(e, waiting, request.path) for e in shown if not e.apart]
    around["nav_apart"] = [_line(e, waiting, request.path) for e in shown if e.apart]
    around["counted"] = waiting is not None
    around["who"] = {"name": agent.full_name, "unit": agent.job or _roles_fr(roles)}
    return around


def _shown_to(roles: set[str]) -> list[Entry]:
    return [entry for entry in ENTRIES if not entry.roles or entry.roles & roles]


def _line(entry: Entry, waiting: dict[str, int] | None, here: str) -> dict[str, Any]:
    url = reverse(entry.url_name)
    current = here.startswith(entry.section) if entry.section else here == url
    return {
        "label": entry.label,
        "url": url,
        #: Where its count goes; empty where nothing ever waits.
        "key": entry.url_name if entry.waiting else "",
        "count": 0 if waiting is None else _count(entry, waiting),
        "current": current,
    }


def _count(entry: Entry, waiting: dict[str, int]) -> int:
    return sum(number for kind, number in waiting.items() if kind in entry.waiting)


@signed_in
@require_safe
def what_waits(request: SignedIn) -> HttpResponse:
    """The counts of the left column, each put in its place by htmx."""
    on = timezone.localdate()
    waiting = inbox.in_figures(request.user, on)
    shown = _shown_to(accounts.roles_of(request.user, on=on))
    counts = {entry.url_name: _count(entry, waiting) for entry in shown if entry.waiting}
    return render(request, "components/_what_waits.html", {"counts": counts, "first": ENTRIES[0].url_name})


def _roles_fr(roles: set[str]) -> str:
    return ", ".join(sorted(accounts.role_label(role) for role in roles))


urls = [path("attentes", what_waits, name="what_waits")]
