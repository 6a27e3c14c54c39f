"""Rules that require a visa by the data of the dossier: listed, written, tried on past dossiers, switched on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Role
from hemicycle.chain.circuit import conditions, definitions
from hemicycle.chain.circuit.actions.save_rule import save_rule
from hemicycle.chain.circuit.actions.switch_rule import switch_rule
from hemicycle.chain.circuit.definitions import MOST_DAYS
from hemicycle.chain.circuit.trial import Trial, digest_of, try_rule
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.web.access import SignedIn, found
from hemicycle.web.definition_forms import Offered, WhenForm, offered, when_fr, who_of
from hemicycle.web.doors import for_roles
from hemicycle.web.refusals import refusals_beside

OFFICE = (Role.ADMINISTRATOR, Role.ASSEMBLY_OFFICE, Role.AUDITOR)
WRITERS = (Role.ASSEMBLY_OFFICE,)
#: The period of a trial when none is chosen.
YEAR = dt.timedelta(days=365)


class RuleForm(WhenForm):
    name = forms.CharField(label="Nom de la règle", max_length=120)
    who = forms.ChoiceField(label="Visa requis de")
    why = forms.CharField(
        label="Motif",
        max_length=200,
        help_text="Il se lit à côté du visa : « car le montant dépasse 90 000 € ».",
    )
    days = forms.IntegerField(label="Délai (jours ouvrés)", min_value=0, max_value=MOST_DAYS, initial=3)
    before_role = forms.ChoiceField(
        label="Place dans le circuit", required=False, help_text="Quand le circuit ne prévoit pas déjà ce visa."
    )
    field_order = ("name", "who", "why", "days", "before_role")

    def __init__(self, *args: Any, offered: Offered, **kwargs: Any) -> None:
        super().__init__(*args, offered=offered, **kwargs)
        groups: list[Any] = [("", "choisir…"), ("Fonction, au plus près du service", offered.roles)]
        if offered.desks:
            groups.append(("Guichet", offered.desks))
        self._choose("who", groups)
        before = [(role, f"avant {accounts.role_label(role)}") for role in definitions.ROLES]
        self._choose("before_role", [("", "en dernier"), *before])

    def facts(self) -> dict[str, Any]:
        """The cleaned fields, as the action names them."""
        role, desk_id = who_of(self.cleaned_data["who"])
        kept = {name: self.cleaned_data[name] for name in ("name", "why", "days", "before_role")}
        return {**kept, "role": role, "desk_id": desk_id, "when": self.when()}

    @staticmethod
    def initial_of(rule: Any) -> dict[str, Any]:
        kept = {name: getattr(rule, name) for name in ("name", "why", "days", "before_role")}
        who = f"role:{rule.role}" if rule.role else f"desk:{rule.desk_id}"
        return {**kept, "who": who, **WhenForm.typed(conditions.of(rule))}


@dataclass(frozen=True, kw_only=True)
class Shown:
    rule: Any
    who: str
    when: str


@for_roles(*OFFICE)
@require_safe
def rules(request: SignedIn) -> HttpResponse:
    on = timezone.localdate()
    choices = offered(on=on)
    shown = [_shown(rule, choices) for rule in definitions.rules()]
    context = {"tab": "rules", "rules": shown, "may_write": accounts.holds(request.user, *WRITERS, on=on)}
    return render(request, "administration/rules.html", context)


def _shown(rule: Any, choices: Offered) -> Shown:
    return Shown(rule=rule, who=definitions.who_fr(rule), when=when_fr(conditions.of(rule), choices))


@for_roles(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_rule(request: SignedIn) -> HttpResponse:
    return _write(request, None)


@for_roles(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_rule(request: SignedIn, rule_id: int) -> HttpResponse:
    return _write(request, found(definitions.rule, rule_id=rule_id))


def _write(request: SignedIn, rule: Any) -> HttpResponse:
    choices = offered(on=timezone.localdate())
    initial = RuleForm.initial_of(rule) if rule else {}
    form = RuleForm(request.POST if request.method == "POST" else None, initial=initial, offered=choices)
    if request.method == "POST" and form.is_valid():
        with refusals_beside(form):
            kept = save_rule(rule_id=rule.pk if rule else None, agent=request.user, at=timezone.now(), **form.facts())
            return _after(request, rule, kept)
    context = {"tab": "rules", "form": form, "rule": rule, "running": rule is not None and rule.active}
    return render(request, "administration/rule.html", context, status=409 if form.errors else 200)


def _after(request: SignedIn, before: Any, kept: Any) -> HttpResponse:
    if kept.active:
        messages.success(request, f"La règle « {kept.name} » est enregistrée ; elle reste en service.")
        return redirect("rules")
    off = " ; elle est mise hors service" if before and before.active else ""
    messages.success(request, f"La règle « {kept.name} » est enregistrée{off}. Voici son essai.")
    return redirect("try_rule", kept.pk)


class PeriodForm(forms.Form):
    first = forms.DateField(
        label="Dossiers soumis du", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(label="au", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        first, last = facts.get("first"), facts.get("last")
        if first and last and last < first:
            self.add_error("last", "La période finit avant d’avoir commencé ; corrigez les dates.")
        return facts


@for_roles(*OFFICE)
@require_safe
def trial(request: SignedIn, rule_id: int) -> HttpResponse:
    """What the rule would have done; the page from which it is switched on."""
    on = timezone.localdate()
    rule = found(definitions.rule, rule_id=rule_id)
    asked = {name: request.GET.get(name, "") for name in ("first", "last")}
    usual = {"first": (on - YEAR).isoformat(), "last": on.isoformat()}
    form = PeriodForm({name: value or usual[name] for name, value in asked.items()})
    result = _tried(rule, form, request, on=on) if form.is_valid() else None
    context = {
        "tab": "rules",
        "shown": _shown(rule, offered(on=on)),
        "rule": rule,
        "form": form,
        "trial": result,
        "shares": _bars(result) if result else [],
        "untouched": sum(1 for share in result.shares if not share.added) if result else 0,
        "digest": digest_of(rule),
        "may_write": accounts.holds(request.user, *WRITERS, on=on),
    }
    return render(request, "administration/trial.html", context, status=200 if result else 409)


def _tried(rule: Any, form: PeriodForm, request: SignedIn, *, on: dt.date) -> Trial:
    return try_rule(
        when=conditions.of(rule),
        role=rule.role,
        desk_id=rule.desk_id,
        first_day=form.cleaned_data["first"],
        last_day=form.cleaned_data["last"],
        agent=request.user,
        on=on,
    )


def _bars(result: Trial) -> list[dict[str, Any]]:
    """A line per direction where a visa is added; the bar is of its own dossiers, out of a hundred."""
    return [
        {"share": share, "part": round(100 * share.added / share.dossiers) if share.dossiers else 0}
        for share in result.shares
        if share.added
    ]


@for_roles(*WRITERS)
@require_POST
def switch(request: SignedIn, rule_id: int) -> HttpResponse:
    active = request.POST.get("active") == "1"
    try:
        rule = switch_rule(
            rule_id=rule_id, active=active, tried=request.POST.get("tried", ""), agent=request.user, at=timezone.now()
        )
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        said = "est en service : elle vaut pour les prochains dossiers soumis" if active else "est hors service"
        messages.success(request, f"La règle « {rule.name} » {said}.")
    return redirect("rules")


urls = [
    path("administration/regles", rules, name="rules"),
    path("administration/regles/nouvelle", new_rule, name="new_rule"),
    path("administration/regles/<int:rule_id>/", edit_rule, name="edit_rule"),
    path("administration/regles/<int:rule_id>/essai", trial, name="try_rule"),
    path("administration/regles/<int:rule_id>/service", switch, name="switch_rule"),
]
