"""The annexes of a dossier being written: join, order, remove."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from hemicycle.chain.drafting import queries as drafting
from hemicycle.chain.drafting.actions.attach_annex import attach_annex
from hemicycle.chain.drafting.actions.order_annexes import order_annexes
from hemicycle.chain.drafting.actions.remove_annex import remove_annex
from hemicycle.chain.drafting.queries import Detail
from hemicycle.chain.drafting.rules import MAX_TRANSMISSION
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.web.access import SignedIn, signed_in
from hemicycle.web.dossier_page import annex_line
from hemicycle.web.drafting import writable
from hemicycle.web.refusals import refusals_beside
from hemicycle.web.templatetags.french import size_fr


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or more files, in the order in which the browser gives them."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(file, initial) for file in given or [None]]


class AnnexForm(forms.Form):
    file = FilesField(
        label="Fichiers",
        widget=FilesInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.xml,.docx,.odt"}),
        help_text="PDF, image PNG ou JPEG, XML, ou texte .docx ou .odt (mis en PDF) ; 100 Mo au plus chacun.",
    )
    title = forms.CharField(
        label="Titre",
        required=False,
        max_length=250,
        help_text="À défaut, ou pour plusieurs fichiers à la fois, le nom du fichier.",
    )
    to_control = forms.BooleanField(label="Transmise au contrôle de légalité", required=False, initial=True)
    published = forms.BooleanField(
        label="Publiée avec l’acte",
        required=False,
        initial=True,
        help_text="Décochez si elle contient des données personnelles.",
    )
    type_code = forms.ChoiceField(label="Type de pièce", choices=drafting.piece_types, initial="99_DE")

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("to_control", "published", "type_code")}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def annexes(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    detail = writable(request, dossier_id)
    form = AnnexForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        for file in form.cleaned_data["file"]:
            with refusals_beside(form):
                _attach(request, dossier_id, file, form)
                messages.success(request, f"« {file.name} » est joint.")
        if not form.errors:
            return redirect("annexes", dossier_id)
        detail = writable(request, dossier_id)
    return _page(request, detail, form)


def _attach(request: SignedIn, dossier_id: UUID, file: UploadedFile[Any], form: AnnexForm) -> None:
    several = len(form.files.getlist("file")) > 1
    name = file.name or ""
    title = "" if several else form.cleaned_data.get("title", "")
    attach_annex(
        dossier_id=dossier_id,
        data=file.read(),
        filename=name,
        title=title.strip() or name.rsplit(".", 1)[0].replace("_", " ").strip(),
        agent=request.user,
        at=timezone.now(),
        **form.facts(),
    )


def _page(request: SignedIn, detail: Detail, form: AnnexForm) -> HttpResponse:
    total = sum(annex.size for annex in detail.annexes)
    context = {
        "dossier": detail.dossier,
        "annexes": [annex_line(annex) for annex in detail.annexes],
        "form": form,
        "total": size_fr(total),
        "limit": size_fr(MAX_TRANSMISSION),
    }
    return render(request, "drafting/annexes.html", context, status=409 if form.errors else 200)


@signed_in
@require_POST
def order(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    """Move one annex up or down: the button says which, the hidden fields the order on screen."""
    writable(request, dossier_id)
    try:
        ids = [UUID(written) for written in request.POST.getlist("ids")]
        moved, step = (UUID(request.POST["up"]), -1) if "up" in request.POST else (UUID(request.POST["down"]), 1)
        place = ids.index(moved)
    except (KeyError, ValueError):
        messages.error(request, "La liste des annexes a changé ; la voici à jour.")
        return redirect("annexes", dossier_id)
    ids.insert(max(0, place + step), ids.pop(place))
    try:
        order_annexes(dossier_id=dossier_id, annex_ids=ids, agent=request.user, at=timezone.now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("annexes", dossier_id)


@signed_in
@require_POST
def remove(request: SignedIn, dossier_id: UUID, annex_id: UUID) -> HttpResponse:
    writable(request, dossier_id)
    try:
        removed = remove_annex(dossier_id=dossier_id, annex_id=annex_id, agent=request.user, at=timezone.now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"« {removed.title} » est retirée ; sa trace reste au journal.")
    return redirect("annexes", dossier_id)


urls = [
    path("dossiers/<uuid:dossier_id>/annexes/joindre", annexes, name="annexes"),
    path("dossiers/<uuid:dossier_id>/annexes/ordre", order, name="order_annexes"),
    path("dossiers/<uuid:dossier_id>/annexes/<uuid:annex_id>/retirer", remove, name="remove_annex"),
]
