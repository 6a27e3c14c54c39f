"""Coming in and going out."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST


class SignInForm(forms.Form):
    email = forms.EmailField(
        label="Adresse électronique", widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True})
    )
    password = forms.CharField(
        label="Mot de passe",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    target = _target(request)
    if request.user.is_authenticated:
        return redirect(target)
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        agent = authenticate(request, username=form.cleaned_data["email"], password=form.cleaned_data["password"])
        if agent is not None:
            login(request, agent)
            return redirect(target)
        form.add_error(None, "L’adresse ou le mot de passe ne correspond à aucun compte actif ; vérifiez les deux.")
    context = {"form": form, "next": target, "accounts": _demonstration_accounts()}
    return render(request, "signing_in/sign_in.html", context, status=401 if form.errors else 200)


def _target(request: HttpRequest) -> str:
    """Where the person was going, when it is on this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    here = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    # A bare word is no address: redirect would look for a page of that name.
    return wanted if here and wanted.startswith("/") else "/"


def address_of(request: HttpRequest) -> str:
    """Where the request comes from: who knocks, not the proxy that carries it, nor what the sender pretends."""
    met = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    told = met[-settings.PROXIES].strip() if 0 < settings.PROXIES <= len(met) else ""
    return told or request.META.get("REMOTE_ADDR", "")


def _demonstration_accounts() -> list[dict[str, str]]:
    """The accounts of the demonstration, whose common password everyone may know; none anywhere else."""
    password = settings.DEMONSTRATION_PASSWORD
    if not password:
        return []
    return [
        {"role": role, "name": name, "email": email, "password": password}
        for role, name, email in settings.DEMONSTRATION_ACCOUNTS
    ]


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("sign_in")


urls = [path("connexion", sign_in, name="sign_in"), path("deconnexion", sign_out, name="sign_out")]
