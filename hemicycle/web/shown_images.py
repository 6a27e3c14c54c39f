"""Images of a text shown to someone who does not read its dossier: a member of the assembly, a citizen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse

from hemicycle.dossier import attachments
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.texts.images import named
from hemicycle.texts.tree import clean


def image_answer(dossiers: Iterable[Dossier], texts: Iterable[Any], sha256: str, *, cache: str) -> HttpResponse:
    """The image that one of those texts names, kept with one of those dossiers.

    Raises Http404 for any other: an address made up shows nothing that the text does not.
    """
    if not any(sha256 in named(clean(text)) for text in texts if text and text.get("content")):
        raise Http404
    kept = Attachment.objects.filter(dossier__in=list(dossiers), kind=Attachment.Kind.IMAGE, sha256=sha256).first()
    if kept is None:
        raise Http404
    answer = HttpResponse(attachments.read(kept), content_type=kept.media_type)
    answer["Cache-Control"] = cache
    return answer
