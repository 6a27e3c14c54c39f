"""Signing with one's own certificate, and passing an act to a delegate."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.signing import arrangements, queries
from hemicycle.chain.signing.actions.bring_signature import MAX_BYTES, bring_signature
from hemicycle.chain.signing.actions.entrust_signature import entrust_signature
from hemicycle.chain.signing.actions.prepare_blob import prepare_blob
from hemicycle.chain.transmission.actions.check_before_signing import check_before_signing
from hemicycle.dossier import access
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.web.access import SignedIn, signed_in
from hemicycle.web.papers import file_answer
from hemicycle.web.refusals import refusals_beside


class BroughtForm(forms.Form):
    signed = forms.FileField(
        label="Le fichier signé",
        help_text="Le PDF que votre outil a produit, ou la signature à part (.p7s) du bloc à signer.",
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf,.p7s,.p7m,.pem,.der"}),
        error_messages={
            "required": "Choisissez le PDF signé par votre outil.",
            "empty": "Ce fichier est vide ; choisissez le PDF signé par votre outil.",
        },
    )


class EntrustForm(forms.Form):
    """To whom the act passes: a delegate, or back to the president."""

    delegation = forms.ChoiceField(
        label="Qui signe",
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez qui signe.", "invalid_choice": "Ce choix n’est plus possible."},
    )

    def __init__(self, *args: object, delegates: list[arrangements.Delegated], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["delegation"]
        assert isinstance(field, forms.ChoiceField)
        named = [(str(one.id), f"{one.holder.full_name}, par délégation ({one.reference})") for one in delegates]
        field.choices = [("0", "le président en fonction, lui-même"), *named]


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    """What to do to sign with one's own tool, and where to bring the file back."""
    waiting = queries.waiting_for(dossier_id=dossier_id, agent=request.user, on=timezone.localdate())
    if waiting is None:
        raise Http404
    form = BroughtForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["signed"]
        with refusals_beside(form):
            # One byte too many is enough to be refused.
            _bring(dossier_id, file.read(MAX_BYTES + 1), request.user)
            messages.success(
                request, "Votre fichier est reçu. Son certificat est vérifié auprès de son autorité, puis l’acte part."
            )
            return redirect("act_to_sign", dossier_id)
    context = {"waiting": waiting, "form": form}
    return render(request, "signing/own.html", context, status=409 if form.errors else 200)


@signed_in
@require_POST
def blob(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    """The bytes to be signed apart from the file; the same each time."""
    waiting = queries.waiting_for(dossier_id=dossier_id, agent=request.user, on=timezone.localdate())
    if waiting is None:
        raise Http404
    try:
        data = prepare_blob(dossier_id=dossier_id, agent=request.user, at=timezone.now())
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("own_signature", dossier_id)
    return file_answer(data, name=f"{waiting.act.number}-a-signer.bin", media_type="application/octet-stream")


@transaction.atomic
def _bring(dossier_id: UUID, signed: bytes, agent: Agent) -> None:
    """What the préfecture would refuse is not signed by this path either."""
    at = timezone.now()
    check_before_signing(dossier_id=dossier_id, agent=agent, at=at)
    bring_signature(dossier_id=dossier_id, signed=signed, agent=agent, at=at)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def entrust(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    """Choose who signs the act among the president and the delegates of today."""
    today = timezone.localdate()
    dossier = access.visible_to(request.user, on=today).filter(id=dossier_id).first()
    act = queries.act_of(dossier) if dossier else None
    turn = queries.turn_of(act) if act else None
    own_one = turn is not None and (turn.absent or turn.signatory.agent).pk == request.user.pk
    if turn is None or not (own_one or accounts.holds(request.user, Role.ASSEMBLY_OFFICE, on=today)):
        raise Http404
    form = EntrustForm(request.POST or None, delegates=arrangements.delegates(on=today))
    if request.method == "POST" and form.is_valid():
        with refusals_beside(form):
            chosen = int(form.cleaned_data["delegation"])
            again = entrust_signature(
                dossier_id=dossier_id, delegation_id=chosen or None, agent=request.user, at=timezone.now()
            )
            messages.success(
                request, f"L’acte {again.number} est établi de nouveau, à signer par {again.signatory.agent.full_name}."
            )
            return redirect("dossier", dossier_id)
    given = any(one.signed_at for one in queries.signatures_of(turn))
    context = {"act": act, "dossier": dossier, "turn": turn, "form": form, "given": given}
    return render(request, "signing/entrust.html", context, status=409 if form.errors else 200)


urls = [
    path("a-signer/<uuid:dossier_id>/certificat-personnel", own, name="own_signature"),
    path("a-signer/<uuid:dossier_id>/bloc", blob, name="sign_blob"),
    path("actes/<uuid:dossier_id>/signataire", entrust, name="entrust_signature"),
]
