"""The page of a dossier: where it is, what is expected, what changed, its texts, its files, its journal."""

from __future__ import annotations

import datetime as dt
import tempfile
import zipfile
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, register_converter
from django.utils import timezone
from django.views.decorators.http import require_safe

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting import comments
from hemicycle.chain.drafting import queries as drafting
from hemicycle.chain.drafting.queries import Detail
from hemicycle.dossier import attachments
from hemicycle.web.access import SignedIn, found, remembers_reading, signed_in
from hemicycle.web.comment_page import CommentForm
from hemicycle.web.dossier_files import annex_paths
from hemicycle.web.dossier_page import TABS, Wanted, context_of
from hemicycle.web.timeline import KINDS, told
from hemicycle.web.visa_lines import ABBREVIATED, proofs


@remembers_reading
@signed_in
@require_safe
def dossier(request: SignedIn, dossier_id: UUID, tab: str = "rapport") -> HttpResponse:
    return show(request, dossier_id, tab=tab)


def show(
    request: SignedIn,
    dossier_id: UUID,
    *,
    tab: str = "rapport",
    passage: int | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The page, as it is or with what an action has just refused (`refusal`, `comment_form`)."""
    on = timezone.localdate()
    detail = found(drafting.detail, dossier_id=dossier_id, agent=request.user, on=on)
    asked = request.GET
    wanted = Wanted(
        tab=tab,
        since=_version(asked.get("depuis")),
        passage=_version(asked.get("passage")) if passage is None else passage,
        commenting="commenter" in asked,
        kind=asked.get("genre", "") if asked.get("genre") in KINDS else "",
    )
    context = context_of(detail, request.user, on=on, wanted=wanted)
    context = {**context, "comment_form": None, "refusal": "", **more}
    if context["comment_form"] is None and context["may_comment"]:
        context["comment_form"] = comment_form(detail, request.user, context, on=on)
    request.seen = detail.last_read == detail.dossier.version
    return render(request, "dossier/dossier.html", context, status=status)


def comment_form(detail: Detail, agent: Agent, context: dict[str, Any], *, on: dt.date) -> CommentForm | None:
    """The form of the passage, the annex or the dossier being commented; None where none is."""
    initial: dict[str, Any] = {}
    if "passages" in context:
        chosen = next((shown for shown in context["passages"] if shown.writing), None)
        if chosen is None:
            return None
        initial = {"on": context["text_name"], "block": chosen.rank, "digest": chosen.digest}
    elif context["tab"] not in ("annexes", "commentaires"):
        return None
    return CommentForm(initial=initial, units=comments.units_of(agent, detail.dossier, on=on), annexes=detail.annexes)


def _version(written: str | None) -> int | None:
    return int(written) if written and written.isascii() and written.isdigit() and len(written) < 6 else None


@signed_in
@require_safe
def annexes_zip(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    detail = found(drafting.detail, dossier_id=dossier_id, agent=request.user, on=timezone.localdate())
    if not detail.annexes:
        raise Http404
    # On disk beyond some megabytes: the annexes of one act may weigh 150 of them.
    bundle = tempfile.SpooledTemporaryFile(max_size=8 * 1024 * 1024)  # noqa: SIM115 - FileResponse closes it
    with zipfile.ZipFile(bundle, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, annex in annex_paths(detail):
            archive.writestr(name, attachments.read(annex), zipfile.ZIP_STORED)
    bundle.seek(0)
    return FileResponse(bundle, as_attachment=True, filename=f"{detail.dossier.number}-annexes.zip")  # type: ignore[return-value]


@signed_in
@require_safe
def journey_sheet(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    """The whole journey on one sheet to print."""
    on = timezone.localdate()
    detail = found(drafting.detail, dossier_id=dossier_id, agent=request.user, on=on)
    context = context_of(detail, request.user, on=on, wanted=Wanted(tab="journal"))
    return render(
        request,
        "dossier/sheet.html",
        {
            **context,
            "entries": told(detail.journal),
            "proofs": proofs(context["steps"]),
            "digest": detail.versions[-1].digest[:ABBREVIATED] if detail.versions else "",
            "printed": timezone.now(),
        },
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
    path("dossiers/<uuid:dossier_id>/<tab:tab>/", dossier, name="dossier_tab"),
]
