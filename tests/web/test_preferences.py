"""« Mes courriels »: each chooses, in plain sight, and keeps what was typed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from hemicycle.chain.telling.kinds import KINDS, Kind
from hemicycle.chain.telling.models import MailChoices
from hemicycle.web import preferences
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_every_kind_is_offered_with_its_usual_rhythm(cast: Cast, enter: Any) -> None:
    page = enter(cast.legal).get("/mes-courriels/").content.decode()

    assert all(about.label in page for about in KINDS.values())
    assert page.count('type="radio"') == 3 * len(KINDS) and page.count("checked") == len(KINDS)
    assert cast.legal.email in page
    assert sorted(kind for _, kinds in preferences.PARTS for kind in kinds) == sorted(Kind)


def test_a_choice_is_kept_and_shown(cast: Cast, enter: Any) -> None:
    client = enter(cast.legal)

    page = client.post("/mes-courriels/", {"visa": "daily", "even_absent": "on"}, follow=True).content.decode()

    assert MailChoices.objects.get().rhythms == {"visa": "daily"}
    assert MailChoices.objects.get().even_absent
    assert "Vos choix sont gardés." in page


def test_a_pause_is_said_at_the_top(cast: Cast, enter: Any) -> None:
    day = timezone.localdate() + dt.timedelta(days=3)

    page = enter(cast.legal).post("/mes-courriels/", {"suspended_until": day.isoformat()}, follow=True)

    assert "Vos courriels sont suspendus" in page.content.decode()


def test_a_pause_in_the_past_is_refused_beside_its_field(cast: Cast, enter: Any, nothing_written: Any) -> None:
    client = enter(cast.legal)

    with nothing_written():
        answer = client.post("/mes-courriels/", {"suspended_until": "2020-01-01", "visa": "never"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "La suspension va jusqu’à un jour à venir" in page and 'value="2020-01-01"' in page


def test_a_rhythm_that_does_not_exist_is_refused(cast: Cast, enter: Any, nothing_written: Any) -> None:
    client = enter(cast.legal)

    with nothing_written():
        answer = client.post("/mes-courriels/", {"visa": "hourly"})

    assert answer.status_code == 409


def test_the_menu_leads_there(cast: Cast, enter: Any) -> None:
    assert "Mes courriels" in enter(cast.auditor).get("/").content.decode()
