"""The filters that a person keeps: one page to keep one, see what each finds, and stop keeping it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from hemicycle.chain.finding import queries as finding
from hemicycle.chain.finding.actions import remove_filter as removing
from hemicycle.chain.finding.actions import save_filter as saving
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.web.access import SignedIn, signed_in
from hemicycle.web.dossiers import number_fr
from hemicycle.web.narrowing import address_of


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def saved_filters(request: SignedIn) -> HttpResponse:
    if request.method == "POST":
        return _save(request)
    kept = finding.filters_of(request.user)
    counts = finding.counts_of(request.user, on=timezone.localdate(), kept=kept, trays=())
    listed = [(k, f"{reverse('dossiers')}?{address_of(k.criteria)}", number_fr(counts.kept[k.id])) for k in kept]
    return render(request, "finding/saved_filters.html", {"kept": listed})


def _save(request: SignedIn) -> HttpResponse:
    said = request.POST.dict()
    try:
        kept = saving.save_filter(name=said.get("name", ""), criteria=said, agent=request.user, at=timezone.now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{reverse('dossiers')}?{address_of(finding.criteria_from(said))}")
    messages.success(request, f"Le filtre « {kept.name} » est gardé : il paraît au-dessus de vos listes.")
    return redirect(f"{reverse('dossiers')}?{address_of(finding.criteria_from(kept.criteria))}")


@signed_in
@require_POST
def remove_filter(request: SignedIn, filter_id: int) -> HttpResponse:
    try:
        removing.remove_filter(filter_id=filter_id, agent=request.user, at=timezone.now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Le filtre n’est plus gardé.")
    return redirect("saved_filters")


urls = [
    path("filtres", saved_filters, name="saved_filters"),
    path("filtres/<int:filter_id>/retirer", remove_filter, name="remove_filter"),
]
