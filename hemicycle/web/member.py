"""The elected member's space: each sitting as a book."""

from __future__ import annotations

from functools import wraps
from typing import Any, ParamSpec
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting import documents
from hemicycle.chain.sitting import queries
from hemicycle.chain.sitting.actions.open_summons import open_summons
from hemicycle.dossier import attachments
from hemicycle.dossier.models import Version
from hemicycle.web.access import Door, SignedIn, found, signed_in
from hemicycle.web.act_text import act_html
from hemicycle.web.papers import file_answer
from hemicycle.web.shown_images import image_answer
from hemicycle.web.sitting import OUTCOME_SIGNS, SIGNS

P = ParamSpec("P")


def proves_opening(view: Door[P]) -> Door[P]:
    """Once a page of the sitting has been shown to a member, date the opening: the proof that the law wants.

    The one writing that follows these GETs; the first opening counts, the next ones change nothing.
    """

    @wraps(view)
    def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        sitting_id = kwargs.get("sitting_id")
        if request.method == "GET" and answer.status_code == 200 and isinstance(sitting_id, UUID):
            assert isinstance(request.user, Agent)
            open_summons(sitting_id=sitting_id, agent=request.user, at=timezone.now())
        return answer

    return opened


def _summons(agent: Agent, sitting_id: UUID) -> Any:
    """The member's own summons. Raises Http404 when the member has none for that sitting."""
    return found(queries.summons_of(agent, on=timezone.localdate()).get, sitting_id=sitting_id)


@signed_in
@require_safe
def my_sittings(request: SignedIn) -> HttpResponse:
    rows = [
        (summons, SIGNS[summons.sitting.state]) for summons in queries.summons_of(request.user, on=timezone.localdate())
    ]
    return render(request, "member/sittings.html", {"rows": rows})


@proves_opening
@signed_in
@require_safe
def book(request: SignedIn, sitting_id: UUID) -> HttpResponse:
    summons = _summons(request.user, sitting_id)
    items = queries.items_of(summons.sitting)
    context = {
        "summons": summons,
        "sitting": summons.sitting,
        "lines": [(item, OUTCOME_SIGNS[item.outcome]) for item in items],
    }
    return render(request, "member/book.html", context)


@proves_opening
@signed_in
@require_safe
def report(request: SignedIn, sitting_id: UUID, item_id: UUID) -> HttpResponse:
    summons = _summons(request.user, sitting_id)
    items = queries.items_of(summons.sitting)
    place = next((n for n, item in enumerate(items) if item.id == item_id), None)
    if place is None:
        raise Http404
    version = queries.version_of(items[place])

    def shown(sha256: str) -> str:
        return reverse("member_image", args=[sitting_id, item_id, sha256])

    context = {
        "summons": summons,
        "sitting": summons.sitting,
        "item": items[place],
        "sign": OUTCOME_SIGNS[items[place].outcome],
        "version": version,
        "report": act_html(_report(version), tables="Tableau du rapport", image_src=shown),
        "deliberation": act_html(version.deliberation, tables="Tableau de la délibération", image_src=shown),
        "annexes": queries.annexes_for_member(items[place]),
        "previous": items[place - 1] if place else None,
        "following": items[place + 1] if place + 1 < len(items) else None,
    }
    return render(request, "member/report.html", context)


def _report(version: Version) -> Any:
    """The report of the item; that of its lead for one deliberation of several."""
    return documents.report_of(version.dossier) if version.dossier.lead else version.report


@signed_in
@require_safe
def annex(request: SignedIn, sitting_id: UUID, item_id: UUID, annex_id: UUID) -> HttpResponse:
    summons = _summons(request.user, sitting_id)
    item = next((item for item in queries.items_of(summons.sitting) if item.id == item_id), None)
    wanted = next((a for a in queries.annexes_for_member(item) if a.id == annex_id), None) if item else None
    if wanted is None:
        raise Http404
    return file_answer(attachments.read(wanted), name=wanted.name, media_type=wanted.media_type)


@signed_in
@require_safe
def image(request: SignedIn, sitting_id: UUID, item_id: UUID, sha256: str) -> HttpResponse:
    """An image of the report or of the deliberation put before the member."""
    summons = _summons(request.user, sitting_id)
    item = next((item for item in queries.items_of(summons.sitting) if item.id == item_id), None)
    if item is None:
        raise Http404
    version = queries.version_of(item)
    dossiers = [d for d in (version.dossier, version.dossier.lead) if d is not None]
    return image_answer(dossiers, (_report(version), version.deliberation), sha256, cache="private, no-store")


urls = [
    path("mes-seances/", my_sittings, name="my_sittings"),
    path("mes-seances/<uuid:sitting_id>/", book, name="book"),
    path("mes-seances/<uuid:sitting_id>/<uuid:item_id>/", report, name="member_report"),
    path("mes-seances/<uuid:sitting_id>/<uuid:item_id>/<uuid:annex_id>", annex, name="member_annex"),
    path("mes-seances/<uuid:sitting_id>/<uuid:item_id>/images/<slug:sha256>", image, name="member_image"),
]
