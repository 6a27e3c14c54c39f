"""Annexes sent up in parts, so that a broken connection or a closed tab loses at most one of them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST

from hemicycle.chain.drafting import uploading
from hemicycle.chain.drafting.actions.abandon_upload import abandon_upload
from hemicycle.chain.drafting.actions.begin_upload import begin_upload
from hemicycle.chain.drafting.actions.finish_upload import finish_upload
from hemicycle.chain.drafting.actions.receive_part import receive_part
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.web.access import SignedIn, signed_in
from hemicycle.web.annex_forms import FlagsForm
from hemicycle.web.drafting import writable


def _refused(sentence: str) -> JsonResponse:
    return JsonResponse({"sentence": sentence}, status=409)


@signed_in
@require_POST
def begin(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    """What is asked of the browser: the size of a part, and which parts have come already."""
    writable(request, dossier_id)
    written = request.POST.get("size", "")
    size = int(written) if written.isascii() and written.isdigit() and len(written) < 13 else 0
    try:
        upload = begin_upload(
            dossier_id=dossier_id,
            filename=request.POST.get("name", ""),
            size=size,
            to_control="to_control" in request.POST,
            agent=request.user,
            at=timezone.now(),
        )
    except ActionRefused as refusal:
        return _refused(str(refusal))
    told = {"id": str(upload.id), "part": uploading.PART, "received": uploading.received(upload)}
    return JsonResponse(told)


@signed_in
@require_POST
def part(request: SignedIn, dossier_id: UUID, upload_id: UUID, n: int) -> HttpResponse:
    writable(request, dossier_id)
    file = request.FILES.get("part")
    data = file.read() if file is not None and (file.size or 0) <= uploading.PART else b""
    try:
        left = receive_part(
            dossier_id=dossier_id, upload_id=upload_id, n=n, data=data, agent=request.user, at=timezone.now()
        )
    except ActionRefused as refusal:
        return _refused(str(refusal))
    return JsonResponse({"left": left})


@signed_in
@require_POST
def finish(request: SignedIn, dossier_id: UUID, upload_id: UUID) -> HttpResponse:
    """The file joins the dossier; one that is refused is not kept to be refused again."""
    detail = writable(request, dossier_id)
    form = FlagsForm(request.POST, nature=detail.dossier.nature)
    if not form.is_valid():
        return _refused("Choisissez le type de pièce dans la liste.")
    at = timezone.now()
    try:
        annex = finish_upload(
            dossier_id=dossier_id,
            upload_id=upload_id,
            title=request.POST.get("title", "")[:1000],
            agent=request.user,
            at=at,
            **form.facts(),
        )
    except uploading.PartRefused as missing:
        return _refused(str(missing))
    except ActionRefused as refusal:
        abandon_upload(dossier_id=dossier_id, upload_id=upload_id, agent=request.user, at=at)
        return _refused(str(refusal))
    messages.success(request, f"« {annex.name} » est joint.")
    return JsonResponse({"title": annex.title})


@signed_in
@require_POST
def abandon(request: SignedIn, dossier_id: UUID, upload_id: UUID) -> HttpResponse:
    writable(request, dossier_id)
    if abandon_upload(dossier_id=dossier_id, upload_id=upload_id, agent=request.user, at=timezone.now()):
        messages.success(request, "L’envoi est abandonné ; rien n’en est gardé.")
    return redirect("annexes", dossier_id)


_AT = "dossiers/<uuid:dossier_id>/annexes/envois"
urls = [
    path(_AT, begin, name="begin_upload"),
    path(f"{_AT}/<uuid:upload_id>/parties/<int:n>", part, name="receive_part"),
    path(f"{_AT}/<uuid:upload_id>/terminer", finish, name="finish_upload"),
    path(f"{_AT}/<uuid:upload_id>/abandonner", abandon, name="abandon_upload"),
]
