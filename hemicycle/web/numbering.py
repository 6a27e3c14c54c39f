"""How the numbers of each register are written: seen by the administration, set by those who keep the registers."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Role
from hemicycle.chain.registers.actions.set_numbering import MAX_LABEL, set_numbering
from hemicycle.dossier import register
from hemicycle.dossier.kinds import REGISTERS
from hemicycle.dossier.models import Numbering
from hemicycle.dossier.numbering import MAX_PATTERN
from hemicycle.dossier.register import Pattern
from hemicycle.web.access import SignedIn
from hemicycle.web.administration import OFFICE
from hemicycle.web.doors import for_roles
from hemicycle.web.refusals import refusals_beside

SETTERS = (Role.ASSEMBLY_OFFICE, Role.ADMINISTRATOR)


class NumberingForm(forms.Form):
    key = forms.ChoiceField(label="Registre", choices=[*REGISTERS.items()])
    label = forms.CharField(label="Nom du registre", max_length=MAX_LABEL, help_text="Imprimé en tête du registre.")
    pattern = forms.CharField(
        label="Modèle des numéros",
        max_length=MAX_PATTERN,
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
        help_text="{register} est la clé du registre, {year} l’année, {number:04} le numéro sur quatre chiffres au "
        "moins. Entre eux : majuscules, tiret, tiret bas.",
    )
    valid_from = forms.DateField(
        label="À partir du",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
    )


@dataclass(frozen=True, kw_only=True)
class Row:
    """A register as its numbers are written today, and what will come."""

    pattern: Pattern
    example: str
    coming: list[Numbering]


@for_roles(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def numbering(request: SignedIn) -> HttpResponse:
    on = timezone.localdate()
    may_set = accounts.holds(request.user, *SETTERS, on=on)
    known = register.patterns(on=on)
    chosen = known.get(request.GET.get("registre", ""), next(iter(known.values())))
    initial = {"key": chosen.key, "label": chosen.label, "pattern": chosen.pattern, "valid_from": on}
    form = NumberingForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_beside(form):
            row = set_numbering(agent=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, f"La numérotation « {row.label} » est enregistrée.")
            return redirect("numbering")
    coming = register.coming(on=on)
    rows = [
        Row(pattern=p, example=p.example(year=on.year), coming=[c for c in coming if c.register == p.key])
        for p in known.values()
    ]
    context = {"tab": "numbering", "rows": rows, "form": form, "may_set": may_set}
    return render(request, "administration/numbering.html", context, status=409 if form.errors else 200)


urls = [path("administration/numerotation", numbering, name="numbering")]
