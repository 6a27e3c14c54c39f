"""The signatory's pile, and the register of the acts."""

from __future__ import annotations

import datetime as dt
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

from hemicycle.accounts.models import Agent, Body
from hemicycle.chain.signing import queries
from hemicycle.chain.signing.actions.begin_gesture import begin_gesture
from hemicycle.chain.signing.actions.order_signature import order_signature
from hemicycle.chain.signing.actions.refuse_signature import refuse_signature
from hemicycle.chain.signing.codes import LABELS, LONGEST
from hemicycle.chain.signing.together import codes_asked
from hemicycle.chain.transmission.actions.check_before_signing import check_before_signing
from hemicycle.chain.transmission.queries import refusable_among
from hemicycle.dossier import attachments
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.web.access import SignedIn, signed_in
from hemicycle.web.act_text import act_html
from hemicycle.web.papers import file_answer
from hemicycle.web.refusals import refusals_beside

SHA256_HEX = 64
#: What is said of the acts just ordered, and how long their gesture stays on the page.
UNDER_WAY = " en cours de signature."
RECENT = dt.timedelta(hours=1)
PRESIDENT = "president"


class ActsField(forms.MultipleChoiceField):
    """Keys « dossier/digest »; whether each is still to be signed is judged act by act, not for all of them at once."""

    def valid_value(self, value: object) -> bool:
        dossier_id, _, sha256 = str(value).partition("/")
        return _is_uuid(dossier_id) and len(sha256) == SHA256_HEX


def code_field(name: str) -> forms.CharField:
    """A PIN is the key's own; a one-time code comes to its holder and lives a few minutes."""
    once = name == "OTP"
    widget: forms.Widget
    if once:
        widget = forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"})
    else:
        widget = forms.PasswordInput(attrs={"autocomplete": "off"})
    return forms.CharField(
        label=LABELS[name],
        max_length=LONGEST,
        widget=widget,
        error_messages={"required": f"Saisissez votre {LABELS[name][0].lower()}{LABELS[name][1:]} : rien n’est signé."},
    )


class SignForm(forms.Form):
    """The acts chosen, each with the digest of the bytes that were on screen, and the person once more."""

    acts = ActsField(
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

    def __init__(self, *args: object, request: SignedIn, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.request = request
        self.asked = codes_asked(request.user, on=timezone.localdate())
        for name in self.asked:
            self.fields[name.lower()] = code_field(name)

    @property
    def codes(self) -> list[forms.BoundField]:
        """What the key wants of its holder, beside the password."""
        return [self[name.lower()] for name in self.asked]

    def typed(self) -> dict[str, str]:
        """The codes, by name."""
        return {name: self.cleaned_data[name.lower()] for name in self.asked}

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
    now = timezone.now()
    context = {
        "gesture": queries.last_gesture(request.user, since=now - RECENT),
        "all_chosen": request.GET.get("choisir") == "tous",
        "awaited": [(waiting, key_of(waiting)) for waiting in every if waiting.awaited],
        "ordered": [waiting for waiting in every if not waiting.awaited],
        "refusable": refusable_among(waiting.dossier.id for waiting in every if waiting.awaited),
        "form": form,
        "blank": form or SignForm(request=request),
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
        "refused_gesture": waiting.expected.gesture.refusal if waiting.expected.gesture else "",
        "may_entrust": waiting.expected.who == PRESIDENT and waiting.on_behalf_of is None,
        "key": key_of(waiting),
        "text": act_html(waiting.text, under=1, dossier=waiting.dossier.id),
        "form": form,
        "blank": form or SignForm(request=request),
        "refusal": refusal or RefusalForm(),
    }
    return render(request, "signing/reading.html", context, status=409 if form or refusal else 200)


@sensitive_post_parameters("password", "pin", "otp")
@signed_in
@require_POST
def sign(request: SignedIn) -> HttpResponse:
    """Order the signature of the acts chosen, each by itself: one that cannot be leaves the others."""
    form = SignForm(request.POST, request=request)
    if form.is_valid():
        ordered, refused = _order_all(request.user, form.orders(), form.typed())
        if ordered:
            messages.success(request, f"{ordered} actes sont" + UNDER_WAY if ordered > 1 else "L’acte est" + UNDER_WAY)
            for reason in refused:
                messages.warning(request, reason)
            return redirect("to_sign")
        for reason in refused:
            form.add_error(None, reason)
    one = request.POST.get("one", "")
    return _reading(request, UUID(one), form=form) if _is_uuid(one) else _list(request, form)


def _order_all(agent: Agent, orders: list[tuple[UUID, str]], codes: dict[str, str]) -> tuple[int, list[str]]:
    """How many signatures are ordered, at one moment which makes them one gesture; and why the others are not."""
    at = timezone.now()
    try:
        gesture = begin_gesture(codes=codes, agent=agent, at=at)
    except ActionRefused as refusal:
        return 0, [str(refusal)]
    waiting = {one.dossier.id: one for one in queries.to_sign(agent, on=timezone.localdate())}
    ordered, refused = 0, []
    for dossier_id, sha256 in orders:
        if dossier_id not in waiting:
            refused.append("Un des actes choisis n’attend plus votre signature ; relisez la liste.")
            continue
        try:
            with transaction.atomic():
                check_before_signing(dossier_id=dossier_id, agent=agent, at=at)
                order_signature(dossier_id=dossier_id, sha256_read=sha256, agent=agent, at=at, gesture_id=gesture.pk)
            ordered += 1
        except ActionRefused as refusal:
            refused.append(f"Acte {waiting[dossier_id].act.number} : {refusal}")
    return ordered, refused


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
    file = waiting.file
    return file_answer(attachments.read(file), name=file.name, media_type=file.media_type)


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
