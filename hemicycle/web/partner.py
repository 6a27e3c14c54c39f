"""The partner's page: no account, a personal link, the letter and the act."""

from __future__ import annotations

from functools import wraps
from typing import ParamSpec
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from hemicycle.accounts import queries as accounts
from hemicycle.chain.distribution import queries
from hemicycle.chain.distribution.actions.open_notice import open_notice
from hemicycle.chain.distribution.actions.record_download import record_download
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.web.access import Door
from hemicycle.web.papers import file_answer

P = ParamSpec("P")


def discreet(view: Door[P]) -> Door[P]:
    """Not indexed, not kept in a cache, and the link's secret is told to no other site."""

    @wraps(view)
    def quiet(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        answer["X-Robots-Tag"] = "noindex, nofollow"
        # Not « no-referrer »: browsers then hide the origin of the form from our own check.
        answer["Referrer-Policy"] = "same-origin"
        return answer

    return never_cache(quiet)


@discreet
@require_GET
def page(request: HttpRequest, token: str) -> HttpResponse:
    """The letter and the files, once opened. Following the link proves nothing yet: mail filters follow links too."""
    shown = queries.by_token(token)
    if shown is None:
        raise Http404
    context = {"page": shown, "token": token, "organisation": accounts.authority().name}
    return render(request, "partner/page.html", context)


@discreet
@require_POST
def open_(_request: HttpRequest, token: str) -> HttpResponse:
    """The partner's own gesture: the opening is dated."""
    try:
        open_notice(token=token, at=timezone.now())
    except ActionRefused as refusal:
        raise Http404 from refusal
    return redirect("partner_page", token=token)


@discreet
@require_GET
def file(_request: HttpRequest, token: str, file_id: UUID) -> HttpResponse:
    """One file; its first download is dated."""
    wanted = queries.file_by_token(token, file_id)
    if wanted is None:
        raise Http404
    try:
        record_download(token=token, file=file_id, at=timezone.now())
    except ActionRefused as refusal:
        raise Http404 from refusal
    return file_answer(wanted.data, name=wanted.name, media_type=wanted.media_type)


urls = [
    path("p/<str:token>/", page, name="partner_page"),
    path("p/<str:token>/ouvrir", open_, name="open_notice"),
    path("p/<str:token>/<uuid:file_id>", file, name="partner_file"),
]
