"""« Raccordements »: each outside system, whether it works, what was exchanged with it, the certificates in use."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Role
from hemicycle.chain.connectors import queries
from hemicycle.chain.connectors.actions.ask_check import SOON, ask_check
from hemicycle.chain.connectors.queries import BY_SLUG, SYSTEMS, Certificate, Check, Exchange, System
from hemicycle.web.access import SignedIn
from hemicycle.web.administration import OFFICE
from hemicycle.web.doors import for_roles
from hemicycle.web.drawings.validity import Validity
from hemicycle.web.inbox_rooms import CARRIERS
from hemicycle.web.inbox_troubles import MENDERS
from hemicycle.web.refusals import refusals_beside
from hemicycle.web.sitting_forms import GestureForm

#: Outcome of a test, or of one of its findings → its sign and its word.
OUTCOMES = {"ok": ("done", "fonctionne"), "doubt": ("warning", "à regarder"), "failed": ("refused", "en échec")}
STATES = {"waiting": ("expected", "en cours"), "done": ("done", "fait"), "failed": ("refused", "arrêté")}
USES = {
    "client": "présenté par nous",
    "server": "présenté par le serveur",
    "signatory": "signataire",
    "seal": "cachet de la collectivité",
    "timestamp": "horodatage",
    "authority": "autorité reconnue",
    "root": "autorité de la vérification publique",
}
#: Those are so many that they stand apart, under a fold.
MANY = "root"


@dataclass(frozen=True, kw_only=True)
class State:
    """A form and a word."""

    sign: str
    word: str


def state_of(line: queries.Line) -> State:
    """What is known of a system at a glance."""
    if line.under_way:
        return State(sign="expected", word="test en cours")
    if not line.address:
        return State(sign="todo", word="non réglé")
    if line.last is None:
        return State(sign="todo", word="jamais testé")
    return _outcome(line.last)


def _outcome(check: Check) -> State:
    sign, word = OUTCOMES[check.outcome]
    return State(sign=sign, word=word)


@for_roles(*OFFICE)
@require_safe
def connectors(request: SignedIn) -> HttpResponse:
    lines = queries.overview()
    known = [line for line in lines if line.last is not None]
    context = {
        "tab": "connectors",
        "rows": [(line, state_of(line)) for line in lines],
        "alarms": [(alarm, SYSTEMS[System(alarm.system)]) for alarm in queries.open_alarms()],
        "failing": sum(1 for line in known if line.last and line.last.outcome == "failed"),
        "known": len(known),
    }
    return render(request, "administration/connectors.html", context)


@for_roles(*OFFICE)
@require_safe
def connector(request: SignedIn, slug: str) -> HttpResponse:
    return _page(request, _system(slug))


def _system(slug: str) -> System:
    try:
        return BY_SLUG[slug]
    except KeyError:
        raise Http404 from None


def _page(request: SignedIn, system: System, *, form: forms.Form | None = None) -> HttpResponse:
    now, today = timezone.now(), timezone.localdate()
    recent = queries.recent(system)
    last, under_way = (recent[0] if recent else None), queries.under_way(system)
    context = {
        "tab": "connectors",
        "system": system,
        "about": SYSTEMS[system],
        "address": queries.address(system),
        "settings": queries.settings_of(system),
        "last": last,
        "state": _outcome(last) if last else None,
        "findings": [(found, *OUTCOMES[found["outcome"]]) for found in last.findings] if last else [],
        "failing_since": queries.failing_since(system) if last and last.outcome == "failed" else None,
        "under_way": under_way,
        "forgotten": under_way is not None and under_way.asked_at <= now - SOON,
        "recent": [(check, _outcome(check)) for check in recent[1:]],
        "certificates": certificate_rows(queries.certificates(at=now, system=system), at=now),
        "may_ask": accounts.holds(request.user, Role.ADMINISTRATOR, on=today),
        "form": form,
        **_exchanges(request, system, on=today),
    }
    return render(request, "administration/connector.html", context, status=409 if form else 200)


def _exchanges(request: SignedIn, system: System, *, on: dt.date) -> dict[str, Any]:
    in_trouble = request.GET.get("echanges") == "difficulte"
    asked = request.GET.get("avant", "")
    before = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 18 else None
    shown, following = queries.exchanges(system, agent=request.user, on=on, in_trouble=in_trouble, before=before)
    chosen = {"echanges": "difficulte"} if in_trouble else {}
    return {
        "exchanges": [(each, CARRIERS.get(each.carrier, each.carrier), exchange_state(each)) for each in shown],
        "in_trouble": in_trouble,
        "older": urlencode(chosen | {"avant": following}) if following else "",
        "first_page": before is None,
        "may_mend": accounts.holds(request.user, *MENDERS, on=on),
    }


def exchange_state(each: Exchange) -> State:
    if each.state == "waiting" and each.error:
        return State(sign="late", word="nouvel essai prévu")
    sign, word = STATES[each.state]
    return State(sign=sign, word=word)


@for_roles(*OFFICE)
@require_POST
def ask(request: SignedIn, slug: str) -> HttpResponse:
    system = _system(slug)
    form = GestureForm(request.POST)
    with refusals_beside(form):
        ask_check(system=system, agent=request.user, at=timezone.now())
        return redirect("connector", slug=slug)
    return _page(request, system, form=form)


@dataclass(frozen=True, kw_only=True)
class CertificateRow:
    """A certificate as the table shows it."""

    certificate: Certificate
    use: str
    state: State
    validity: Validity
    #: The systems where it was met.
    systems: list[queries.About]


def certificate_rows(found: list[Certificate], *, at: dt.datetime) -> list[CertificateRow]:
    return [
        CertificateRow(
            certificate=each,
            use=USES[each.use],
            state=left(each),
            validity=Validity(since=each.not_before, until=each.not_after, at=at, state=left(each).sign),
            systems=[SYSTEMS[system] for system in each.systems],
        )
        for each in found
    ]


def left(certificate: Certificate) -> State:
    """How long it still has, in words."""
    days, threshold = certificate.days_left, certificate.threshold
    if threshold == 0:
        return State(sign="refused", word="expiré")
    word = "moins d’un jour" if days < 1 else f"{days} jour{'s' if days > 1 else ''}"
    if threshold is None:
        return State(sign="done", word=word if days < 730 else f"{days // 365} ans")
    return State(sign="late" if threshold == 7 else "warning", word=word)


@for_roles(*OFFICE)
@require_safe
def certificates(request: SignedIn) -> HttpResponse:
    now = timezone.now()
    rows = certificate_rows(queries.certificates(at=now), at=now)
    context = {
        "tab": "connectors",
        "rows": [row for row in rows if row.certificate.use != MANY],
        "many": [row for row in rows if row.certificate.use == MANY],
        "ending": sum(1 for row in rows if row.certificate.threshold is not None and row.certificate.use != MANY),
    }
    return render(request, "administration/certificates.html", context)


urls = [
    path("administration/raccordements/", connectors, name="connectors"),
    path("administration/raccordements/certificats/", certificates, name="certificates"),
    path("administration/raccordements/<slug:slug>/", connector, name="connector"),
    path("administration/raccordements/<slug:slug>/tester", ask, name="ask_check"),
]
