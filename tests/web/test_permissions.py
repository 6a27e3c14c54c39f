"""Every address of the site, asked by every role: those whom the matrix lets in, and nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, reverse

from hemicycle.accounts.models import Agent
from hemicycle.web.urls import urlpatterns
from tests.cast import Cast
from tests.web.conftest import Enter
from tests.web.permission_scenes import SCENES, SENT, Scene, nothing_known
from tests.web.permissions import ANONYMOUS, EVERYONE, MATRIX, ROLES, SIGNED_IN, Line

pytestmark = pytest.mark.django_db

DOOR = "/connexion?next="
REFUSED = {403, 404}
#: Where everyone is let in, these speak for all.
SOME = ("drafter", "outsider", ANONYMOUS)

Nothing = Callable[[], AbstractContextManager[None]]


def patterns() -> dict[str, URLPattern]:
    return {str(p.name): p for p in urlpatterns if isinstance(p, URLPattern)}


def address(route: str, scene: Scene) -> str:
    return reverse(route, kwargs={name: scene[name] for name in patterns()[route].pattern.converters})


def agent_of(cast: Cast, role: str) -> Agent | None:
    if role == ANONYMOUS:
        return None
    found: Agent = cast.members[1].agent if role == "elected" else getattr(cast, role)
    return found


@pytest.fixture
def browsers(cast: Cast, enter: Enter) -> dict[str, Client]:
    agents = {role: agent_of(cast, role) for role in ROLES}
    return {role: enter(agent) if agent else Client() for role, agent in agents.items()}


def things(method: str) -> Iterator[str]:
    return iter(dict.fromkeys(line.thing for line in MATRIX if line.method == method))


def of(method: str, thing: str) -> list[Line]:
    """The lines of that thing; going out comes last, for it ends the session."""
    found = [line for line in MATRIX if (line.method, line.thing) == (method, thing)]
    return sorted(found, key=lambda line: line.route == "sign_out")


def let_in(answer: Any) -> bool:
    passed_on = answer.status_code == 302 and not str(answer["Location"]).startswith(DOOR)
    return passed_on or answer.status_code == 200


def turned_away(answer: Any, role: str) -> bool:
    if role == ANONYMOUS and answer.status_code == 302:
        return str(answer["Location"]).startswith(DOOR)
    return int(answer.status_code) in REFUSED


def _let_go(answer: Any) -> None:
    """Read a download to its end, which closes its file."""
    if answer.streaming:
        assert b"".join(answer.streaming_content)


def said(line: Line, role: str, answer: Any) -> str:
    return f"{line} as {role}: {answer.status_code} {answer.headers.get('Location', '')}"


def test_every_address_is_in_the_matrix_and_the_matrix_has_no_other() -> None:
    assert {line.route for line in MATRIX} == set(patterns())
    assert len(patterns()) == len(urlpatterns)


def test_every_role_of_the_cast_is_in_the_matrix() -> None:
    agents = {name for name, kind in Cast.__annotations__.items() if kind == "Agent"}

    assert set(SIGNED_IN) == (agents - {"courier"}) | {"elected"}
    assert all(line.allowed <= set(ROLES) for line in MATRIX)


@pytest.mark.parametrize("thing", list(things("GET")))
def test_a_page_opens_for_those_of_the_matrix_alone(cast: Cast, browsers: dict[str, Client], thing: str) -> None:
    scene = SCENES[thing](cast)
    wrong = []

    for line in of("GET", thing):
        url = address(line.route, scene)
        asked = {"de": "1", "a": "1"} if line.route == "compare_versions" else {}
        for role in SOME if line.allowed == EVERYONE else ROLES:
            answer = browsers[role].get(url, asked)
            _let_go(answer)
            right = let_in(answer) if role in line.allowed else turned_away(answer, role)
            wrong += [] if right else [said(line, role, answer)]

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("thing", list(things("POST")))
def test_whoever_is_not_of_the_matrix_changes_nothing(
    cast: Cast, browsers: dict[str, Client], nothing_written: Nothing, thing: str
) -> None:
    scene = SCENES[thing](cast)
    tries = [
        (line, role, SENT.get(line.route, _nothing)(scene, agent_of(cast, role)))
        for line in of("POST", thing)
        for role in ROLES
        if role not in line.allowed
    ]
    wrong = []

    with nothing_written():
        for line, role, data in tries:
            answer = browsers[role].post(address(line.route, scene), data)
            asked_back = (line.by_message and answer.status_code == 302) or answer.status_code == 409
            right = turned_away(answer, role) or (asked_back and role != ANONYMOUS)
            wrong += [] if right else [said(line, role, answer)]

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("thing", list(things("POST")))
def test_those_of_the_matrix_may_act(cast: Cast, browsers: dict[str, Client], thing: str) -> None:
    scene = SCENES[thing](cast)
    wrong = []

    for line in of("POST", thing):
        for role in SOME if line.allowed == EVERYONE else sorted(line.allowed):
            data = SENT.get(line.route, _nothing)(scene, agent_of(cast, role))
            with transaction.atomic():
                answer = browsers[role].post(address(line.route, scene), data)
                transaction.set_rollback(True)
            right = let_in(answer) or (line.route == "sign_in" and answer.status_code == 401)
            wrong += [] if right else [said(line, role, answer)]

    assert not wrong, "\n".join(wrong)


def _nothing(_scene: Scene, _agent: Agent | None) -> dict[str, Any]:
    return {}


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_a_method_that_the_matrix_does_not_know_is_refused(browsers: dict[str, Client], method: str) -> None:
    known = {(line.route, line.method) for line in MATRIX}
    entitled = {line.route: min(line.allowed) for line in MATRIX if line.allowed}
    wrong = []

    for route, role in entitled.items():
        if (route, method) not in known:
            answer = browsers[role].generic(method, address(route, nothing_known()))
            wrong += [] if answer.status_code == 405 else [f"{method} {route} as {role}: {answer.status_code}"]

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_word_that_names_nothing_is_no_breakdown(browsers: dict[str, Client], method: str) -> None:
    """Unknown and absurd identifiers: 404 for those who could have had the thing, never a fault of ours."""
    lines = [line for line in MATRIX if line.method == method and patterns()[line.route].pattern.converters]
    wrong = []

    for line in lines:
        if line.allowed:
            role = min(line.allowed)
            answer = browsers[role].generic(method, address(line.route, nothing_known()))
            accepted = {404, 409} | ({302} if line.by_message else set())
            wrong += [] if answer.status_code in accepted else [said(line, role, answer)]

    assert not wrong, "\n".join(wrong)
