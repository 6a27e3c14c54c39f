"""The fields by which circuits, rules, desks and replacements are defined: who, when, a person by name."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Unit
from hemicycle.chain.circuit import conditions, definitions
from hemicycle.chain.circuit.conditions import When
from hemicycle.chain.drafting import queries as drafting
from hemicycle.texts import typography
from hemicycle.web.drafting_forms import AmountField

#: Identifier of the list of people that the fields of a page share.
PEOPLE_LIST = "personnes"
PERSON = "person"


def named(agent: Agent) -> str:
    """« Ada Roche (ada.roche@ormelle.example) »: what the list of people offers."""
    return f"{agent.full_name} ({agent.email})"


@dataclass(frozen=True, kw_only=True)
class Offered:
    """What may be chosen, read once for all the fields of a page."""

    roles: list[tuple[str, str]]
    desks: list[tuple[str, str]]
    act_types: list[tuple[str, str]]
    units: list[tuple[str, str]]
    people: tuple[Agent, ...]

    @property
    def names(self) -> list[str]:
        return [named(agent) for agent in self.people]


def offered(*, on: dt.date) -> Offered:
    return Offered(
        roles=[(f"role:{role}", _capital(accounts.role_label(role))) for role in definitions.ROLES],
        desks=[(f"desk:{desk.pk}", desk.name) for desk in definitions.open_desks()],
        act_types=[(str(kind.pk), kind.name) for kind in definitions.act_types()],
        units=_indented(definitions.units(on=on)),
        people=tuple(definitions.active_people()),
    )


def _capital(label: str) -> str:
    """« Finances », and « DGS » as it is."""
    return label[:1].upper() + label[1:]


def _indented(units: Iterable[Unit]) -> list[tuple[str, str]]:
    depth: dict[int | None, int] = {None: -1}
    rows = []
    for unit in units:
        depth[unit.pk] = depth.get(unit.parent_id, -1) + 1
        rows.append((str(unit.pk), "\u2003" * depth[unit.pk] + unit.name))
    return rows


class PersonField(forms.CharField):
    """A person typed by name or e-mail, helped by the browser's list; cleans to an Agent, or None when left empty."""

    def __init__(self, *, people: tuple[Agent, ...] = (), **kwargs: Any) -> None:
        attrs = {"list": PEOPLE_LIST, "autocomplete": "off"}
        super().__init__(max_length=200, widget=forms.TextInput(attrs=attrs), **kwargs)
        self.people = people

    def clean(self, value: Any) -> Any:
        written = " ".join(str(super().clean(value)).split())
        if not written:
            return None
        folded = written.casefold()
        found = [a for a in self.people if folded in (named(a).casefold(), a.email.casefold())]
        found = found or [a for a in self.people if folded == a.full_name.casefold()]
        if len(found) == 1:
            return found[0]
        if found:
            raise forms.ValidationError(f"Plusieurs personnes s’appellent « {written} » ; choisissez dans la liste.")
        raise forms.ValidationError(f"Personne en fonction ne s’appelle « {written} » ; choisissez dans la liste.")


class SubjectsField(forms.CharField):
    """Codes of matières with commas: « 7.5, 8.4 »; cleans to a tuple. Refuses a code that nomenclature has not."""

    def clean(self, value: Any) -> Any:
        codes = tuple(dict.fromkeys(re.findall(r"[^\s,;]+", str(super().clean(value)))))
        known = [code for code, _ in drafting.subject_codes()]
        for code in codes:
            if not any(conditions.under(other, code) or conditions.under(code, other) for other in known):
                raise forms.ValidationError(f"La nomenclature n’a pas de matière « {code} » ; par exemple : 7.5, 8.4.")
        return codes


class WhenForm(forms.Form):
    """The conditions of a step or of a rule."""

    amount_over = AmountField(
        label="Montant supérieur à (euros)",
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
    )
    subjects = SubjectsField(
        label="Matières", required=False, max_length=300, help_text="Des codes : 7.5 vaut pour 7.5 et 7.5.1."
    )
    act_types = forms.MultipleChoiceField(label="Types d’acte", required=False, widget=forms.CheckboxSelectMultiple)
    units = forms.MultipleChoiceField(
        label="Unités",
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text="Le service qui rédige est l’une d’elles ou en dépend. Ctrl (ou ⌘) pour en choisir plusieurs.",
    )

    def __init__(self, *args: Any, offered: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        self._choose("act_types", offered.act_types)
        self._choose("units", offered.units)
        if not offered.act_types:
            del self.fields["act_types"]

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def when(self) -> When:
        facts = self.cleaned_data
        return When(
            amount_over=facts.get("amount_over"),
            subjects=facts.get("subjects") or (),
            act_types=tuple(int(pk) for pk in facts.get("act_types") or ()),
            units=tuple(int(pk) for pk in facts.get("units") or ()),
        )

    @staticmethod
    def typed(when: When) -> dict[str, Any]:
        """The conditions as the fields show them."""
        return {
            "amount_over": "" if when.amount_over is None else typography.number_fr(when.amount_over),
            "subjects": ", ".join(when.subjects),
            "act_types": [str(pk) for pk in when.act_types],
            "units": [str(pk) for pk in when.units],
        }


def when_fr(when: When, offered: Offered) -> str:
    """« montant supérieur à 90 000 €, matière 7.5 »; empty when there is no condition."""
    said = []
    if when.amount_over is not None:
        said.append(f"montant supérieur à {typography.amount_fr(when.amount_over)}")
    if when.subjects:
        said.append(f"matière {' ou '.join(when.subjects)}")
    if when.act_types:
        names = dict(offered.act_types)
        said.append("type " + " ou ".join(names.get(str(pk), "retiré") for pk in when.act_types))
    if when.units:
        names = dict(offered.units)
        said.append(" ou ".join(names.get(str(pk), "unité close").strip() for pk in when.units))
    return ", ".join(said)


def who_of(value: str) -> tuple[str, int | None]:
    """« role:finance » → ("finance", None); « desk:3 » → ("", 3)."""
    kind, _, key = value.partition(":")
    if kind == "role":
        return key, None
    return "", int(key) if kind == "desk" and key.isdigit() else None
