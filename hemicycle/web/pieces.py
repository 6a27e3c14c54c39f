"""The files of a dossier, for those who may read it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from hemicycle.dossier import access, attachments
from hemicycle.dossier.models import Attachment
from hemicycle.web.access import SignedIn, found, signed_in
from hemicycle.web.papers import file_answer


@signed_in
@require_safe
def piece(request: SignedIn, piece_id: UUID) -> HttpResponse:
    """What the chain produced or the drafters attached: act, acknowledgement, stamped copy, package…"""
    readable = access.visible_to(request.user, on=timezone.localdate())
    wanted = found(Attachment.objects.filter(dossier__in=readable).get, id=piece_id)
    return file_answer(attachments.read(wanted), name=wanted.name, media_type=wanted.media_type)


urls = [path("pieces/<uuid:piece_id>", piece, name="piece")]
