"""The dossiers that one may read: the list, narrowed by stage and by words, and the search."""

from __future__ import annotations

from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from hemicycle.chain.drafting import queries as drafting
from hemicycle.dossier.stages import Stage
from hemicycle.web.access import SignedIn, signed_in
from hemicycle.web.holding import lines_of
from hemicycle.web.inbox import LINEAGE

PER_PAGE = 50


class FilterForm(forms.Form):
    """What narrows the list; nonsense narrows nothing."""

    mots = forms.CharField(label="Numéro ou mots de l’objet", required=False, max_length=200)
    etape = forms.ChoiceField(label="Étape", required=False, choices=[("", "toutes"), *Stage.choices])


@signed_in
@require_safe
def dossiers(request: SignedIn) -> HttpResponse:
    form = FilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    context = _listed(request, words=chosen.get("mots", ""), stage=chosen.get("etape", ""))
    may_open = bool(drafting.units_to_draft_for(request.user, on=timezone.localdate()))
    return render(request, "dossier/list.html", {**context, "form": form, "may_open": may_open})


@signed_in
@require_safe
def search(request: SignedIn) -> HttpResponse:
    words = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    context = _listed(request, words=words, stage="") if words else {"page": None, "lines": [], "query": ""}
    return render(request, "dossier/search.html", {**context, "search_query": words})


def _listed(request: SignedIn, *, words: str, stage: str) -> dict[str, object]:
    on = timezone.localdate()
    rows = drafting.all_visible(request.user, on=on, words=words, stage=stage).select_related(LINEAGE, "drafter")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    kept = [(name, value) for name, value in request.GET.items() if name != "page" and value]
    return {"page": page, "lines": lines_of(page.object_list, on=on), "query": urlencode(kept)}


urls = [path("dossiers", dossiers, name="dossiers"), path("recherche", search, name="search")]
