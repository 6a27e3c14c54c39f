"""The files of a text: the images it shows, and the text itself as a Word or LibreOffice document."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from hemicycle.chain.drafting import images
from hemicycle.chain.drafting.actions.keep_image import keep_image
from hemicycle.chain.drafting.actions.save_text import EMPTY
from hemicycle.dossier import access, attachments
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.texts import export
from hemicycle.texts.images import MAX_BYTES, named
from hemicycle.texts.refusal import TextRefused
from hemicycle.texts.tree import clean
from hemicycle.web.access import SignedIn, found, signed_in
from hemicycle.web.papers import file_answer

TITLES = {"report": "Rapport", "deliberation": "Projet de délibération"}
FORMATS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
}


def _dossier(request: SignedIn, dossier_id: UUID) -> Dossier:
    return found(access.visible_to(request.user, on=timezone.localdate(), one_by_one=True).get, id=dossier_id)


@signed_in
@require_safe
def image(request: SignedIn, dossier_id: UUID, sha256: str) -> HttpResponse:
    """An image of the dossier's texts, for its readers."""
    shown = images.of(_dossier(request, dossier_id)).filter(sha256=sha256).first()
    if shown is None:
        raise Http404
    return HttpResponse(attachments.read(shown), content_type=shown.media_type)


@signed_in
@require_POST
def add_image(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    _dossier(request, dossier_id)
    file = request.FILES.get("image")
    if file is None:
        return JsonResponse({"sentence": "Aucune image n’a été reçue ; choisissez-la de nouveau."}, status=409)
    if file.size is not None and file.size > MAX_BYTES:
        return JsonResponse({"sentence": "L’image dépasse 20 Mo ; réduisez-la, puis recommencez."}, status=409)
    try:
        name, data = file.name or "image", file.read()
        kept = keep_image(dossier_id=dossier_id, data=data, filename=name, agent=request.user, at=timezone.now())
    except ActionRefused as refusal:
        return JsonResponse({"sentence": str(refusal)}, status=409)
    return JsonResponse({"sha256": kept.sha256})


@signed_in
@require_safe
def download(request: SignedIn, dossier_id: UUID, text: str, suffix: str) -> HttpResponse:
    """The working text, to be written further in Word or LibreOffice and imported again."""
    dossier = _dossier(request, dossier_id)
    tree = clean(getattr(dossier, text) or EMPTY)
    if suffix not in FORMATS or not tree["content"]:
        raise Http404
    wanted = named(tree)
    shown = {kept.sha256: attachments.read(kept) for kept in images.of(dossier).filter(sha256__in=wanted)}
    write = export.to_docx if suffix == "docx" else export.to_odt
    try:
        data = write(tree, title=f"{TITLES[text]} {dossier.number}", images=shown)
    except TextRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("dossier", dossier_id)
    name = f"{dossier.number}-{'rapport' if text == 'report' else 'deliberation'}.{suffix}"
    return file_answer(data, name=name, media_type=FORMATS[suffix])


urls = [
    path("dossiers/<uuid:dossier_id>/images", add_image, name="keep_image"),
    path("dossiers/<uuid:dossier_id>/images/<slug:sha256>", image, name="text_image"),
    *(
        path(f"dossiers/<uuid:dossier_id>/{word}/texte.<slug:suffix>", download, {"text": text}, name=f"export_{text}")
        for word, text in (("rapport", "report"), ("deliberation", "deliberation"))
    ),
]
