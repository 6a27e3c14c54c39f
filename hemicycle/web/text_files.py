"""The files of a text: the images it shows, and the text itself as a Word or LibreOffice document."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from hemicycle.chain.drafting import images
from hemicycle.chain.drafting.actions.keep_image import keep_image
from hemicycle.dossier import access, attachments
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.web.access import SignedIn, found, signed_in


def _dossier(request: SignedIn, dossier_id: UUID) -> Dossier:
    return found(access.visible_to(request.user, on=timezone.localdate()).get, id=dossier_id)


@signed_in
@require_safe
def image(request: SignedIn, dossier_id: UUID, sha256: str) -> HttpResponse:
    """An image of the dossier's texts, for its readers."""
    shown = images.of(_dossier(request, dossier_id)).filter(sha256=sha256).first()
    if shown is None:
        raise Http404
    answer = HttpResponse(attachments.read(shown), content_type=shown.media_type)
    # Named by its content, it never changes; only its reader's browser may keep it.
    answer["Cache-Control"] = "private, max-age=604800, immutable"
    return answer


@signed_in
@require_POST
def add_image(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    _dossier(request, dossier_id)
    file = request.FILES.get("image")
    if file is None:
        return JsonResponse({"sentence": "Aucune image n’a été reçue ; choisissez-la de nouveau."}, status=409)
    if file.size is not None and file.size > images.MAX_IMAGE:
        return JsonResponse({"sentence": "L’image dépasse 10 Mo ; réduisez-la, puis recommencez."}, status=409)
    try:
        name, data = file.name or "image", file.read()
        kept = keep_image(dossier_id=dossier_id, data=data, filename=name, agent=request.user, at=timezone.now())
    except ActionRefused as refusal:
        return JsonResponse({"sentence": str(refusal)}, status=409)
    return JsonResponse({"sha256": kept.sha256})


urls = [
    path("dossiers/<uuid:dossier_id>/images", add_image, name="keep_image"),
    path("dossiers/<uuid:dossier_id>/images/<slug:sha256>", image, name="text_image"),
]
