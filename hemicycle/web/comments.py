"""Commenting a dossier: a word, an answer, settled, opened again; the names offered while one types."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, register_converter
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from hemicycle.chain.drafting import comments
from hemicycle.chain.drafting import queries as drafting
from hemicycle.chain.drafting.actions.handle_comment import handle_comment
from hemicycle.chain.drafting.actions.reopen_comment import reopen_comment
from hemicycle.chain.drafting.actions.write_comment import write_comment
from hemicycle.dossier.models import Comment
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.web import comment_page, dossier
from hemicycle.web.access import SignedIn, found, signed_in
from hemicycle.web.comment_page import CommentForm
from hemicycle.web.dossier_page import TABS, tab_url
from hemicycle.web.refusals import refusals_beside


@signed_in
@require_POST
def comment(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    on = timezone.localdate()
    detail = found(drafting.detail, dossier_id=dossier_id, agent=request.user, on=on)
    units = comments.units_of(request.user, detail.dossier, on=on)
    form = CommentForm(request.POST, units=units, annexes=detail.annexes)
    if form.is_valid():
        with refusals_beside(form):
            said = write_comment(dossier_id=dossier_id, agent=request.user, at=timezone.now(), **form.said())
            messages.success(request, "Votre réponse est enregistrée." if said.thread_id else "C’est noté.")
            return redirect(_back(request, detail, said.thread_id or said.pk))
    tab = _tab(request)
    passage = form.cleaned_data.get("block") if tab in comment_page.TABS.values() else None
    return dossier.show(request, dossier_id, tab=tab, status=409, comment_form=form, passage=passage)


def _tab(request: SignedIn) -> str:
    asked = request.POST.get("tab", "")
    return asked if asked in TABS else "commentaires"


def _back(request: SignedIn, detail: drafting.Detail, thread: int) -> str:
    """The part of the page where one was, at that conversation."""
    return f"{tab_url(detail, _tab(request))}#fil-{thread}"


@signed_in
@require_POST
def handle(request: SignedIn, dossier_id: UUID, comment_id: int) -> HttpResponse:
    return _settled(request, dossier_id, comment_id, handle_comment, "Le commentaire est marqué traité.")


@signed_in
@require_POST
def reopen(request: SignedIn, dossier_id: UUID, handled_id: int) -> HttpResponse:
    return _settled(request, dossier_id, handled_id, reopen_comment, "Le commentaire est de nouveau à traiter.")


def _settled(
    request: SignedIn, dossier_id: UUID, comment_id: int, action: Callable[..., Comment], done: str
) -> HttpResponse:
    on = timezone.localdate()
    known = found(comments.comment, comment_id=comment_id, agent=request.user, on=on)
    if known.dossier_id != dossier_id:
        raise Http404
    try:
        action(comment_id=comment_id, agent=request.user, at=timezone.now())
    except ActionRefused as refusal:
        return dossier.show(request, dossier_id, tab=_tab(request), status=409, refusal=str(refusal))
    messages.success(request, done)
    detail = found(drafting.detail, dossier_id=dossier_id, agent=request.user, on=on)
    return redirect(_back(request, detail, comment_id))


@signed_in
@require_safe
def readers(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    """The names that answer what is being typed, as options of a list."""
    on = timezone.localdate()
    detail = found(drafting.detail, dossier_id=dossier_id, agent=request.user, on=on)
    offered = comments.offered(detail.dossier, request.GET.get("call", "").lstrip("@")[:160], on=on)
    return render(request, "dossier/_readers.html", {"readers": comment_page.names(offered)})


class CommentConverter:
    """The rank of a comment: never zero, and no more than a database holds."""

    regex = "[1-9][0-9]{0,15}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: Any) -> str:
        return str(value)


register_converter(CommentConverter, "comment")

urls = [
    path("dossiers/<uuid:dossier_id>/commenter", comment, name="comment"),
    path("dossiers/<uuid:dossier_id>/lecteurs", readers, name="readers"),
    path("dossiers/<uuid:dossier_id>/commentaires/<comment:comment_id>/traiter", handle, name="handle_comment"),
    path("dossiers/<uuid:dossier_id>/commentaires/<comment:handled_id>/rouvrir", reopen, name="reopen_comment"),
]
