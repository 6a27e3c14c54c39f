"""What surrounds every page: headers, methods, tokens, and a door that cannot be slammed on someone else."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from hemicycle.accounts.models import Agent
from hemicycle.dossier.models import Dossier
from tests.cast import PASSWORD, Cast
from tests.web.conftest import Enter
from tests.web.permission_scenes import SCENES
from tests.web.permissions import ANONYMOUS, MATRIX, SIGNED_IN
from tests.web.test_permissions import address, agent_of, of

pytestmark = pytest.mark.django_db

PUBLIC = ("public_acts", "public_act", "public_sittings", "public_decisions", "sign_in")
ATTACK = "une-autre-adresse"


def faults(answer: Any, *, private: bool) -> list[str]:
    """What is missing from the headers of an answer."""
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    found = [
        policy["default-src"] != "'none'" and "default-src",
        any("unsafe" in value or "*" in value for value in policy.values()) and "unsafe",
        policy["object-src"] != "'none'" and "object-src",
        policy["base-uri"] != "'none'" and "base-uri",
        policy["frame-ancestors"] != "'none'" and "frame-ancestors",
        policy["form-action"] != "'self'" and "form-action",
        answer["X-Content-Type-Options"] != "nosniff" and "nosniff",
        answer["X-Frame-Options"] != "DENY" and "frames",
        answer["Referrer-Policy"] != "same-origin" and "referrer",
        answer["Cross-Origin-Opener-Policy"] != "same-origin" and "opener",
        private and "no-store" not in answer.headers.get("Cache-Control", "") and "no-store",
    ]
    return [fault for fault in found if fault]


@pytest.mark.parametrize("thing", ["", "draft", "in_circuit", "act", "prepared", "convened", "held", "to_sign"])
def test_every_page_bears_the_headers(cast: Cast, enter: Enter, thing: str) -> None:
    scene, wrong = SCENES[thing](cast), []

    for line in of("GET", thing):
        role = min(line.allowed & set(SIGNED_IN), default="")
        agent = agent_of(cast, role) if role else None
        if agent is not None and line.route not in (*PUBLIC, "scdl", "compare_versions"):
            answer: Any = enter(agent).get(address(line.route, scene))
            if answer.streaming:
                assert b"".join(answer.streaming_content)
            wrong += [f"{line} as {role}: {fault}" for fault in faults(answer, private=True)]

    assert not wrong, "\n".join(wrong)


def test_public_pages_bear_them_too_and_say_nothing_of_who_reads(cast: Cast, enter: Enter) -> None:
    scene = SCENES["published"](cast)

    for route in PUBLIC:
        answer = Client().get(address(route, scene))
        read_by_an_agent = enter(cast.legal).get(address(route, scene))

        assert faults(answer, private=route == "sign_in") == [], route
        assert cast.legal.full_name not in read_by_an_agent.content.decode()


@pytest.mark.parametrize("url", ["/nulle-part", "/dossiers/nulle-part", "/connexion", "/static/nulle-part.js"])
def test_errors_and_the_door_bear_them(db: None, url: str) -> None:
    answer = Client().get(url)

    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_a_partner_s_page_is_kept_nowhere(cast: Cast) -> None:
    scene = SCENES["notice"](cast)

    for route in ("partner_page", "partner_file"):
        answer = Client().get(address(route, scene))

        assert faults(answer, private=True) == []
        assert answer["X-Robots-Tag"] == "noindex, nofollow"


#: Judges a file and forgets it: neither account nor cookie, so that no token could be kept.
CHANGES_NOTHING = {"verify_document"}


def test_every_form_wants_its_token(cast: Cast) -> None:
    posted = [line for line in MATRIX if line.method == "POST" and line.route not in CHANGES_NOTHING]
    routes = {line.route: line for line in posted if line.allowed - {ANONYMOUS}}
    scenes = {thing: SCENES[thing](cast) for thing in {line.thing for line in routes.values()}}
    wrong = []

    for route, line in routes.items():
        browser = Client(enforce_csrf_checks=True)
        agent = agent_of(cast, min(line.allowed - {ANONYMOUS}))
        assert agent is not None
        browser.force_login(agent, backend="django.contrib.auth.backends.ModelBackend")
        answer = browser.post(address(route, scenes[line.thing]))
        wrong += [] if answer.status_code == 403 else [f"{route}: {answer.status_code}"]

    assert wrong == []


def test_cookies_are_not_for_scripts_nor_for_other_sites(cast: Cast) -> None:
    browser = Client()
    browser.get("/connexion")

    browser.post("/connexion", {"email": cast.legal.email, "password": PASSWORD})

    assert {"sessionid", "csrftoken"} <= set(browser.cookies)
    assert all(cookie["httponly"] and cookie["samesite"] == "Lax" for cookie in browser.cookies.values())


def test_another_host_is_refused_in_french(db: None) -> None:
    answer = Client(headers={"host": "ailleurs.example"}).get("/connexion")

    assert answer.status_code == 400
    assert "Cette demande n’a pas pu être lue" in answer.content.decode()


@pytest.fixture
def throttled(settings: Any) -> None:
    settings.AXES_ENABLED = True
    settings.AXES_FAILURE_LIMIT = 3


def knock(email: str, password: str, *, ip: str) -> Any:
    return Client(REMOTE_ADDR=ip).post("/connexion", {"email": email, "password": password})


def test_too_many_wrong_passwords_close_the_door_from_there(cast: Cast, throttled: None) -> None:
    tries = [knock(cast.president.email, f"essai {n}", ip="203.0.113.7").status_code for n in range(4)]

    right = knock(cast.president.email, PASSWORD, ip="203.0.113.7")

    assert tries[:2] == [401, 401] and tries[3] == 429
    assert right.status_code == 429
    assert "Trop d’essais de connexion" in right.content.decode()


def test_behind_a_proxy_the_door_closes_on_who_knocks_not_on_the_proxy(
    cast: Cast, throttled: None, settings: Any
) -> None:
    settings.PROXIES = 1
    far, near = {"x-forwarded-for": "192.0.2.10, 203.0.113.7"}, {"x-forwarded-for": "192.0.2.10"}
    sent = {"email": cast.president.email, "password": "essai"}
    for _ in range(6):
        Client(headers=far).post("/connexion", sent)

    right = sent | {"password": PASSWORD}
    assert Client(headers=far).post("/connexion", right).status_code == 429
    assert Client(headers=near).post("/connexion", right).status_code == 302


def test_without_a_proxy_nobody_borrows_an_address(cast: Cast, throttled: None) -> None:
    sent = {"email": cast.president.email, "password": "essai"}
    tries = [Client(headers={"x-forwarded-for": f"192.0.2.{n}"}).post("/connexion", sent) for n in range(5)]

    assert [answer.status_code for answer in tries][-1] == 429


def test_wrong_passwords_at_the_signature_are_counted_too(cast: Cast, enter: Enter, throttled: None) -> None:
    scene = SCENES["to_sign"](cast)
    acts = [f"{scene['dossier_id']}/{scene['dossier'].act.frozen.sha256}"]
    browser = enter(cast.president)

    tries = [browser.post("/a-signer/signer", {"acts": acts, "password": f"essai {n}"}) for n in range(4)]

    assert tries[0].status_code == 409 and tries[-1].status_code == 429


def test_nobody_locks_the_president_out_on_a_voting_day(cast: Cast, throttled: None) -> None:
    for n in range(6):
        knock(cast.president.email, f"essai {n}", ip="203.0.113.7")

    assert knock(cast.president.email, PASSWORD, ip="192.0.2.10").status_code == 302


def test_one_account_under_attack_does_not_close_the_door_to_the_others_of_the_same_place(
    cast: Cast, throttled: None
) -> None:
    for n in range(6):
        knock(cast.president.email, f"essai {n}", ip="192.0.2.10")

    assert knock(cast.legal.email, PASSWORD, ip="192.0.2.10").status_code == 302


@pytest.mark.parametrize("known", [True, False])
def test_the_door_does_not_say_which_accounts_exist(cast: Cast, known: bool) -> None:
    answer = knock(cast.legal.email if known else "personne@ormelle.example", "rien", ip="192.0.2.10")

    page = answer.content.decode().replace(cast.legal.email, "").replace("personne@ormelle.example", "")
    assert answer.status_code == 401
    assert "ne correspond à aucun compte actif" in page


def test_an_account_closed_is_out_at_the_next_page(cast: Cast, enter: Enter) -> None:
    browser = enter(cast.drafter)
    assert browser.get("/dossiers").status_code == 200

    Agent.objects.filter(id=cast.drafter.pk).update(is_active=False)

    assert browser.get("/dossiers").status_code == 302
    assert browser.post("/dossiers/nouveau", {"object": ATTACK}).status_code == 302
    assert not Dossier.objects.filter(object=ATTACK).exists()
