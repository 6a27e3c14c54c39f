"""The signatory's pile, and the register of the acts."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth import authenticate
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from hemicycle.accounts.models import Body
from hemicycle.chain.signing import queries
from hemicycle.chain.signing.actions.order_signature import order_signature
from hemicycle.chain.signing.actions.refuse_signature import refuse_signature
from hemicycle.chain.transmission.actions.check_before_signing import check_before_signing
from hemicycle.chain.transmission.queries import refusable_among
from hemicycle.dossier import attachments
from hemicycle.web.access import SignedIn, signed_in
from hemicycle.web.act_text import act_html
from hemicycle.web.papers import file_answer
from hemicycle.web.refusals import refusals_beside


class SignForm(forms.Form):
    """The acts chosen, each with the digest of the bytes that were on screen, and the person once more."""

    acts = forms.MultipleChoiceField(
        label="Actes",
        error_messages={"required": "Cochez au moins un acte à signer."},
        widget=forms.MultipleHiddenInput,
    )
    password = forms.CharField(
        label="Votre mot de passe",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Saisissez votre mot de passe : signer demande de vous identifier de nouveau."},
    )

    def __init__(self, *args: object, request: SignedIn, pile: list[queries.ToSign], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.request = request
        field = self.fields["acts"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(key_of(waiting), waiting.act.number) for waiting in pile]
        field.error_messages["invalid_choice"] = (
            "Un des actes choisis a changé ou n’attend plus votre signature ; relisez la liste."
        )

    def clean_password(self) -> str:
        """Asked through the back ends: wrong passwords are counted here as they are at the door."""
        password: str = self.cleaned_data["password"]
        agent = authenticate(self.request, username=self.request.user.email, password=password)
        if agent is None or agent.pk != self.request.user.pk:
            raise forms.ValidationError("Ce mot de passe n’est pas le vôtre ; rien n’est signé.")
        return ""

    def orders(self) -> list[tuple[UUID, str]]:
        """Dossier and digest of each act chosen."""
        pairs = (key.split("/", 1) for key in self.cleaned_data["acts"])
        return [(UUID(dossier_id), sha256) for dossier_id, sha256 in pairs]


class RefusalForm(forms.Form):
    reason = forms.CharField(
        label="Motif du refus", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


def key_of(waiting: queries.ToSign) -> str:
    return f"{waiting.dossier.id}/{waiting.sha256}"


def _pile(request: SignedIn) -> list[queries.ToSign]:
    return queries.to_sign(request.user, on=timezone.localdate())


@signed_in
@require_safe
def pile(request: SignedIn) -> HttpResponse:
    return _list(request, None)


def _list(request: SignedIn, form: SignForm | None) -> HttpResponse:
    every = _pile(request)
    context = {
        "awaited": [(waiting, key_of(waiting)) for waiting in every if waiting.awaited],
        "ordered": [waiting for waiting in every if not waiting.awaited],
        "refusable": refusable_among(waiting.dossier.id for waiting in every if waiting.awaited),
        "form": form,
        "blank": form or SignForm(request=request, pile=[]),
        "chosen": request.POST.getlist("acts"),
    }
    return render(request, "signing/pile.html", context, status=409 if form else 200)


@signed_in
@require_safe
def reading(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    return _reading(request, dossier_id)


def _reading(
    request: SignedIn, dossier_id: UUID, *, form: SignForm | None = None, refusal: RefusalForm | None = None
) -> HttpResponse:
    every = _pile(request)
    waiting = next((w for w in every if w.dossier.id == dossier_id), None)
    if waiting is None:
        raise Http404
    context = {
        "pile": every,
        "waiting": waiting,
        "key": key_of(waiting),
        "text": act_html(waiting.text, under=1, dossier=waiting.dossier.id),
        "form": form,
        "blank": form or SignForm(request=request, pile=every),
        "refusal": refusal or RefusalForm(),
    }
    return render(request, "signing/reading.html", context, status=409 if form or refusal else 200)


@sensitive_post_parameters("password")
@signed_in
@require_POST
def sign(request: SignedIn) -> HttpResponse:
    """Order the signature of all the acts chosen, or of none."""
    form = SignForm(request.POST, request=request, pile=_pile(request))
    if form.is_valid():
        orders = form.orders()
        with refusals_beside(form), transaction.atomic():
            for dossier_id, sha256 in orders:
                check_before_signing(dossier_id=dossier_id, agent=request.user, at=timezone.now())
                order_signature(dossier_id=dossier_id, sha256_read=sha256, agent=request.user, at=timezone.now())
            said = f"{len(orders)} actes sont" if len(orders) > 1 else "L’acte est"
            messages.success(request, f"{said} en cours de signature.")
            return redirect("to_sign")
    one = request.POST.get("one", "")
    return _reading(request, UUID(one), form=form) if _is_uuid(one) else _list(request, form)


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@signed_in
@require_POST
def refuse(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    form = RefusalForm(request.POST)
    if dossier_id not in {waiting.dossier.id for waiting in _pile(request)}:
        raise Http404
    if form.is_valid():
        with refusals_beside(form):
            refuse_signature(
                dossier_id=dossier_id, reason=form.cleaned_data["reason"], agent=request.user, at=timezone.now()
            )
            messages.success(request, "L’acte retourne au service des assemblées avec votre motif.")
            return redirect("to_sign")
    return _reading(request, dossier_id, refusal=form)


@signed_in
@require_safe
def frozen(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    """The exact bytes that the signature will cover."""
    waiting = queries.waiting_for(dossier_id=dossier_id, agent=request.user, on=timezone.localdate())
    if waiting is None:
        raise Http404
    act = waiting.act
    return file_answer(attachments.read(act.frozen), name=act.frozen.name, media_type=act.frozen.media_type)


class RegisterForm(forms.Form):
    q = forms.CharField(label="Mots ou numéro", required=False, max_length=120)
    year = forms.IntegerField(label="Année", required=False, min_value=1900, max_value=2999)
    body = forms.ChoiceField(label="Assemblée", required=False, choices=[("", "toutes"), *Body.choices])


@signed_in
@require_safe
def register(request: SignedIn) -> HttpResponse:
    form = RegisterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    rows = queries.acts(
        request.user,
        on=timezone.localdate(),
        body=asked.get("body", ""),
        year=asked.get("year"),
        words=asked.get("q", ""),
    )
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    return render(request, "signing/register.html", {"form": form, "page": page, "query": query.urlencode()})


urls = [
    path("a-signer/", pile, name="to_sign"),
    path("a-signer/signer", sign, name="sign"),
    path("a-signer/<uuid:dossier_id>/", reading, name="act_to_sign"),
    path("a-signer/<uuid:dossier_id>/acte.pdf", frozen, name="frozen_act"),
    path("a-signer/<uuid:dossier_id>/refuser", refuse, name="refuse_signature"),
    path("actes/registre/", register, name="acts_register"),
]
