"""The forms of the circuit's gestures: the version read, in whose name, and what the person says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from hemicycle.accounts.models import Agent
from hemicycle.chain.circuit import queries as circuit
from hemicycle.chain.circuit.queries import StepView
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.stages import Stage
from hemicycle.texts import typography
from hemicycle.web.definition_forms import PersonField


def words(
    label: str, *, rows: int = 4, most: int = 2000, help_text: str = "", required: bool = True
) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, widget=area, help_text=help_text, required=required)


class SubmitForm(forms.Form):
    circuit = forms.TypedChoiceField(label="Circuit de visas", coerce=int, widget=forms.RadioSelect)
    note = words(
        "Ce que vous voulez dire aux viseurs",
        rows=3,
        most=500,
        required=False,
        help_text="Par exemple ce qui a été corrigé. Cette note reste avec la version.",
    )

    def __init__(self, *args: Any, dossier: Dossier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if dossier.stage == Stage.TO_CORRECT:
            # The same circuit resumes: there is nothing to choose.
            del self.fields["circuit"]
            return
        choice = self.fields["circuit"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(str(c.pk), f"{c.name} : {_steps_fr(c)}") for c in circuit.circuits_for(dossier)]


def _steps_fr(offered: Any) -> str:
    steps = offered.steps.order_by("order")
    return ", ".join(
        f"{s.label} (au-delà de {typography.amount_fr(s.amount_over)})" if s.amount_over else s.label for s in steps
    )


class GestureForm(forms.Form):
    """What is read and in whose name."""

    version_read = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    on_behalf_of = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def read(self) -> dict[str, Any]:
        """Both, as the actions name them."""
        facts = self.cleaned_data
        return {"version_read": facts["version_read"], "on_behalf_of_id": facts["on_behalf_of"]}


class VisaForm(GestureForm):
    remark = words(
        "Remarque ou réserve",
        rows=3,
        required=False,
        help_text="Elle accompagne votre visa et se lit dans le parcours du dossier.",
    )
    reserved = forms.BooleanField(
        label="Viser avec réserve",
        required=False,
        help_text="Le visa est donné, et signalé avec sa réserve jusqu’à l’ordre du jour.",
    )


class PlaceField(forms.TypedChoiceField):
    """A step of the circuit; nothing said, or its empty choice: the drafter."""

    def clean(self, value: Any) -> Any:
        return super().clean(value) if value else None


class SendBackForm(GestureForm):
    to_step = PlaceField(label="Renvoyer à", coerce=int, widget=forms.RadioSelect)
    reason = words("Ce qui doit être repris", help_text="Ceux à qui le dossier revient le liront en tête de sa page.")

    def offer(self, dossier: Dossier, steps: Sequence[StepView], here: int | None) -> None:
        """The drafter, then each step before the present one."""
        places = [step.id for step in steps]
        earlier = steps[: places.index(here)] if here in places else ()
        choice = self.fields["to_step"]
        assert isinstance(choice, forms.ChoiceField)
        rows = [(str(s.id), f"{s.label}, {_people(s)}") for s in earlier if s.origin != "opinion"]
        choice.choices = [("", f"{dossier.drafter}, qui a rédigé : le texte s’ouvre de nouveau"), *rows]


class AskOpinionForm(GestureForm):
    whom = PersonField(label="À qui", help_text="Un nom : la personne pourra lire le dossier.")
    question = words("Votre question")

    def offer(self, people: Sequence[Agent]) -> None:
        whom = self.fields["whom"]
        assert isinstance(whom, PersonField)
        whom.people = tuple(people)


class OpinionForm(GestureForm):
    text = words("Votre avis", rows=6)


class PassOnForm(GestureForm):
    to_step = forms.TypedChoiceField(label="Passer à", coerce=int, widget=forms.RadioSelect)
    reason = words("Motif", rows=3, most=500, help_text="Il reste à côté des visas dispensés.")

    def offer(self, places: Sequence[tuple[StepView, list[StepView]]]) -> None:
        choice = self.fields["to_step"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(str(aim.id), f"{aim.label} : {_skipped(between)}") for aim, between in places]


def _skipped(steps: Sequence[StepView]) -> str:
    said = ", ".join(f"« {s.label} » (requis)" if s.required else f"« {s.label} »" for s in steps)
    return f"sans le visa {said}" if len(steps) == 1 else f"sans les visas {said}"


def _people(step: StepView) -> str:
    return " ou ".join(person.full_name for person in step.people) or "personne"


class ReasonedForm(GestureForm):
    """Held, or validated in emergency: a reason."""

    reason = words("Motif", rows=3, most=500)


class AmendForm(GestureForm):
    """The text corrected at one's turn, in the light markup when there is no script."""

    content = forms.CharField(
        label="Texte",
        strip=False,
        max_length=8_000_000,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "true"}),
    )
    note = words(
        "Ce que vous avez changé", rows=2, most=500, required=False, help_text="Cette note reste avec la version."
    )
