"""The files of a dossier, for those who may read it; and their pages, one at a time, without leaving the browser."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from hemicycle.dossier import access, attachments, reading_files
from hemicycle.dossier.models import Attachment
from hemicycle.rendering import pages
from hemicycle.rendering.pages import PageNotShown, PageWords
from hemicycle.web.access import SignedIn, found, signed_in
from hemicycle.web.papers import file_answer

#: Pages offered as small pictures on each side of the one shown.
AROUND = 4


def _openable(request: SignedIn, piece_id: UUID) -> Attachment:
    """The file, for a reader of its dossier who may read that file too. Raises Http404."""
    on: dt.date = timezone.localdate()
    rows = Attachment.objects.select_related("dossier__unit__parent__parent__parent")
    wanted = found(rows.filter(dossier__in=access.visible_to(request.user, on=on, one_by_one=True)).get, id=piece_id)
    if not reading_files.may_open(wanted, request.user, on=on):
        raise Http404
    return wanted


@signed_in
@require_safe
def piece(request: SignedIn, piece_id: UUID) -> HttpResponse:
    """What the chain produced or the drafters attached: act, acknowledgement, stamped copy, package…"""
    wanted = _openable(request, piece_id)
    return file_answer(attachments.read(wanted), name=wanted.name, media_type=wanted.media_type)


@signed_in
@require_safe
def page(request: SignedIn, piece_id: UUID, number: int) -> HttpResponse:
    """One page of a file: its picture, its words, the way to the others."""
    wanted = _openable(request, piece_id)
    if wanted.media_type not in pages.SHOWN:
        raise Http404
    told, refusal = _words(wanted, number)
    if told is not None and not 1 <= number <= told.pages:
        raise Http404
    count = told.pages if told else 0
    context = {
        "dossier": wanted.dossier,
        "piece": wanted,
        "number": number,
        "count": count,
        "words": told.words if told else "",
        "refusal": refusal,
        "picture": wanted.media_type != "application/pdf",
        "previous": _address(wanted, number - 1) if 1 < number <= count else "",
        "following": _address(wanted, number + 1) if number < count else "",
        "around": _around(wanted, number, count),
    }
    return render(request, "drafting/annex_page.html", context)


def _words(file: Attachment, number: int) -> tuple[PageWords | None, str]:
    if file.media_type != "application/pdf":
        return PageWords(pages=1, words=""), ""
    try:
        return pages.words(attachments.read(file), number), ""
    except PageNotShown as refusal:
        return None, str(refusal)


def _address(file: Attachment, number: int) -> str:
    return reverse("piece_page", args=[file.id, number])


def _around(file: Attachment, number: int, count: int) -> list[dict[str, Any]]:
    near = range(max(1, number - AROUND), min(count, number + AROUND) + 1)
    return [{"number": n, "url": _address(file, n), "current": n == number} for n in near] if count > 1 else []


@signed_in
@require_safe
def picture(request: SignedIn, piece_id: UUID, number: int) -> HttpResponse:
    """A page as a PNG; `largeur`: one of the widths offered."""
    wanted = _openable(request, piece_id)
    asked = request.GET.get("largeur", "")
    width = next((w for w in pages.WIDTHS if str(w) == asked), pages.WIDTHS[1])
    if wanted.media_type not in pages.SHOWN or not 1 <= number < 100_000:
        raise Http404
    try:
        data = pages.picture(attachments.read(wanted), number, width=width)
    except PageNotShown:
        raise Http404 from None
    return HttpResponse(data, content_type="image/png")


urls = [
    path("pieces/<uuid:piece_id>", piece, name="piece"),
    path("pieces/<uuid:piece_id>/pages/<int:number>", page, name="piece_page"),
    path("pieces/<uuid:piece_id>/pages/<int:number>.png", picture, name="piece_picture"),
]
