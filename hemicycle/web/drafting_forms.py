"""The forms of drafting: they clean what was typed; what is right or wrong, the actions say."""

from __future__ import annotations

import datetime as dt
import re
from itertools import groupby
from typing import Any

from django import forms

from hemicycle.accounts.models import Body, Unit
from hemicycle.chain.drafting import queries as drafting
from hemicycle.chain.drafting.rules import MAX_OBJECT
from hemicycle.dossier.models import Dossier, Nature
from hemicycle.protocols.actes import default_classification
from hemicycle.protocols.actes.classification import matiere_code
from hemicycle.texts import typography


def subjects() -> list[tuple[str, Any]]:
    """The matières under the nine headings of the nomenclature, as a grouped list."""
    known = default_classification()
    grouped = groupby(drafting.subject_codes(), key=lambda row: row[0].split(".")[0])
    return [
        ("", "choisir…"),
        *(
            (
                f"{first} {known.path(matiere_code(first))[0]}",
                [(code, f"{code} {label.rsplit(' / ', 1)[-1]}") for code, label in rows],
            )
            for first, rows in grouped
        ),
    ]


def rapporteurs(on: dt.date) -> list[tuple[str, str]]:
    people = [(str(m.pk), f"{m}, {m.title}" if m.title else str(m)) for m in drafting.rapporteurs(on=on)]
    return [("", "à choisir plus tard"), *people]


class AmountField(forms.DecimalField):
    """Euros as people write them: « 45 000,00 », « 45000.5 », « 45 000 € »."""

    def to_python(self, value: Any) -> Any:
        written = re.sub(r"[\s€]", "", value).replace(",", ".") if isinstance(value, str) else value
        return super().to_python(written)


class DescriptionForm(forms.Form):
    object = forms.CharField(
        label="Objet",
        max_length=MAX_OBJECT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"Une phrase, {MAX_OBJECT} caractères au plus : elle sera reprise partout, jusqu’à l’acte publié.",
    )
    body = forms.ChoiceField(label="Assemblée", choices=Body.choices, widget=forms.RadioSelect, initial="CP")
    nature = forms.ChoiceField(label="Nature de l’acte", choices=Nature.choices, initial=Nature.DELIBERATION)
    subject_code = forms.ChoiceField(
        label="Matière", choices=subjects, help_text="Celle de la classification des actes transmis à la préfecture."
    )
    theme = forms.CharField(label="Thème à l’ordre du jour", max_length=80, required=False)
    rapporteur = forms.ChoiceField(label="Rapporteur", required=False)
    amount = AmountField(
        label="Montant en euros",
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
        help_text="Il peut appeler un visa de plus. Par exemple : 45 000,00",
    )
    target_date = forms.DateField(
        label="Séance visée",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        help_text="Le jour de la réunion que vous espérez.",
    )

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["rapporteur"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = rapporteurs(on)

    def facts(self) -> dict[str, Any]:
        """The cleaned fields, as the actions name them."""
        kept = ("object", "body", "subject_code", "theme", "amount", "target_date")
        rapporteur = self.cleaned_data["rapporteur"]
        return {
            **{name: self.cleaned_data[name] for name in kept},
            "rapporteur_id": int(rapporteur) if rapporteur else None,
        }

    @staticmethod
    def initial_of(dossier: Dossier) -> dict[str, Any]:
        kept = ("object", "body", "nature", "subject_code", "theme", "target_date")
        amount = typography.number_fr(dossier.amount) if dossier.amount is not None else ""
        first = {name: getattr(dossier, name) for name in kept}
        return {**first, "amount": amount, "rapporteur": str(dossier.rapporteur_id or "")}


class OpeningForm(DescriptionForm):
    unit = forms.ChoiceField(label="Service", help_text="Celui pour lequel vous rédigez.")
    field_order = ("unit",)

    def __init__(self, *args: Any, units: list[Unit], on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, on=on, **kwargs)
        choice = self.fields["unit"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(str(unit.pk), unit.name) for unit in units]

    def unit_id(self) -> int:
        return int(self.cleaned_data["unit"])


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Motif", max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text="Il reste dans le journal."
    )


class MarkupForm(forms.Form):
    """A text typed by hand. `base` is the digest of the text that was opened: it tells whether it moved since."""

    content = forms.CharField(
        label="Texte",
        strip=False,
        max_length=4_000_000,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "true"}),
    )
    base = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class ImportForm(forms.Form):
    file = forms.FileField(
        label="Fichier Word (.docx) ou LibreOffice (.odt)",
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.odt"}),
        help_text="Titres, listes, tableaux et mises en valeur sont gardés ; les modifications suivies sont acceptées.",
    )
