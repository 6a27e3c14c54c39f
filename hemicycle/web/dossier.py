"""The page of a dossier: where it is, what is expected, what changed, its texts, its files, its journal."""

from __future__ import annotations

import tempfile
import zipfile
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, register_converter, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from hemicycle.chain.drafting import queries as drafting
from hemicycle.chain.drafting.actions.write_comment import MAX_COMMENT, write_comment
from hemicycle.dossier import attachments
from hemicycle.web.access import SignedIn, found, remembers_reading, signed_in
from hemicycle.web.dossier_page import TABS, context_of
from hemicycle.web.refusals import refusals_beside
from hemicycle.web.timeline import told


class CommentForm(forms.Form):
    text = forms.CharField(label="Votre commentaire", max_length=MAX_COMMENT, widget=forms.Textarea(attrs={"rows": 4}))


@remembers_reading
@signed_in
@require_safe
def dossier(request: SignedIn, dossier_id: UUID, tab: str = "rapport") -> HttpResponse:
    return show(request, dossier_id, tab=tab)


def show(request: SignedIn, dossier_id: UUID, *, tab: str = "rapport", status: int = 200, **more: Any) -> HttpResponse:
    """The page, as it is or with what an action has just refused (`refusal`, `comment_form`)."""
    on = timezone.localdate()
    detail = found(drafting.detail, dossier_id=dossier_id, agent=request.user, on=on)
    context = context_of(detail, request.user, on=on, tab=tab, since=_version(request.GET.get("depuis")))
    context = {**context, "comment_form": CommentForm(auto_id="id_comment_%s"), "refusal": "", **more}
    return render(request, "dossier/dossier.html", context, status=status)


def _version(written: str | None) -> int | None:
    return int(written) if written and written.isascii() and written.isdigit() and len(written) < 6 else None


@signed_in
@require_POST
def comment(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    found(drafting.detail, dossier_id=dossier_id, agent=request.user, on=timezone.localdate())
    form = CommentForm(request.POST, auto_id="id_comment_%s")
    if form.is_valid():
        with refusals_beside(form):
            write_comment(dossier_id=dossier_id, agent=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "Votre commentaire est enregistré.")
            return redirect(reverse("dossier_tab", args=[dossier_id, "commentaires"]) + "#matiere")
    return show(request, dossier_id, tab="commentaires", status=409, comment_form=form)


@signed_in
@require_safe
def annexes_zip(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    detail = found(drafting.detail, dossier_id=dossier_id, agent=request.user, on=timezone.localdate())
    if not detail.annexes:
        raise Http404
    # On disk beyond some megabytes: the annexes of one act may weigh 150 of them.
    bundle = tempfile.SpooledTemporaryFile(max_size=8 * 1024 * 1024)  # noqa: SIM115 - FileResponse closes it
    with zipfile.ZipFile(bundle, "w", zipfile.ZIP_DEFLATED) as archive:
        for rank, annex in enumerate(detail.annexes, start=1):
            archive.writestr(f"{rank:02d} {annex.name}", attachments.read(annex))
    bundle.seek(0)
    return FileResponse(bundle, as_attachment=True, filename=f"{detail.dossier.number}-annexes.zip")  # type: ignore[return-value]


@signed_in
@require_safe
def journey_sheet(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    """The whole journey on one sheet to print."""
    on = timezone.localdate()
    detail = found(drafting.detail, dossier_id=dossier_id, agent=request.user, on=on)
    context = context_of(detail, request.user, on=on, tab="journal", since=None)
    return render(
        request, "dossier/sheet.html", {**context, "entries": told(detail.journal), "printed": timezone.now()}
    )


class TabConverter:
    """The parts of a dossier that have an address of their own; any other word belongs to another room."""

    regex = "|".join(TABS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(TabConverter, "tab")

urls = [
    path("dossiers/<uuid:dossier_id>/", dossier, name="dossier"),
    path("dossiers/<uuid:dossier_id>/parcours/", journey_sheet, name="journey_sheet"),
    path("dossiers/<uuid:dossier_id>/annexes.zip", annexes_zip, name="annexes_zip"),
    path("dossiers/<uuid:dossier_id>/commenter", comment, name="comment"),
    path("dossiers/<uuid:dossier_id>/<tab:tab>/", dossier, name="dossier_tab"),
]
