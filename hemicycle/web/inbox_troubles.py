"""What couriers could not carry, in « À traiter », and the button that takes it up again."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Role
from hemicycle.dossier import access, outbox
from hemicycle.dossier.models import Errand
from hemicycle.dossier.refusals import NotEntitled
from hemicycle.web.access import SignedIn, signed_in
from hemicycle.web.inbox_rooms import CARRIERS

#: Who takes a failed errand up again.
MENDERS = (Role.ASSEMBLY_OFFICE, Role.ADMINISTRATOR)
#: Under the title of the section.
PATIENCE = "Rien n’est perdu : un envoi repris repart de l’endroit où il s’est arrêté, sans doublon."


@dataclass(frozen=True, kw_only=True)
class Trouble:
    errand: Errand
    what: str
    #: Whether the reader may know which dossier it is about: who mends the machine reads no dossier.
    readable: bool


def lines_in_trouble(agent: Agent, on: dt.date) -> list[Trouble]:
    """The errands given up, for those who may take them up again."""
    errands = outbox.in_trouble() if accounts.holds(agent, *MENDERS, on=on) else []
    readable = accounts.holds(agent, Role.ASSEMBLY_OFFICE, on=on)
    return [Trouble(errand=e, what=CARRIERS.get(e.carrier, e.carrier or "Envoi"), readable=readable) for e in errands]


@signed_in
@require_POST
def retry(request: SignedIn, errand_id: int) -> HttpResponse:
    try:
        take_up_again(errand_id, agent=request.user, at=timezone.now())
    except NotEntitled as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "L’envoi est remis parmi ceux qui attendent ; il part dans la minute.")
    return redirect("inbox")


def take_up_again(errand_id: int, *, agent: Agent, at: dt.datetime) -> None:
    """Put a failed errand back in the outbox. Raises NotEntitled."""
    access.require_role(agent, *MENDERS, on=timezone.localdate(at), what="Reprendre un envoi")
    outbox.retry(errand_id, now=at)


urls = [path("pannes/<int:errand_id>/reprendre", retry, name="retry_errand")]
