"""The steps of a circuit as a page carries them: typed, moved about, nothing lost; read only when saved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict

from hemicycle.accounts.models import Unit
from hemicycle.chain.circuit import definitions
from hemicycle.chain.circuit.conditions import When
from hemicycle.chain.circuit.definitions import KINDS, MOST_DAYS, MOST_STEPS, Behind, Defined, StepDraft
from hemicycle.texts import typography
from hemicycle.web.definition_forms import PERSON, Offered, PersonField, WhenForm, named, who_of
from hemicycle.web.drafting_forms import AmountField
from hemicycle.web.drawings.journey import Station

Typed = dict[str, Any]


class CircuitForm(forms.Form):
    name = forms.CharField(label="Nom du circuit", max_length=120)
    unit = forms.ChoiceField(
        label="Proposé à", required=False, help_text="Une unité et celles qui en dépendent, ou toutes."
    )
    base = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, offered: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["unit"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", "toutes les unités"), *offered.units]

    @staticmethod
    def initial_of(defined: Defined | None) -> dict[str, Any]:
        if defined is None:
            return {}
        circuit = defined.circuit
        return {"name": circuit.name, "unit": circuit.unit_id or "", "base": definitions.digest_of(circuit)}


class StepForm(WhenForm):
    label = forms.CharField(label="Nom de l’étape", max_length=80)
    who = forms.ChoiceField(label="Visa attendu de")
    person = PersonField(label="Personne", required=False)
    kind = forms.ChoiceField(label="Qui vise", choices=list(KINDS.items()))
    days = forms.IntegerField(
        label="Délai (jours ouvrés)", min_value=0, max_value=MOST_DAYS, widget=forms.NumberInput(attrs={"size": 3})
    )
    required = forms.BooleanField(label="Visa requis", required=False)
    again_after_edit = forms.BooleanField(label="Redemander si le texte change", required=False)
    why = forms.CharField(
        label="Motif", required=False, max_length=200, help_text="Il se lit à côté du visa : « car le dossier… »."
    )

    def __init__(self, *args: Any, offered: Offered, **kwargs: Any) -> None:
        super().__init__(*args, offered=offered, **kwargs)
        groups: list[Any] = [("", "choisir…"), ("Fonction, au plus près du service", offered.roles)]
        if offered.desks:
            groups.append(("Guichet", offered.desks))
        self._choose("who", [*groups, (PERSON, "une personne nommée…")])
        person = self.fields["person"]
        assert isinstance(person, PersonField)
        person.people = offered.people

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("who") == PERSON and facts.get("person") is None and "person" not in self.errors:
            self.add_error("person", "Écrivez le nom de la personne.")
        return facts

    def draft(self) -> StepDraft:
        """The step as far as what was typed can be read."""
        self.is_valid()
        facts = self.cleaned_data
        role, desk_id = who_of(facts.get("who") or "")
        person = facts.get("person") if facts.get("who") == PERSON else None
        return StepDraft(
            label=facts.get("label", ""),
            kind=facts.get("kind", ""),
            role=role,
            desk_id=desk_id,
            person_id=person.pk if person else None,
            days=facts.get("days") or 0,
            required=facts.get("required", True),
            why=facts.get("why", ""),
            again_after_edit=facts.get("again_after_edit", True),
            when=self.when(),
        )

    @property
    def has_more(self) -> bool:
        """Whether a condition is typed: its part of the page is then open."""
        names = ("amount_over", "subjects", "act_types", "units")
        return any(self[name].value() for name in names if name in self.fields)


def typed(step: StepDraft, choices: Offered) -> Typed:
    """The step as its fields show it; a person who left is shown by nothing, to be replaced."""
    person = next((named(agent) for agent in choices.people if agent.pk == step.person_id), "")
    who = f"role:{step.role}" if step.role else f"desk:{step.desk_id}" if step.desk_id else PERSON
    return {
        "label": step.label,
        "who": who,
        "person": person,
        "kind": step.kind,
        "days": step.days,
        "required": step.required,
        "again_after_edit": step.again_after_edit,
        "why": step.why,
        **WhenForm.typed(step.when),
    }


def blank() -> Typed:
    shown = StepDraft()
    return {"days": shown.days, "kind": shown.kind, "required": shown.required, "again_after_edit": True}


def read_steps(data: QueryDict) -> list[Typed]:
    """What was typed in each step, read or not."""
    count = data.get("count", "")
    names = StepForm.base_fields
    return [
        {name: field.widget.value_from_datadict(data, {}, f"e{place}-{name}") for name, field in names.items()}
        for place in range(min(int(count), MOST_STEPS + 1) if count.isdigit() and len(count) < 4 else 0)
    ]


def moved(steps: list[Typed], done: str) -> tuple[list[Typed], int | None]:
    """The steps after « add », « up-2 », « down-2 », « remove-2 »; and the place where the hand is, if it moved."""
    verb, _, where = done.partition("-")
    if verb == "add":
        return [*steps, blank()], len(steps)
    if not where.isdigit() or len(where) > 3 or int(where) >= len(steps):
        return steps, None
    place, rest = int(where), list(steps)
    step = rest.pop(place)
    if verb == "remove":
        return rest, min(place, len(rest) - 1) if rest else None
    aim = {"up": max(place - 1, 0), "down": min(place + 1, len(rest))}.get(verb, place)
    rest.insert(aim, step)
    return rest, aim


def forms_of(steps: Sequence[Typed], choices: Offered, *, bound: bool) -> list[StepForm]:
    """A form per step; `bound` ones say what is wrong, the others show what was typed."""
    made = []
    for place, step in enumerate(steps):
        prefix = f"e{place}"
        if bound:
            data = {
                f"{prefix}-{name}": value for name, value in step.items() if value is not None and value is not False
            }
            made.append(StepForm(data, prefix=prefix, offered=choices))
        else:
            made.append(StepForm(initial=step, prefix=prefix, offered=choices))
    return made


def drafts_of(steps: Sequence[StepForm]) -> list[StepDraft]:
    return [step.draft() for step in steps]


def stations_of(steps: Sequence[StepDraft]) -> list[Station]:
    """The circuit as the journey of a dossier will draw it."""
    return [
        Station(label=step.label or f"Étape {place}", state="todo" if step.required else "stale", sub=_sub(step))
        for place, step in enumerate(steps, start=1)
    ]


def _sub(step: StepDraft) -> str:
    days = f"{step.days}\u00a0j" if step.days else "sans délai"
    if not step.required:
        return f"facultatif, {days}"
    if step.when.amount_over is not None:
        return f"au-delà de {typography.amount_fr(step.when.amount_over)}"
    return f"sous condition, {days}" if step.when != When() else days


class PreviewForm(forms.Form):
    """« Pour un dossier de… »: the unit, and the data that conditions look at."""

    for_unit = forms.ChoiceField(label="Pour un dossier de")
    for_amount = AmountField(
        label="d’un montant de (euros)",
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
    )
    for_subject = forms.CharField(label="en matière", required=False, max_length=16)

    def __init__(self, data: Any, *, offered: Offered, defined: Defined | None) -> None:
        default = str(defined.circuit.unit_id) if defined and defined.circuit.unit_id else ""
        # The last of the tree is a service: where dossiers are written.
        default = default or (offered.units[-1][0] if offered.units else "")
        shown = data if data and "for_unit" in data else {"for_unit": default}
        super().__init__(shown)
        choice = self.fields["for_unit"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = offered.units

    def behind(self, steps: Sequence[StepDraft], *, on: dt.date) -> list[Behind]:
        self.is_valid()
        facts = self.cleaned_data
        chosen = facts.get("for_unit")
        unit = Unit.objects.filter(pk=chosen).first() if chosen else None
        if unit is None:
            return []
        amount: Decimal | None = facts.get("for_amount")
        subject = facts.get("for_subject", "").strip()
        return definitions.who_would(steps, unit, on=on, amount=amount, subject_code=subject)
