"""« Raccordements »: the outside systems on the pages of the administration."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hemicycle.chain.connectors.models import Alarm, Check
from hemicycle.chain.connectors.systems import SYSTEMS, System
from hemicycle.dossier.models import Errand
from tests.cast import Cast
from tests.chain.connectors.test_queries import _errands as errands
from tests.chain.connectors.tested import BAD, a_certificate, recorded
from tests.web.conftest import Enter

pytestmark = pytest.mark.django_db

LIST = "/administration/raccordements/"
PAGE = f"{LIST}transmission/"
CERTIFICATES = f"{LIST}certificats/"


@pytest.fixture(autouse=True)
def configured(settings: Any) -> None:
    settings.TDT_URL = "https://compte:mot-de-passe@tdt.example:8443/modules?cle=secret"
    settings.TDT_LOGIN, settings.TDT_PASSWORD, settings.SAE_URL = "ormelle", "autre-secret", ""


def _read(enter: Enter, agent: Any, page: str = PAGE) -> str:
    answer = enter(agent).get(page)
    assert answer.status_code == 200
    return str(answer.content.decode()).replace("\xa0", " ")


def test_a_page_shows_the_settings_in_force_and_no_secret(cast: Cast, enter: Enter) -> None:
    page = _read(enter, cast.administrator)

    assert "https://tdt.example:8443/modules" in page
    assert "HEMICYCLE_TDT_PASSWORD" in page and "renseigné" in page
    assert "mot-de-passe" not in page and "secret<" not in page and "autre-secret" not in page


@pytest.mark.parametrize("page", [LIST, CERTIFICATES, *(f"{LIST}{about.slug}/" for about in SYSTEMS.values())])
def test_the_pages_are_for_the_administration(cast: Cast, enter: Enter, page: str) -> None:
    for who, code in (("administrator", 200), ("clerk", 200), ("auditor", 200), ("president", 404), ("outsider", 404)):
        assert enter(getattr(cast, who)).get(page).status_code == code


def test_the_test_asked_is_under_way_until_its_result_comes(cast: Cast, enter: Enter) -> None:
    browser = enter(cast.administrator)

    answer = browser.post(f"{PAGE}tester", follow=True)
    waiting = answer.content.decode()
    recorded("failed", at=timezone.now(), check_id=Check.objects.get().pk)
    ended = browser.get(PAGE).content.decode()

    assert "Test en cours" in waiting and 'hx-trigger="every 2s"' in waiting
    assert "Test en cours" not in ended and "hx-trigger" not in ended.partition('id="resultat"')[2][:300]
    assert BAD["sentence"] in ended and BAD["remedy"] in ended and "en échec</h1>" in ended


def test_a_test_that_nobody_carried_says_that_the_couriers_are_stopped(cast: Cast, enter: Enter) -> None:
    enter(cast.administrator).post(f"{PAGE}tester")
    Check.objects.update(asked_at=timezone.now() - dt.timedelta(minutes=10))

    page = _read(enter, cast.administrator)

    assert "les coursiers sont sans doute arrêtés" in page
    assert "every 2s" not in page


def test_only_an_administrator_is_offered_the_test_and_only_of_what_is_set(cast: Cast, enter: Enter) -> None:
    assert ">Tester<" in _read(enter, cast.administrator)
    assert ">Tester<" not in _read(enter, cast.clerk)
    assert ">Tester<" not in _read(enter, cast.administrator, f"{LIST}archive/")
    refused = enter(cast.administrator).post(f"{LIST}archive/tester")
    assert refused.status_code == 409 and "rien à tester" in refused.content.decode()


def test_the_list_says_what_fails_and_what_is_to_be_looked_at(cast: Cast, enter: Enter) -> None:
    recorded("failed", at=timezone.now() - dt.timedelta(hours=1))
    recorded("failed", at=timezone.now())

    page = _read(enter, cast.clerk, LIST)
    home = _read(enter, cast.administrator, "/")

    assert "1 raccordement est en échec" in page and "non réglé" in page
    assert Alarm.objects.get().sentence.replace("\xa0", " ") in page
    assert "Raccordements à regarder" in home
    assert "Raccordements à regarder" not in _read(enter, cast.clerk, "/")


@pytest.mark.parametrize(
    ("days", "word", "sign"),
    [
        (300.5, "300 jours", "done"),
        (1200.5, "3 ans", "done"),
        (45.5, "45 jours", "warning"),
        (5.5, "5 jours", "late"),
        (0.5, "moins d’un jour", "late"),
        (-2, "expiré", "refused"),
    ],
)
def test_a_certificate_has_its_end_in_words_in_form_and_in_colour(
    cast: Cast, enter: Enter, days: float, word: str, sign: str
) -> None:
    ends = (timezone.now() + dt.timedelta(days=days)).isoformat()
    recorded("doubt", at=timezone.now(), certificates=[a_certificate(not_after=ends)])

    for page in (CERTIFICATES, PAGE):
        read = _read(enter, cast.clerk, page)
        assert f"state--{sign}" in read and f"{word}</span>" in read and f"validity--{sign}" in read


def test_the_exchanges_are_read_page_by_page_and_those_stopped_are_taken_up_again(cast: Cast, enter: Enter) -> None:
    errands(cast, 27, state="done", done_at=timezone.now(), attempts=1)
    errands(cast, 1, state="failed", last_error="Le tiers a refusé.", attempts=3)
    browser = enter(cast.clerk)

    page = browser.get(PAGE).content.decode()
    older = browser.get(PAGE + "?avant=" + page.partition("?avant=")[2].partition("#")[0]).content.decode()
    stopped = browser.get(PAGE + "?echanges=difficulte").content.decode()

    assert page.count("Dépôt à la préfecture") > 25 and older.count("Dépôt à la préfecture</th>") <= 3
    assert "Les derniers" in older and "Plus anciens" not in older
    assert "Le tiers a refusé." in stopped and "Reprendre" in stopped
    browser.post(f"/pannes/{Errand.objects.get(state='failed').pk}/reprendre")
    assert not Errand.objects.filter(state="failed").exists()


@pytest.mark.parametrize("asked", ["avant=", "avant=abc", "avant=²", "avant=" + "9" * 40, "echanges=autre"])
def test_a_page_asked_with_nonsense_is_the_first_one(cast: Cast, enter: Enter, asked: str) -> None:
    assert enter(cast.clerk).get(f"{PAGE}?{asked}").status_code == 200


@pytest.mark.parametrize("page", [LIST, PAGE, CERTIFICATES, f"{LIST}signature/", "/administration/"])
def test_a_page_asks_fifteen_questions_at_most_however_much_there_is(cast: Cast, enter: Enter, page: str) -> None:
    for system in System:
        for hour in range(3):
            moment = timezone.now() - dt.timedelta(hours=9 - hour)
            recorded("failed", system=system, at=moment, certificates=[a_certificate(days=3), a_certificate(days=20)])
    errands(cast, 26, state="failed", last_error="Refusé.")
    browser = enter(cast.administrator)
    browser.get(page)

    with CaptureQueriesContext(connection) as asked:
        assert browser.get(page).status_code == 200

    assert len(asked) <= 15, "\n".join(query["sql"][:150] for query in asked)
