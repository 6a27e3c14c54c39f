"""Doors kept for some roles. What may be done there, the actions decide; what may be read, the queries."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpResponse
from django.utils import timezone

from hemicycle.accounts import queries as accounts
from hemicycle.web.access import Door, SignedIn, View, signed_in

P = ParamSpec("P")


def for_roles(*roles: str) -> Callable[[View[P]], Door[P]]:
    """Only for agents who hold one of the roles today; for the others the page does not exist."""

    def decorate(view: Callable[Concatenate[SignedIn, P], HttpResponse]) -> Door[P]:
        @wraps(view)
        def entered(request: SignedIn, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not accounts.holds(request.user, *roles, on=timezone.localdate()):
                raise Http404
            return view(request, *args, **kwargs)

        return signed_in(entered)

    return decorate
