"""The versions of a dossier: one as it was frozen, two compared on the screen or on paper, one restored."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, register_converter, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from hemicycle.chain.circuit import queries as circuit
from hemicycle.chain.drafting import queries as drafting
from hemicycle.chain.drafting.actions.restore_text import CHOICES, restore_text
from hemicycle.chain.drafting.queries import Detail
from hemicycle.dossier import versions
from hemicycle.dossier.models import Version
from hemicycle.rendering.compile import RenderingRefused
from hemicycle.web import changes
from hemicycle.web.access import SignedIn, found, signed_in
from hemicycle.web.act_text import act_html
from hemicycle.web.changes import Changes
from hemicycle.web.comparison_paper import comparison_pdf
from hemicycle.web.papers import file_answer
from hemicycle.web.refusals import refusals_beside

#: The working texts, where a version's number is expected.
WORKING = "travail"


class NumberConverter:
    """A version's number: small, and never zero."""

    regex = "[1-9][0-9]{0,4}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class SideConverter(NumberConverter):
    """The later side of a comparison: a version's number, or the working texts, which stand as 0."""

    regex = f"[1-9][0-9]{{0,4}}|{WORKING}"

    def to_python(self, value: str) -> int:
        return 0 if value == WORKING else int(value)

    def to_url(self, value: int) -> str:
        return str(value) if value else WORKING


register_converter(NumberConverter, "number")
register_converter(SideConverter, "side")


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
        "may_restore": drafting.may_write(shown.dossier, request.user, on=timezone.localdate()),
        "report": act_html(shown.report, tables="Tableau du rapport", dossier=dossier_id),
        "deliberation": act_html(shown.deliberation, tables="Tableau de la délibération", dossier=dossier_id),
    }
    return render(request, "dossier/version.html", context)


def _compared(request: SignedIn, dossier_id: UUID, old: int, new: int, **shown: bool) -> tuple[Detail, Changes]:
    """The dossier and what changed. Raises Http404 for a version never made, or texts that one does not write."""
    on = timezone.localdate()
    detail = found(drafting.detail, dossier_id=dossier_id, agent=request.user, on=on)
    made = {version.number: version for version in detail.versions}
    if new == 0 and detail.may_write:
        made[0] = versions.working(detail.dossier, at=timezone.now())
    if old not in made or new not in made:
        raise Http404
    # One dossier for both sides: their pages and papers name its direction.
    made[old].dossier = made[new].dossier = detail.dossier
    return detail, changes.between(made[old], made[new], **shown)


@signed_in
@require_safe
def compare(request: SignedIn, dossier_id: UUID, old: int, new: int) -> HttpResponse:
    whole = "tout" in request.GET
    detail, compared = _compared(request, dossier_id, old, new, whole=whole, stepped=True)
    context = {
        "dossier": detail.dossier,
        "changes": compared,
        "whole": whole,
        "versions": list(reversed(detail.versions)),
        "may_write": detail.may_write,
        "old": old,
        "new": new,
        "steps": compared.steps,
        "working": WORKING,
    }
    return render(request, "dossier/comparison.html", context)


@signed_in
@require_safe
def compare_pdf(request: SignedIn, dossier_id: UUID, old: int, new: int) -> HttpResponse:
    detail, compared = _compared(request, dossier_id, old, new)
    try:
        data = comparison_pdf(compared, at=timezone.now(), whole="tout" in request.GET)
    except RenderingRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("compare", dossier_id, old, new)
    sides = f"v{old}-{f'v{new}' if new else WORKING}"
    return file_answer(data, name=f"{detail.dossier.number}-comparaison-{sides}.pdf", media_type="application/pdf")


@signed_in
@require_safe
def compare_versions(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    """Where the form of two lists leads, without script: to the address of the comparison, older first.

    Asked for nothing, what changed since the reader's last visa, or last reading, or since the version before.
    """
    if not request.GET:
        return redirect("compare", dossier_id, *_since(request, dossier_id))
    try:
        chosen = [0 if request.GET[name] == WORKING else int(request.GET[name] or "-1") for name in ("de", "a")]
    except (KeyError, ValueError):
        raise Http404 from None
    if not all(0 <= number < 100_000 for number in chosen) or not any(chosen):
        raise Http404
    for number in filter(None, chosen):
        _version(request, dossier_id, number)
    # The working texts come after every version.
    return redirect("compare", dossier_id, *sorted(chosen, key=lambda number: number or 100_000))


def _since(request: SignedIn, dossier_id: UUID) -> tuple[int, int]:
    detail = found(drafting.detail, dossier_id=dossier_id, agent=request.user, on=timezone.localdate())
    last = detail.dossier.version
    visas = (visa for step in circuit.steps_of(detail.dossier) for visa in step.visas)
    mine = max((visa.version for visa in visas if visa.agent_id == request.user.pk), default=0)
    for start in (mine, detail.last_read, last - 1):
        if 0 < start < last:
            return start, last
    if last and detail.may_write:
        return last, 0
    raise Http404


class RestoringForm(forms.Form):
    text = forms.ChoiceField(
        label="Ce qui est remis",
        choices=[
            (CHOICES[0], "Le rapport"),
            (CHOICES[1], "Le projet de délibération"),
            (CHOICES[2], "Les deux textes"),
        ],
        initial=CHOICES[2],
        widget=forms.RadioSelect,
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: SignedIn, dossier_id: UUID, number: int) -> HttpResponse:
    detail = found(drafting.detail, dossier_id=dossier_id, agent=request.user, on=timezone.localdate())
    older = next((v for v in detail.versions if v.number == number), None)
    if older is None or not detail.may_write:
        raise Http404
    form = RestoringForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_beside(form):
            restore_text(
                dossier_id=dossier_id, version=number, agent=request.user, at=timezone.now(), **form.cleaned_data
            )
            messages.success(request, f"Le texte de la version {number} est de nouveau le texte de travail.")
            return redirect(reverse("dossier_tab", args=[dossier_id, "versions"]) + "#matiere")
    present = versions.working(detail.dossier, at=timezone.now())
    context: dict[str, Any] = {
        "dossier": detail.dossier,
        "version": older,
        "form": form,
        "texts": changes.texts_between(present, older),
    }
    return render(request, "dossier/restore.html", context, status=409 if form.errors else 200)


_PAIR = "dossiers/<uuid:dossier_id>/versions/<number:old>..<side:new>/"
urls = [
    path("dossiers/<uuid:dossier_id>/versions/comparer", compare_versions, name="compare_versions"),
    path("dossiers/<uuid:dossier_id>/versions/<number:number>/", version, name="version"),
    path("dossiers/<uuid:dossier_id>/versions/<number:number>/retablir", restore, name="restore_text"),
    path(_PAIR, compare, name="compare"),
    path(f"{_PAIR}comparaison.pdf", compare_pdf, name="compare_pdf"),
]
