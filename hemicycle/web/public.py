"""The public site: the acts, in full, for anyone; nothing that is not published."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Authority, Body
from hemicycle.chain.publication import queries
from hemicycle.dossier.models import Dossier
from hemicycle.web.act_text import act_html
from hemicycle.web.drawings.legal_calendar import Milestone
from hemicycle.web.papers import file_answer
from hemicycle.web.shown_images import image_answer

#: In the place of an assembly, for the acts that none votes.
PRESIDENT = (queries.PRESIDENT, "président du conseil départemental")


class SearchForm(forms.Form):
    q = forms.CharField(label="Mots de l’objet ou numéro", required=False, max_length=120)
    year = forms.TypedChoiceField(label="Année", required=False, coerce=int, empty_value=None)
    body = forms.ChoiceField(label="Auteur", required=False, choices=[("", "tous"), *Body.choices, PRESIDENT])

    def __init__(self, *args: Any, years: tuple[int, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["year"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", "toutes"), *((str(y), str(y)) for y in years)]


def around(current: str) -> dict[str, Any]:
    """What surrounds every public page."""
    entries = [("Actes", "public_acts"), ("Séances", "public_sittings"), ("Vérifier", "verify_document")]
    nav = [{"label": label, "url": reverse(name), "current": name == current} for label, name in entries]
    authority = Authority.objects.filter(id=1).first()
    return {
        "organisation": authority.name if authority else "",
        "public_nav": nav,
        "public_home_url": reverse("public_acts"),
    }


@require_safe
def acts(request: HttpRequest) -> HttpResponse:
    years = queries.published_acts().years
    form = SearchForm(request.GET, years=years)
    asked = form.cleaned_data if form.is_valid() else {}
    page = queries.published_acts(
        words=asked.get("q", ""), year=asked.get("year"), body=asked.get("body", ""), page=_number(request)
    )
    query = request.GET.copy()
    query.pop("page", None)
    context = {"form": form, "page": page, "query": query.urlencode(), **around("public_acts")}
    return render(request, "public/acts.html", context)


def _number(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


@require_safe
def act(request: HttpRequest, slug: str) -> HttpResponse:
    found = queries.public_act(slug)
    if found is None:
        raise Http404
    context = {
        "act": found,
        "text": act_html(found.text, image_src=lambda sha256: reverse("public_image", args=[slug, sha256])),
        "milestones": _milestones(found),
        **around("public_acts"),
    }
    return render(request, "public/act.html", context)


def _milestones(found: queries.PublicAct) -> list[Milestone]:
    """The legal life of the act: decided, received, online, the end of the appeal term."""
    today, last = timezone.localdate(), found.appeal.last_day
    e = "e" if found.feminine else ""
    decided = "Adoptée" if found.vote else f"Pris{e}"
    stones = [
        Milestone(on=found.decided_on, label=decided, state="done"),
        Milestone(on=found.received_on, label=f"Reçu{e} en préfecture", state="done"),
        Milestone(on=found.published_on, label=f"Mis{e} en ligne", state="done"),
        Milestone(on=last, label="Fin du délai de recours", state="done" if last < today else "todo"),
    ]
    if found.cancelled_on is not None:
        stones.append(Milestone(on=found.cancelled_on, label="Transmission annulée", state="late"))
    return stones


@require_safe
def file(_request: HttpRequest, slug: str, file_id: UUID) -> HttpResponse:
    wanted = queries.public_file(slug, file_id)
    if wanted is None:
        raise Http404
    answer = file_answer(wanted.data, name=wanted.name, media_type=wanted.media_type)
    answer["Cache-Control"] = "public, max-age=300"
    return answer


@require_safe
def image(_request: HttpRequest, slug: str, sha256: str) -> HttpResponse:
    """An image of the text of a published act."""
    found = queries.public_act(slug)
    if found is None:
        raise Http404
    dossiers = Dossier.objects.filter(act_number=found.number)
    return image_answer(dossiers, [found.text], sha256, cache="public, max-age=300")


@require_safe
def held_sittings(request: HttpRequest) -> HttpResponse:
    context = {"sittings": queries.sittings_with_acts(), **around("public_sittings")}
    return render(request, "public/sittings.html", context)


@require_safe
def decisions(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    found = queries.decision_list(sitting_id)
    if found is None:
        raise Http404
    return render(request, "public/decisions.html", {"found": found, **around("public_sittings")})


@require_safe
def decisions_pdf(_request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    data = queries.decision_list_pdf(sitting_id, at=timezone.now())
    if data is None:
        raise Http404
    return file_answer(data, name="liste-des-deliberations.pdf", media_type="application/pdf")


@require_safe
def open_data(_request: HttpRequest) -> HttpResponse:
    """Every published deliberation, in the national format (SCDL)."""
    if not Authority.objects.exists():
        raise Http404
    answer = HttpResponse(queries.scdl_csv(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="deliberations-{accounts.authority().siren}.csv"'
    return answer


urls = [
    path("actes/", acts, name="public_acts"),
    path("actes/scdl.csv", open_data, name="scdl"),
    path("actes/seances/", held_sittings, name="public_sittings"),
    path("actes/seances/<uuid:sitting_id>/", decisions, name="public_decisions"),
    path("actes/seances/<uuid:sitting_id>/liste.pdf", decisions_pdf, name="public_decisions_pdf"),
    path("actes/<slug:slug>/", act, name="public_act"),
    path("actes/<slug:slug>/<uuid:file_id>", file, name="public_file"),
    path("actes/<slug:slug>/images/<slug:sha256>", image, name="public_image"),
]
