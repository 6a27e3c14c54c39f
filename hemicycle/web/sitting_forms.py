"""The forms of a sitting's pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from hemicycle.accounts.models import Body
from hemicycle.accounts.queries import Sitter

STATUSES = [("present", "présent"), ("excused", "excusé"), ("absent", "absent")]


class PlanForm(forms.Form):
    body = forms.ChoiceField(label="Assemblée", choices=Body.choices, widget=forms.RadioSelect)
    starts_at = forms.DateTimeField(
        label="Jour et heure",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "class": "short"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": "Indiquez le jour et l’heure, par exemple 2026-12-17T14:30."},
    )
    place = forms.CharField(label="Lieu", max_length=160)


class BatchForm(forms.Form):
    """Dossiers to put on the agenda, in the order of the list."""

    dossiers = forms.MultipleChoiceField(
        label="Dossiers", error_messages={"required": "Cochez au moins un dossier à inscrire."}
    )
    urgency = forms.CharField(
        label="Motif de l’urgence",
        required=False,
        max_length=500,
        help_text="La convocation est partie : le motif figure à l’ordre du jour complémentaire.",
        error_messages={"required": "La convocation est partie : dites pourquoi ce dossier est ajouté en urgence."},
    )

    def __init__(self, *args: Any, ready: Sequence[tuple[str, str]], late: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["urgency"].required = late
        field = self.fields["dossiers"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(ready)


class ReasonForm(forms.Form):
    reason = forms.CharField(label="Motif", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class ConveneForm(forms.Form):
    """`urgent`: the delay is too short today, the reason is then asked for."""

    urgency = forms.CharField(
        label="Motif de l’urgence",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Dites pourquoi la séance est convoquée dans un délai abrégé."},
    )

    def __init__(self, *args: Any, urgent: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["urgency"].required = urgent


class GestureForm(forms.Form):
    """A gesture without any field: it carries the refusal, if there is one."""


class AttendanceForm(forms.Form):
    """The call sheet: one line per member in office."""

    def __init__(self, *args: Any, sitters: Sequence[Sitter], statuses: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sitters = sitters
        for sitter in sitters:
            self.fields[f"member-{sitter.member.pk}"] = forms.ChoiceField(
                label=str(sitter.member),
                choices=STATUSES,
                widget=forms.RadioSelect,
                initial=statuses.get(sitter.member.pk, "absent"),
                required=False,
            )

    def statuses(self) -> dict[int, str]:
        """Member id → status, for the lines that were filled."""
        filled = {s.member.pk: self.cleaned_data.get(f"member-{s.member.pk}") for s in self.sitters}
        return {pk: status for pk, status in filled.items() if status}


class _Members(forms.Form):
    def _offer(self, name: str, members: Sequence[tuple[int, str]], empty: str) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", empty), *members]


class ProxyForm(_Members):
    giver_id = forms.TypedChoiceField(label="Donne pouvoir", coerce=int)
    holder_id = forms.TypedChoiceField(label="Reçoit le pouvoir", coerce=int)

    def __init__(self, *args: Any, members: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("giver_id", members, "Choisir qui est empêché")
        self._offer("holder_id", members, "Choisir qui votera en son nom")


class OpenForm(_Members):
    president_id = forms.TypedChoiceField(label="Préside la séance", coerce=int)
    secretary_id = forms.TypedChoiceField(label="Secrétaire de séance", coerce=int)

    def __init__(self, *args: Any, members: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("president_id", members, "Choisir parmi les présents")
        self._offer("secretary_id", members, "Choisir parmi les présents")


class MovementForm(_Members):
    """Someone arrives or leaves during the sitting."""

    member_id = forms.TypedChoiceField(label="Membre", coerce=int)
    status = forms.ChoiceField(
        label="Mouvement",
        choices=[("present", "arrive"), ("excused", "part, excusé"), ("absent", "part")],
    )

    def __init__(self, *args: Any, members: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("member_id", members, "Choisir un membre")
