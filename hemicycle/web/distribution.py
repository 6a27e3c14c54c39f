"""The act back to its direction, and out to its partners."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from hemicycle.chain.distribution import queries
from hemicycle.chain.distribution.actions.acknowledge_return import acknowledge_return
from hemicycle.chain.distribution.actions.prepare_notice import prepare_notice
from hemicycle.chain.transmission.queries import departure_of
from hemicycle.dossier import access
from hemicycle.dossier.kinds import kind_of
from hemicycle.dossier.models import Dossier
from hemicycle.web.access import SignedIn, found, signed_in
from hemicycle.web.refusals import refusals_beside
from hemicycle.web.sitting_forms import GestureForm

MODES = [
    ("information", "pour information : le partenaire reçoit une copie"),
    ("notification", "notification : la lettre indique les voies et délais de recours, et fait courir le délai"),
]


OUTSIDE = "À remplir s’il n’est pas dans le carnet."


class NoticeForm(forms.Form):
    """A partner of the address book, or a new one typed in."""

    known = forms.ChoiceField(label="Dans le carnet d’adresses", required=False)
    partner = forms.CharField(label="Nom du partenaire", required=False, max_length=160, help_text=OUTSIDE)
    email = forms.CharField(
        label="Adresse électronique",
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"inputmode": "email"}),
    )
    mode = forms.ChoiceField(label="Mode d’envoi", choices=MODES, widget=forms.RadioSelect, initial="information")

    def __init__(self, *args: Any, book: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["known"]
        assert isinstance(field, forms.ChoiceField)
        shown = [(f"{name} <{email}>", f"{name}, {email}") for name, email in book]
        field.choices = [("", "un autre partenaire, saisi ci-dessous"), *shown]

    def recipient(self) -> dict[str, str]:
        """Name and address: those of the book when one is chosen, those typed otherwise."""
        if known := self.cleaned_data["known"]:
            name, _, address = known.rpartition(" <")
            return {"partner": name, "email": address.removesuffix(">")}
        return {"partner": self.cleaned_data["partner"], "email": self.cleaned_data["email"]}


@signed_in
@require_safe
def returns(request: SignedIn) -> HttpResponse:
    rows = queries.returned_to(request.user, on=timezone.localdate())
    return render(request, "distribution/returns.html", {"rows": rows, "unseen": sum(1 for r in rows if not r.seen_at)})


def _dossier(request: SignedIn, dossier_id: UUID) -> Dossier:
    readable = access.visible_to(request.user, on=timezone.localdate(), one_by_one=True).select_related("unit")
    dossier = found(readable.get, id=dossier_id)
    if queries.return_of(dossier) is None and not queries.may_send(request.user, dossier, on=timezone.localdate()):
        raise Http404
    return dossier


@signed_in
@require_safe
def sendings(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    return _page(request, _dossier(request, dossier_id))


def _form(request: SignedIn, dossier: Dossier) -> NoticeForm:
    book = [(p.name, p.email) for p in queries.partners_for(dossier.unit)]
    return NoticeForm(request.POST or None, book=book)


def _page(request: SignedIn, dossier: Dossier, *, form: forms.Form | None = None) -> HttpResponse:
    context = {
        "dossier": dossier,
        "kind": kind_of(dossier),
        "returned": queries.return_of(dossier),
        "mine": bool(queries.returned_to(request.user, on=timezone.localdate(), dossier=dossier)),
        "departure": departure_of(dossier),
        "notices": queries.notices_of(dossier),
        "may_send": queries.may_send(request.user, dossier, on=timezone.localdate()),
        "form": form,
        "notice": form if isinstance(form, NoticeForm) else _form(request, dossier),
    }
    return render(request, "distribution/sendings.html", context, status=409 if form else 200)


@signed_in
@require_POST
def seen(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    dossier, form = _dossier(request, dossier_id), GestureForm(request.POST)
    with refusals_beside(form):
        acknowledge_return(dossier_id=dossier.id, agent=request.user, at=timezone.now())
        messages.success(request, "Le retour de l’acte est noté.")
        return redirect("sendings", dossier_id=dossier.id)
    return _page(request, dossier, form=form)


@signed_in
@require_POST
def send(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    dossier = _dossier(request, dossier_id)
    form = _form(request, dossier)
    if form.is_valid():
        with refusals_beside(form):
            notice = prepare_notice(
                dossier_id=dossier.id,
                mode=form.cleaned_data["mode"],
                agent=request.user,
                at=timezone.now(),
                **form.recipient(),
            )
            messages.success(request, f"L’envoi à {notice.partner} est prêt ; le courriel part dans la minute.")
            return redirect("sendings", dossier_id=dossier.id)
    return _page(request, dossier, form=form)


urls = [
    path("retours/", returns, name="returns"),
    path("retours/<uuid:dossier_id>/", sendings, name="sendings"),
    path("retours/<uuid:dossier_id>/vu", seen, name="acknowledge_return"),
    path("retours/<uuid:dossier_id>/envoyer", send, name="send_notice"),
]
