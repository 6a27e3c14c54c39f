"""Putting acts online: the list of those that may be, and the gesture."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from hemicycle.accounts.models import Role
from hemicycle.chain.drafting.queries import all_visible
from hemicycle.chain.publication.actions.publish import publish
from hemicycle.chain.transmission.queries import departures_by_dossier
from hemicycle.dossier.models import Dossier, Nature
from hemicycle.dossier.stages import Stage
from hemicycle.web.access import SignedIn
from hemicycle.web.doors import for_roles
from hemicycle.web.refusals import refusals_beside


class PublishForm(forms.Form):
    dossiers = forms.MultipleChoiceField(
        label="Actes",
        error_messages={
            "required": "Cochez au moins un acte à publier.",
            "invalid_choice": "Un des actes choisis n’est plus à publier ; rechargez la page.",
        },
    )

    def __init__(self, *args: object, waiting: list[Dossier], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["dossiers"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(d.id), d.act_number) for d in waiting]


def _waiting(request: SignedIn) -> list[Dossier]:
    """Acts received by the préfecture, not yet online, oldest first."""
    found = all_visible(request.user, on=timezone.localdate(), stage=Stage.ACKNOWLEDGED)
    # What is notified to one person is never put online.
    online = found.exclude(nature=Nature.INDIVIDUAL)
    return list(online.select_related("unit").order_by("stage_since", "number"))


def _page(request: SignedIn, waiting: list[Dossier], *, form: PublishForm | None = None) -> HttpResponse:
    departures = departures_by_dossier(waiting)
    context = {
        "rows": [(dossier, departures.get(dossier.id)) for dossier in waiting],
        "form": form,
        "chosen": request.POST.getlist("dossiers"),
    }
    return render(request, "publication/waiting.html", context, status=409 if form else 200)


@for_roles(Role.ASSEMBLY_OFFICE)
@require_safe
def to_publish(request: SignedIn) -> HttpResponse:
    return _page(request, _waiting(request))


@for_roles(Role.ASSEMBLY_OFFICE)
@require_POST
def put_online(request: SignedIn) -> HttpResponse:
    waiting = _waiting(request)
    form = PublishForm(request.POST, waiting=waiting)
    if form.is_valid():
        chosen = form.cleaned_data["dossiers"]
        with refusals_beside(form), transaction.atomic():
            for dossier_id in chosen:
                publish(dossier_id=UUID(dossier_id), agent=request.user, at=timezone.now())
            messages.success(
                request, f"{len(chosen)} actes sont en ligne." if len(chosen) > 1 else "L’acte est en ligne."
            )
            return redirect("to_publish")
    return _page(request, waiting, form=form)


urls = [
    path("publier/", to_publish, name="to_publish"),
    path("publier/mettre-en-ligne", put_online, name="publish"),
]
