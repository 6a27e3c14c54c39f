"""The pages of what went wrong. Each is whole without the database: it may be the database that failed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader


def _page(status: int, reason: str = "") -> HttpResponse:
    return HttpResponse(loader.get_template(f"errors/{status}.html").render({"reason": reason}), status=status)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django calls it so
    return _page(403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return _page(404)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """A request that cannot be read: too big, too many fields, an address of another site."""
    return _page(400)


def broken(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    return _page(500)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form sent from elsewhere, or from a page opened before signing in again."""
    sentence = (
        "Ce formulaire n’a pas été reconnu : la page était ouverte depuis trop longtemps, ou vous vous êtes "
        "reconnecté depuis. Revenez en arrière, rechargez la page, puis recommencez ; rien n’a été enregistré."
    )
    return render(request, "errors/403.html", {"reason": sentence}, status=403)
