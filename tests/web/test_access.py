from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import RequestFactory

from hemicycle.accounts.models import Agent
from hemicycle.web.access import SignedIn, WroteWhileReading, signed_in
from tests.cast import Cast


@signed_in
def careless(request: SignedIn) -> HttpResponse:
    """A page that writes whatever the method."""
    Agent.objects.filter(pk=request.user.pk).update(job="promu")
    return HttpResponse()


def sent(method: str, agent: Agent) -> Any:
    request = RequestFactory().generic(method, "/")
    request.user = agent
    return request


def test_a_page_that_writes_while_being_read_fails(cast: Cast) -> None:
    with pytest.raises(WroteWhileReading), transaction.atomic():
        careless(sent("GET", cast.drafter))

    cast.drafter.refresh_from_db()
    assert cast.drafter.job == ""


def test_a_post_may_write(cast: Cast) -> None:
    assert careless(sent("POST", cast.drafter)).status_code == 200


def test_what_is_shown_to_one_agent_is_kept_nowhere(cast: Cast, enter: Any) -> None:
    assert enter(cast.drafter).get("/")["Cache-Control"] == "private, no-store"
