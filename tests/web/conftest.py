"""Browsers of the tests: one person signed in each, every form with its token as in real life."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from hemicycle.accounts.models import Agent

Enter = Callable[[Agent], Client]


@pytest.fixture
def enter(db: None) -> Enter:
    """`enter(cast.legal)` is the browser of someone who has signed in."""

    def entered(agent: Agent) -> Client:
        client = Client()
        client.force_login(agent, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return entered
