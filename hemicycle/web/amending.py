"""Editing a text at one's turn in the circuit: a new version, on which the visas already given are asked again."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from hemicycle.chain.circuit.actions.amend import amend
from hemicycle.chain.drafting.actions.save_text import EMPTY
from hemicycle.dossier.models import Dossier
from hemicycle.texts.markup import editable_as_markup, from_markup, to_markup
from hemicycle.texts.refusal import TextRefused
from hemicycle.texts.tree import Doc, clean
from hemicycle.web import editor
from hemicycle.web.access import SignedIn, signed_in
from hemicycle.web.act_text import act_html
from hemicycle.web.gesture_pages import Page, awaited_by, readable
from hemicycle.web.refusals import refusals_beside
from hemicycle.web.visa_forms import AmendForm

TEXTS = {"rapport": ("report", "le rapport"), "deliberation": ("deliberation", "le projet de délibération")}

AMEND = Page(
    title="Modifier le texte à mon tour",
    form=AmendForm,
    button="Enregistrer comme nouvelle version",
    consequence="La version {version} reste telle quelle ; une nouvelle version la suit, et votre visa reste à donner. "
    "Les visas déjà donnés se liront « donné sur la version {version} » et seront redemandés quand leur étape le veut.",
    template="circuit/amend.html",
)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def amend_(request: SignedIn, dossier_id: UUID, part: str) -> HttpResponse:
    if part not in TEXTS:
        raise Http404
    text, name = TEXTS[part]
    dossier = readable(request, dossier_id).dossier
    tree = clean(getattr(dossier, text) or EMPTY)
    if request.method != "POST":
        awaited = awaited_by(request, dossier)
        around = _around(request, dossier, text, name, tree)
        return AMEND.opened(request, dossier, awaited, offer=lambda f: _fill(f, tree), **around)
    form = AmendForm(request.POST)
    if form.is_valid():
        content = _read(form)
        if content is not None:
            with refusals_beside(form):
                version = amend(
                    dossier_id=dossier_id,
                    agent=request.user,
                    text=text,
                    content=content,
                    note=form.cleaned_data["note"],
                    at=timezone.now(),
                    **form.read(),
                )
                messages.success(request, f"La version {version.number} est enregistrée ; votre visa portera sur elle.")
                return redirect("dossier", dossier_id)
    around = _around(request, dossier, text, name, _typed(form) or tree)
    return AMEND.refused(request, dossier, form, **around)


def _fill(form: AmendForm, tree: Doc) -> None:
    """The text as the light markup says it, when it can."""
    form.initial["content"] = to_markup(tree) if editable_as_markup(tree) else ""


def _around(request: SignedIn, dossier: Dossier, text: str, name: str, tree: Doc) -> dict[str, Any]:
    plainly = request.GET.get("saisie") == "simple"
    return {
        "name": name,
        "plain": editable_as_markup(tree),
        "plainly": plainly,
        "present": act_html(tree, dossier=dossier.id),
        "editor": None if plainly else editor.in_a_form(dossier, text, tree, request.user),
    }


def _read(form: AmendForm) -> Any:
    """The text sent: a tree by the editor, the light markup without it. None when it cannot be read: said beside."""
    try:
        tree = _tree(form.cleaned_data["content"])
        return from_markup(form.cleaned_data["content"]) if tree is None else clean(tree)
    except TextRefused as refusal:
        form.add_error("content", str(refusal))
    return None


def _tree(written: str) -> Any:
    """The JSON of the editor; None for anything else."""
    if not written.startswith('{"'):
        return None
    try:
        return json.loads(written)
    except (ValueError, RecursionError):
        return None


def _typed(form: AmendForm) -> Doc | None:
    """What was sent, as far as it can be shown again in the editor."""
    try:
        written = form["content"].value() or ""
        tree = _tree(written)
        return from_markup(written) if tree is None else clean(tree)
    except TextRefused:
        return None


urls = [path("dossiers/<uuid:dossier_id>/corriger/<slug:part>", amend_, name="amend")]
