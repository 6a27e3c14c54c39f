"""The criteria of a list of dossiers as an address says them: the same words for the lists, the search, the filters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from hemicycle.accounts.models import Body, Unit
from hemicycle.chain.drafting import queries as drafting
from hemicycle.chain.finding import queries as finding
from hemicycle.chain.finding.queries import Criteria
from hemicycle.dossier.stages import Stage

#: Field of Criteria → name in the address.
NAMES = {
    "words": "mots",
    "tray": "panier",
    "stage": "etape",
    "body": "assemblee",
    "unit": "direction",
    "year": "annee",
    "act_type": "type",
    "subject": "matiere",
}
#: As far as the year of a dossier is asked for.
YEARS = 12


class Menu(forms.Select):
    """A menu written in one go: Django opens two templates for each option, and the matières are ninety."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:  # noqa: ARG002
        chosen = "" if value is None else str(value)
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((key, SELECTED if str(key) == chosen else "", label) for key, label in self.choices),
        )
        return format_html("<select{}>{}</select>", flatatt({"name": name, **self.attrs, **(attrs or {})}), options)


SELECTED = mark_safe(" selected")


class NarrowingForm(forms.Form):
    """What narrows a list; nonsense narrows nothing."""

    panier = forms.CharField(required=False, widget=forms.HiddenInput)
    mots = forms.CharField(
        label="Numéro ou mots", required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    etape = forms.ChoiceField(label="Étape", required=False, widget=Menu, choices=[("", "toutes"), *Stage.choices])
    direction = forms.ChoiceField(label="Direction", required=False, widget=Menu)
    assemblee = forms.ChoiceField(
        label="Assemblée", required=False, widget=Menu, choices=[("", "toutes"), *Body.choices]
    )
    annee = forms.ChoiceField(label="Année", required=False, widget=Menu)
    type = forms.ChoiceField(label="Type d’acte", required=False, widget=Menu)
    matiere = forms.ChoiceField(label="Matière", required=False, widget=Menu)
    tri = forms.ChoiceField(
        label="Trier par",
        required=False,
        widget=Menu,
        choices=[(key, words) for key, (words, _) in finding.ORDERS.items()],
    )

    def __init__(self, said: Mapping[str, str], *, units: Iterable[Unit], on: dt.date) -> None:
        super().__init__(said)
        choices = {
            "direction": [(str(u.pk), u.short or u.name) for u in units],
            "annee": [(str(year), str(year)) for year in range(on.year, on.year - YEARS, -1)],
            "type": [(str(kind.pk), kind.name) for kind in finding.act_types()],
            "matiere": [(code, label if len(label) < 60 else f"{label[:58]}…") for code, label in matters()],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "toutes" if name in ("direction", "matiere", "annee") else "tous"), *offered]


def matters() -> list[tuple[str, str]]:
    """The matières, those of the first level before those below them."""
    found: dict[str, str] = {}
    for code, label in drafting.subject_codes():
        top = code.split(".")[0]
        found.setdefault(top, f"{top} {label.split(' ', 1)[1].split(' / ')[0]}")
        found[code] = f"{code} {label.rpartition(' / ')[2]}"
    return list(found.items())


def criteria_of(said: Mapping[str, str]) -> Criteria:
    """What an address asks for."""
    return finding.criteria_from({field: said.get(name, "") for field, name in NAMES.items()})


def address_of(criteria: Criteria) -> str:
    """The criteria as the parameters of an address, encoded."""
    return urlencode({NAMES[name]: value for name, value in criteria.plain().items()})


def kept_in(said: Mapping[str, str]) -> str:
    """The parameters of the present address but the page, encoded."""
    return urlencode([(name, value) for name, value in said.items() if name != "page" and value])
