"""Desks: several people who answer for one another whatever their unit."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.circuit import definitions
from hemicycle.chain.circuit.actions.save_desk import MOST_PEOPLE, save_desk
from hemicycle.chain.circuit.definitions import Table
from hemicycle.web.access import SignedIn
from hemicycle.web.definition_forms import PersonField, named
from hemicycle.web.doors import for_roles
from hemicycle.web.refusals import refusals_beside

OFFICE = (Role.ADMINISTRATOR, Role.ASSEMBLY_OFFICE, Role.AUDITOR)
SEATERS = (Role.ASSEMBLY_OFFICE,)


class PeopleField(PersonField):
    """A person per line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.max_length = None
        self.validators = []
        self.widget = forms.Textarea(attrs={"rows": 6})

    def clean(self, value: Any) -> Any:
        lines = [line for line in str(value or "").splitlines() if line.strip()][: MOST_PEOPLE + 1]
        return [super(PeopleField, self).clean(line) for line in lines]


class DeskForm(forms.Form):
    name = forms.CharField(label="Nom du guichet", max_length=80)
    people = PeopleField(
        label="Ceux qui y siègent",
        required=False,
        help_text="Un nom, ou une adresse électronique, par ligne. Le visa de l’un vaut pour tous.",
    )
    more = PersonField(label="Ajouter une personne", required=False)
    active = forms.BooleanField(label="Guichet ouvert", required=False, initial=True)

    def __init__(self, *args: Any, people: list[Agent], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("people", "more"):
            field = self.fields[name]
            assert isinstance(field, PersonField)
            field.people = tuple(people)

    def seated(self) -> list[Any]:
        """The ids of all those chosen."""
        more = self.cleaned_data["more"]
        return [person.pk for person in self.cleaned_data["people"]] + ([more.pk] if more else [])


@for_roles(*OFFICE)
@require_safe
def desks(request: SignedIn) -> HttpResponse:
    on = timezone.localdate()
    context = {
        "tab": "desks",
        "desks": definitions.desks(on=on),
        "may_seat": accounts.holds(request.user, *SEATERS, on=on),
    }
    return render(request, "administration/desks.html", context)


@for_roles(*SEATERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_desk(request: SignedIn) -> HttpResponse:
    return _write(request, None)


@for_roles(*SEATERS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_desk(request: SignedIn, desk_id: int) -> HttpResponse:
    on = timezone.localdate()
    known = next((table for table in definitions.desks(on=on) if table.desk.pk == desk_id), None)
    if known is None:
        raise Http404
    return _write(request, known)


def _write(request: SignedIn, known: Table | None) -> HttpResponse:
    people = definitions.active_people()
    initial: dict[str, Any] = {}
    if known:
        seated = "\n".join(named(person) for person in known.people)
        initial = {"name": known.desk.name, "active": known.desk.active, "people": seated}
    form = DeskForm(request.POST if request.method == "POST" else None, initial=initial, people=people)
    if request.method == "POST" and form.is_valid():
        with refusals_beside(form):
            desk = save_desk(
                desk_id=known.desk.pk if known else None,
                name=form.cleaned_data["name"],
                people=form.seated(),
                active=form.cleaned_data["active"],
                agent=request.user,
                at=timezone.now(),
            )
            messages.success(request, f"Le guichet « {desk.name} » est enregistré.")
            return redirect("desks")
    context = {"tab": "desks", "form": form, "known": known, "people": [named(person) for person in people]}
    return render(request, "administration/desk.html", context, status=409 if form.errors else 200)


urls = [
    path("administration/guichets", desks, name="desks"),
    path("administration/guichets/nouveau", new_desk, name="new_desk"),
    path("administration/guichets/<int:desk_id>/", edit_desk, name="edit_desk"),
]
