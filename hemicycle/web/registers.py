"""The registers of acts: a page and a print by kind and year, a number cancelled, an extract certified."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hemicycle.accounts.models import Role
from hemicycle.chain.drafting import queries as drafting
from hemicycle.chain.registers import queries
from hemicycle.chain.registers.actions.cancel_number import MAX_REASON, cancel_number
from hemicycle.chain.registers.actions.certify_extract import certify_extract
from hemicycle.chain.registers.documents import register_pdf
from hemicycle.chain.registers.queries import PRINTERS, Year
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.rendering.compile import RenderingRefused
from hemicycle.web.access import SignedIn, found, signed_in
from hemicycle.web.doors import for_roles
from hemicycle.web.papers import file_answer
from hemicycle.web.refusals import refusals_beside


class CancelForm(forms.Form):
    reason = forms.CharField(
        label="Motif",
        max_length=MAX_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Il se lit dans le registre, à la place de l’acte.",
    )


def _year(key: str, year: int) -> Year:
    """Raises Http404 for a register that has no number."""
    for known in queries.years(on=timezone.localdate()):
        if (known.key, known.year) == (key, year):
            return known
    raise Http404


@signed_in
@require_safe
def registers(request: SignedIn) -> HttpResponse:
    return render(request, "registers/registers.html", {"years": queries.years(on=timezone.localdate())})


@signed_in
@require_safe
def register(request: SignedIn, key: str, year: int) -> HttpResponse:
    on = timezone.localdate()
    context = {
        "register": _year(key, year),
        "lines": queries.lines(key, year, agent=request.user, on=on),
        "may_print": queries.may_print(request.user, on=on),
    }
    return render(request, "registers/register.html", context)


@for_roles(*PRINTERS)
@require_safe
def print_register(request: SignedIn, key: str, year: int) -> HttpResponse:
    """The register whole, as PDF/A: for those who keep it."""
    _year(key, year)
    try:
        pdf = register_pdf(key, year, at=timezone.localtime())
    except RenderingRefused as refusal:
        messages.error(request, f"Le registre ne peut pas être imprimé. {refusal}")
        return redirect("register", key, year)
    return file_answer(pdf, name=f"registre-{key}-{year}.pdf", media_type="application/pdf")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    on = timezone.localdate()
    detail = found(drafting.detail, dossier_id=dossier_id, agent=request.user, on=on)
    if not queries.may_cancel(detail.dossier, request.user, on=on):
        raise Http404
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_beside(form):
            line = cancel_number(dossier_id=dossier_id, agent=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, f"Le numéro {line.act_number} est annulé ; il reste au registre avec son motif.")
            return redirect("dossier", dossier_id)
    context = {"form": form, "dossier": detail.dossier}
    return render(request, "registers/cancel.html", context, status=409 if form.errors else 200)


@for_roles(Role.ASSEMBLY_OFFICE)
@require_POST
def certify(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    found(drafting.detail, dossier_id=dossier_id, agent=request.user, on=timezone.localdate())
    try:
        kept = certify_extract(dossier_id=dossier_id, agent=request.user, at=timezone.now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("dossier", dossier_id)
    return redirect("piece", kept.id)


urls = [
    path("registres/", registers, name="registers"),
    path("registres/<str:key>/<int:year>/", register, name="register"),
    path("registres/<str:key>/<int:year>/registre.pdf", print_register, name="print_register"),
    path("dossiers/<uuid:dossier_id>/numero/annuler", cancel, name="cancel_number"),
    path("dossiers/<uuid:dossier_id>/extrait", certify, name="certify_extract"),
]
