"""Who may come to a page, and what a page that is only read may do: nothing but read."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from hemicycle.accounts import rights
from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting.actions.record_reading import record_reading

P = ParamSpec("P")
Found = TypeVar("Found")

#: What a reading page may say to the database; savepoints only frame a reading.
READS = ("SELECT", "WITH", "SAVEPOINT", "RELEASE", "EXPLAIN")


class SignedIn(HttpRequest):
    """A request behind `signed_in`: its user is an agent."""

    user: Agent
    #: The page shown is of the version that its reader last had on screen: nothing new to remember.
    seen: bool
    #: What waits for the agent, counted once for the list and the column beside it (inbox.in_figures).
    figures: dict[str, int]


View = Callable[Concatenate[SignedIn, P], HttpResponse]
Door = Callable[Concatenate[HttpRequest, P], HttpResponse]


class WroteWhileReading(RuntimeError):
    """A GET tried to write: a fault of ours, never of the reader."""


def signed_in(view: View[P]) -> Door[P]:
    """Only for agents signed in; the answer is kept nowhere, and a GET reads without writing."""

    @login_required
    @wraps(view)
    def entered(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method in ("GET", "HEAD"):
            # A page asks what its reader may do from one end to the other; an action asks for itself.
            rights.attach(request.user, on=timezone.localdate())
            with connection.execute_wrapper(_reads_only):
                answer = view(request, *args, **kwargs)
        else:
            answer = view(request, *args, **kwargs)
        answer.headers.setdefault("Cache-Control", "private, no-store")
        return answer

    return entered


def _reads_only(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    if not sql.lstrip(" (").upper().startswith(READS):
        raise WroteWhileReading(sql[:120])
    return execute(sql, params, many, context)


def remembers_reading(view: Door[P]) -> Door[P]:
    """Once the dossier's page has been shown, note the version that its reader has on screen.

    The only writing that follows a GET: a convenience of the reader, not an act (drafting.record_reading).
    """

    @wraps(view)
    def read(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        dossier_id = kwargs.get("dossier_id")
        seen = getattr(request, "seen", False)
        if request.method == "GET" and answer.status_code == 200 and isinstance(dossier_id, UUID) and not seen:
            assert isinstance(request.user, Agent)
            record_reading(dossier_id=dossier_id, agent=request.user, at=timezone.now())
        return answer

    return read


def found(query: Callable[..., Found], /, **facts: Any) -> Found:
    """What the query finds. Raises Http404 where it finds nothing that this agent may see."""
    try:
        return query(**facts)
    except ObjectDoesNotExist:
        raise Http404 from None
