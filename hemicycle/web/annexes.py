"""The annexes of a dossier being written: join, name, order, replace, remove."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from hemicycle.chain.drafting import queries as drafting
from hemicycle.chain.drafting import uploading
from hemicycle.chain.drafting.actions.attach_annex import attach_annex
from hemicycle.chain.drafting.actions.describe_annex import describe_annex
from hemicycle.chain.drafting.actions.order_annexes import order_annexes
from hemicycle.chain.drafting.actions.remove_annex import remove_annex
from hemicycle.chain.drafting.actions.replace_annex import replace_annex
from hemicycle.chain.drafting.annexing import weight_of
from hemicycle.chain.drafting.queries import Detail
from hemicycle.chain.drafting.rules import title_of
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.web.access import SignedIn, signed_in
from hemicycle.web.annex_forms import AnnexForm, ReplacementForm, SettingsForm
from hemicycle.web.dossier_page import annex_line
from hemicycle.web.drafting import writable
from hemicycle.web.refusals import refusals_beside


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def annexes(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    detail = writable(request, dossier_id)
    form = AnnexForm(request.POST or None, request.FILES or None, nature=detail.dossier.nature)
    if request.method == "POST" and form.is_valid():
        for file in form.cleaned_data["file"]:
            with refusals_beside(form):
                _attach(request, dossier_id, file, form)
                messages.success(request, f"« {file.name} » est joint.")
        if not form.errors:
            return redirect("annexes", dossier_id)
        detail = writable(request, dossier_id)
    return _page(request, detail, form=form)


def _attach(request: SignedIn, dossier_id: UUID, file: UploadedFile[Any], form: AnnexForm) -> None:
    several = len(form.files.getlist("file")) > 1
    name = file.name or ""
    title = "" if several else form.cleaned_data.get("title", "")
    attach_annex(
        dossier_id=dossier_id,
        data=file.read(),
        filename=name,
        title=title.strip() or title_of(name),
        agent=request.user,
        at=timezone.now(),
        **form.facts(),
    )


def _page(
    request: SignedIn, detail: Detail, *, form: AnnexForm | None = None, settings: list[SettingsForm] | None = None
) -> HttpResponse:
    nature = detail.dossier.nature
    form = form or AnnexForm(nature=nature)
    settings = settings or [SettingsForm(annex, nature=nature) for annex in detail.annexes]
    refused = bool(form.errors) or any(one.errors for one in settings)
    weight = weight_of(detail.dossier)
    context = {
        "dossier": detail.dossier,
        "annexes": [{**annex_line(one.annex), "settings": one} for one in settings],
        "infected": drafting.infected(detail.dossier),
        "stalled": drafting.scan_stalled(detail.dossier),
        "unfinished": [
            {"id": u.id, "name": u.name, "size": u.size, "came": min(n * uploading.PART, u.size), "at": u.started_at}
            for u, n in uploading.unfinished(detail.dossier, request.user)
        ],
        "form": form,
        "weight": weight,
        "sent": sum(annex.to_control for annex in detail.annexes),
        "heavy": weight.total > weight.limit * 0.8,
    }
    return render(request, "drafting/annexes.html", context, status=409 if refused else 200)


@signed_in
@require_POST
def describe(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    """Titles and flags of the whole list, in one form; an annex left as it was is not touched."""
    detail = writable(request, dossier_id)
    bound = [SettingsForm(annex, request.POST, nature=detail.dossier.nature) for annex in detail.annexes]
    for one in bound:
        if one.told() and one.is_valid() and one.has_changed():
            with refusals_beside(one):
                describe_annex(
                    dossier_id=dossier_id,
                    annex_id=one.annex.id,
                    agent=request.user,
                    at=timezone.now(),
                    **one.facts(),
                )
    if any(one.told() and one.errors for one in bound):
        kept = {one.annex.pk: SettingsForm(one.annex, nature=detail.dossier.nature) for one in bound}
        shown = [one if one.told() and one.errors else kept[one.annex.pk] for one in bound]
        return _page(request, detail, settings=shown)
    if any(one.told() and one.has_changed() for one in bound):
        messages.success(request, "Les titres et les réglages des annexes sont enregistrés.")
    return redirect("annexes", dossier_id)


@signed_in
@require_POST
def order(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    """The order on screen, as the hidden fields say it; a button moves one annex up or down in it."""
    writable(request, dossier_id)
    try:
        ids = [UUID(written) for written in request.POST.getlist("ids")]
        if "up" in request.POST or "down" in request.POST:
            moved, step = (UUID(request.POST["up"]), -1) if "up" in request.POST else (UUID(request.POST["down"]), 1)
            place = ids.index(moved)
            ids.insert(max(0, place + step), ids.pop(place))
        elif not ids:
            raise ValueError("nothing to order")
    except ValueError:
        messages.error(request, "La liste des annexes a changé ; la voici à jour.")
        return redirect("annexes", dossier_id)
    try:
        order_annexes(dossier_id=dossier_id, annex_ids=ids, agent=request.user, at=timezone.now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("annexes", dossier_id)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: SignedIn, dossier_id: UUID, annex_id: UUID) -> HttpResponse:
    detail = writable(request, dossier_id)
    old = next((annex for annex in detail.annexes if annex.id == annex_id), None)
    if old is None:
        raise Http404
    form = ReplacementForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusals_beside(form):
            file = form.cleaned_data["file"]
            replace_annex(
                dossier_id=dossier_id,
                annex_id=annex_id,
                data=file.read(),
                filename=file.name or "",
                title=form.cleaned_data["title"],
                agent=request.user,
                at=timezone.now(),
            )
            messages.success(request, f"« {file.name} » remplace « {old.name} », qui reste dans l’historique.")
            return redirect("annexes", dossier_id)
    context = {"dossier": detail.dossier, "annex": annex_line(old), "form": form}
    return render(request, "drafting/annexes_replace.html", context, status=409 if form.errors else 200)


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
    path("dossiers/<uuid:dossier_id>/annexes/reglages", describe, name="describe_annexes"),
    path("dossiers/<uuid:dossier_id>/annexes/<uuid:annex_id>/remplacer", replace, name="replace_annex"),
    path("dossiers/<uuid:dossier_id>/annexes/<uuid:annex_id>/retirer", remove, name="remove_annex"),
]
