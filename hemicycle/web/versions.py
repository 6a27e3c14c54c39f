"""The versions of a dossier: one as it was frozen, or two side by side."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, register_converter
from django.utils import timezone
from django.views.decorators.http import require_safe

from hemicycle.chain.drafting import queries as drafting
from hemicycle.dossier.models import Version
from hemicycle.web import changes
from hemicycle.web.access import SignedIn, found, signed_in
from hemicycle.web.act_text import act_html


class NumberConverter:
    """A version's number: small, and never zero."""

    regex = "[1-9][0-9]{0,4}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(NumberConverter, "number")


def _version(request: SignedIn, dossier_id: UUID, number: int) -> Version:
    on = timezone.localdate()
    return found(drafting.version, dossier_id=dossier_id, number=number, agent=request.user, on=on)


@signed_in
@require_safe
def version(request: SignedIn, dossier_id: UUID, number: int) -> HttpResponse:
    shown = _version(request, dossier_id, number)
    context = {
        "version": shown,
        "dossier": shown.dossier,
        "latest": number == shown.dossier.version,
        "report": act_html(shown.report, tables="Tableau du rapport"),
        "deliberation": act_html(shown.deliberation, tables="Tableau de la délibération"),
    }
    return render(request, "dossier/version.html", context)


@signed_in
@require_safe
def compare(request: SignedIn, dossier_id: UUID, old: int, new: int) -> HttpResponse:
    before, after = _version(request, dossier_id, old), _version(request, dossier_id, new)
    context = {"dossier": after.dossier, "changes": changes.between(before, after)}
    return render(request, "dossier/comparison.html", context)


@signed_in
@require_safe
def compare_versions(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    """Where the form of two lists leads, without script: to the address of the comparison, older first."""
    try:
        chosen = sorted(int(request.GET[name]) for name in ("de", "a"))
    except (KeyError, ValueError):
        raise Http404 from None
    if not all(0 < number < 100_000 for number in chosen):
        raise Http404
    for number in chosen:
        _version(request, dossier_id, number)
    return redirect("compare", dossier_id, *chosen)


urls = [
    path("dossiers/<uuid:dossier_id>/versions/comparer", compare_versions, name="compare_versions"),
    path("dossiers/<uuid:dossier_id>/versions/<number:number>/", version, name="version"),
    path("dossiers/<uuid:dossier_id>/versions/<number:old>..<number:new>/", compare, name="compare"),
]
