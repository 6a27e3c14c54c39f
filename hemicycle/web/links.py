"""What a dossier follows, modifies or repeals: noted, and taken away while it is written."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from hemicycle.chain.drafting import links
from hemicycle.chain.drafting.actions.link_dossier import MAX_REFERENCE, link_dossier
from hemicycle.chain.drafting.actions.unlink_dossier import unlink_dossier
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.web.access import SignedIn, signed_in
from hemicycle.web.drafting import writable
from hemicycle.web.refusals import refusals_beside


class LinkForm(forms.Form):
    kind = forms.ChoiceField(label="Ce dossier", choices=links.KINDS, widget=forms.RadioSelect, initial="follows")
    target = forms.TypedChoiceField(
        label="Dossiers trouvés", required=False, coerce=UUID, empty_value=None, widget=forms.RadioSelect
    )
    number = forms.CharField(
        label="Numéro d’acte ou de dossier", required=False, max_length=24, help_text="Par exemple : CP-2026-0123."
    )
    reference = forms.CharField(
        label="Ou référence d’un acte plus ancien",
        required=False,
        max_length=MAX_REFERENCE,
        help_text="Un acte qui n’est pas dans ce logiciel. Par exemple : délibération n° 04-01 du 12 mars 2015.",
    )

    def __init__(self, *args: Any, proposed: list[Dossier], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        target = self.fields["target"]
        assert isinstance(target, forms.ChoiceField)
        target.choices = [(str(d.id), f"{d.act_number or d.number} – {d.object}") for d in proposed]
        if not proposed:
            del self.fields["target"]


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def linked(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    detail = writable(request, dossier_id)
    on = timezone.localdate()
    words = (request.POST.get("q") or request.GET.get("q", "")).replace("\x00", "").strip()[:80]
    proposed = list(links.to_link(request.user, on=on, words=words, but=dossier_id)) if words else []
    form = LinkForm(request.POST or None, proposed=proposed)
    if request.method == "POST" and form.is_valid():
        target = _target(request, form)
        if not form.errors:
            with refusals_beside(form):
                said = {name: form.cleaned_data[name] for name in ("kind", "reference")}
                link_dossier(dossier_id=dossier_id, target_id=target, agent=request.user, at=timezone.now(), **said)
                messages.success(request, "Le lien est noté.")
                return redirect("links", dossier_id)
    context = {"dossier": detail.dossier, "form": form, "links": detail.related.links, "q": words, "found": proposed}
    return render(request, "drafting/links.html", context, status=409 if form.errors else 200)


def _target(request: SignedIn, form: LinkForm) -> UUID | None:
    """The dossier chosen, or that of the number typed, which the form refuses when it is nobody's."""
    chosen: UUID | None = form.cleaned_data.get("target")
    number = form.cleaned_data["number"]
    if chosen or not number:
        return chosen
    target = links.by_number(request.user, on=timezone.localdate(), number=number)
    if target is None:
        form.add_error("number", f"Aucun dossier que vous puissiez lire ne porte le numéro « {number} ».")
        return None
    return target.id


@signed_in
@require_POST
def unlink(request: SignedIn, dossier_id: UUID, link_id: int) -> HttpResponse:
    writable(request, dossier_id)
    try:
        unlink_dossier(dossier_id=dossier_id, link_id=link_id, agent=request.user, at=timezone.now())
        messages.success(request, "Le lien est retiré.")
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("links", dossier_id)


urls = [
    path("dossiers/<uuid:dossier_id>/liens", linked, name="links"),
    path("dossiers/<uuid:dossier_id>/liens/<int:link_id>/retirer", unlink, name="unlink"),
]
