"""The forms of drafting: they clean what was typed; what is right or wrong, the actions say."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from django import forms

from hemicycle.accounts.models import Body, Unit
from hemicycle.chain.drafting import custom_fields
from hemicycle.chain.drafting import queries as drafting
from hemicycle.chain.drafting.rules import MAX_OBJECT
from hemicycle.chain.drafting.text_models import Offered
from hemicycle.dossier.models import Dossier
from hemicycle.protocols.actes import default_classification
from hemicycle.protocols.actes.classification import matiere_code
from hemicycle.texts import typography
from hemicycle.web import extra_fields


def subjects(usual: Sequence[str] = ()) -> list[tuple[str, Any]]:
    """The matières under the nine headings of the nomenclature, as a grouped list; those usual here come first."""
    known = default_classification()
    every = drafting.subject_codes()
    grouped = groupby(every, key=lambda row: row[0].split(".")[0])
    words = {code: f"{code} {label.rsplit(' / ', 1)[-1]}" for code, label in every}
    first_ones = [(code, words[code]) for code in usual if code in words]
    return [
        ("", "choisir…"),
        *([("Les plus employées ici", first_ones)] if first_ones else []),
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
    act_type = forms.TypedChoiceField(
        label="Type d’acte", required=False, coerce=int, empty_value=None, widget=forms.RadioSelect
    )
    object = forms.CharField(
        label="Objet",
        max_length=MAX_OBJECT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"Une phrase, {MAX_OBJECT} caractères au plus : elle sera reprise partout, jusqu’à l’acte publié.",
    )
    body = forms.ChoiceField(label="Assemblée", choices=Body.choices, widget=forms.RadioSelect, initial="CP")
    subject_code = forms.ChoiceField(
        label="Matière", help_text="Celle de la classification des actes transmis à la préfecture."
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

    def __init__(
        self,
        *args: Any,
        on: dt.date,
        usual: Sequence[str] = (),
        extra: Mapping[str, forms.Field],
        voted: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "rapporteur", rapporteurs(on))
        _offer(self, "subject_code", subjects(usual))
        types = custom_fields.act_types()
        _offer(self, "act_type", [*((str(t.pk), t.name) for t in types), ("", "Autre acte")])
        if not types:
            del self.fields["act_type"]
        if not voted:
            self._without_a_sitting()
        self.fields.update(extra)
        self.extra_names = tuple(extra)

    def _without_a_sitting(self) -> None:
        """An act of the president has neither assembly, nor place on an agenda, nor rapporteur."""
        for name in ("body", "theme", "rapporteur"):
            del self.fields[name]
        self.fields["target_date"].label = "Date souhaitée"
        self.fields["target_date"].help_text = "Le jour où vous espérez que l’acte sera pris."

    @property
    def extras(self) -> list[forms.BoundField]:
        """The custom fields of the type, in order."""
        return [self[name] for name in self.extra_names]

    def facts(self) -> dict[str, Any]:
        """The cleaned fields, as the actions name them."""
        kept = ("object", "body", "subject_code", "theme", "amount", "target_date")
        rapporteur = self.cleaned_data.get("rapporteur")
        return {
            **{name: self.cleaned_data.get(name, "") for name in kept},
            "rapporteur_id": int(rapporteur) if rapporteur else None,
            **({"act_type_id": self.cleaned_data["act_type"]} if "act_type" in self.fields else {}),
            "extra": extra_fields.read(self),
        }

    @staticmethod
    def initial_of(dossier: Dossier) -> dict[str, Any]:
        kept = ("object", "body", "subject_code", "theme", "target_date")
        amount = typography.number_fr(dossier.amount) if dossier.amount is not None else ""
        first = {name: getattr(dossier, name) for name in kept} | {"act_type": dossier.act_type_id or ""}
        return {**first, "amount": amount, "rapporteur": str(dossier.rapporteur_id or "")}


class OpeningForm(DescriptionForm):
    unit = forms.ChoiceField(label="Service", help_text="Celui pour lequel vous rédigez.")
    model_report = forms.TypedChoiceField(label="Rapport", required=False, coerce=int, empty_value=None)
    model_deliberation = forms.TypedChoiceField(
        label="Projet de délibération", required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, units: list[Unit], models: Mapping[str, Sequence[Offered]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "unit", [(str(unit.pk), unit.name) for unit in units])
        for text, offered in models.items():
            name = f"model_{text}"
            _offer(self, name, [*((str(m.id), _model_fr(m)) for m in offered), ("", "Page blanche")])
            self.fields[name].initial = offered[0].id if offered else ""
            if not offered:
                del self.fields[name]

    def unit_id(self) -> int:
        return int(self.cleaned_data["unit"])

    def models(self) -> list[int]:
        """The models chosen to start from."""
        names = ("model_report", "model_deliberation")
        return [self.cleaned_data[name] for name in names if self.cleaned_data.get(name)]


def _model_fr(model: Offered) -> str:
    return f"{model.name} ({model.why})" if model.why else model.name


def _offer(form: forms.Form, name: str, choices: Sequence[tuple[str, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


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
        label="Fichier Word (.docx, .doc, .rtf) ou LibreOffice (.odt)",
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.odt,.doc,.rtf"}),
        help_text="Titres, listes, tableaux et mises en valeur sont gardés ; les modifications suivies sont acceptées.",
    )
