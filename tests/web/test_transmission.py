"""The page of the transmissions."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from hemicycle.chain.signing.events import SignatureRecorded
from hemicycle.chain.transmission.events import SendingBegun
from hemicycle.chain.transmission.models import Departure
from hemicycle.dossier import journal
from hemicycle.dossier.models import Dossier, Errand, JournalEntry
from hemicycle.dossier.stages import Move, Stage
from tests.cast import NOON, Cast
from tests.factories import a_dossier
from tests.web.conftest import Enter

pytestmark = pytest.mark.django_db


def refused(cast: Cast) -> Dossier:
    """The préfecture refused its first transmission."""
    dossier = a_dossier(cast, transmitted=True)
    Departure.objects.filter(dossier=dossier).update(
        state=Departure.State.ANOMALY, anomaly_code="002", anomaly_detail="La classification n’est plus en vigueur."
    )
    dossier.move(Move.ANOMALY_RECORDED, at=NOON)
    return dossier


def test_an_anomaly_is_said_in_french_with_the_gesture_that_mends_it(cast: Cast, enter: Enter) -> None:
    dossier = refused(cast)
    office = enter(cast.clerk)

    page = office.get("/transmissions/").content.decode()
    office.post(f"/transmissions/{dossier.id}/reprendre")

    dossier.refresh_from_db()
    assert "La classification n’est plus en vigueur." in page
    assert f"/transmissions/{dossier.id}/reprendre" in page
    assert dossier.stage == Stage.SIGNED


def test_the_refused_come_first_and_the_rest_a_page_at_a_time(cast: Cast, enter: Enter, monkeypatch: Any) -> None:
    monkeypatch.setattr("hemicycle.web.transmission.PER_PAGE", 2)
    anomaly = refused(cast)
    for _ in range(2):
        a_dossier(cast, acknowledged=True)
    client = enter(cast.clerk)

    first, second = client.get("/transmissions/"), client.get("/transmissions/?page=2")

    assert first.context["rows"][0][0].dossier == anomaly
    assert (len(first.context["rows"]), len(second.context["rows"])) == (2, 1)
    assert (first.context["total"], first.context["refused"]) == (3, 1)
    assert "page 1 sur 2" in first.content.decode()


def test_a_departure_that_was_not_refused_does_not_leave_again(cast: Cast, enter: Enter) -> None:
    dossier = a_dossier(cast, transmitted=True)

    answer = enter(cast.clerk).post(f"/transmissions/{dossier.id}/reprendre")

    dossier.refresh_from_db()
    assert answer.status_code == 409
    assert "aucun envoi refusé n’est à refaire" in answer.content.decode().replace("&#x27;", "’")
    assert dossier.stage == Stage.TRANSMITTED


def test_the_president_watches_but_does_not_send_again(cast: Cast, enter: Enter) -> None:
    dossier = refused(cast)
    president = enter(cast.president)

    page = president.get("/transmissions/").content.decode()
    answer = president.post(f"/transmissions/{dossier.id}/reprendre")

    dossier.refresh_from_db()
    assert "/reprendre" not in page
    assert answer.status_code == 409
    assert dossier.stage == Stage.REFUSED_BY_PREFECTURE


def test_a_drafter_has_no_such_page(cast: Cast, enter: Enter) -> None:
    assert enter(cast.drafter).get("/transmissions/").status_code == 404


def test_the_acknowledgement_is_downloaded_by_whoever_reads_the_dossier(cast: Cast, enter: Enter) -> None:
    dossier = a_dossier(cast, acknowledged=True)
    piece = Departure.objects.get(dossier=dossier).acknowledgement_id

    assert enter(cast.drafter).get(f"/pieces/{piece}").status_code == 200
    assert enter(cast.neighbour).get(f"/pieces/{piece}").status_code == 404


def test_a_piece_that_is_no_pdf_is_saved_and_never_shown_by_the_browser(cast: Cast, enter: Enter) -> None:
    dossier = a_dossier(cast, acknowledged=True)
    piece = Departure.objects.get(dossier=dossier).acknowledgement_id

    answer = enter(cast.clerk).get(f"/pieces/{piece}")

    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")


def test_what_a_courier_could_not_carry_is_listed_with_its_cause(cast: Cast, enter: Enter) -> None:
    dossier = a_dossier(cast, signed=True)
    entry = _an_entry(dossier, cast)
    Errand.objects.filter(entry=entry).update(
        state=Errand.State.FAILED, carrier="deposit_act", last_error="Le tiers ne répond pas."
    )

    page = enter(cast.clerk).get("/transmissions/").content.decode()

    assert "Dépôt à la préfecture" in page
    assert "Le tiers ne répond pas." in page


def test_the_page_looks_again_by_itself_while_acts_are_on_their_way(cast: Cast, enter: Enter) -> None:
    a_dossier(cast, acknowledged=True, at=timezone.now() - dt.timedelta(days=30))
    idle = enter(cast.clerk).get("/transmissions/").content.decode()
    a_dossier(cast, to_sign=True)
    about_to = enter(cast.clerk).get("/transmissions/").content.decode()
    a_dossier(cast, transmitted=True, at=timezone.now())

    moving = enter(cast.clerk).get("/transmissions/").content.decode()

    assert '<div id="envois">' in idle
    assert 'hx-trigger="every 20s"' in about_to
    assert 'hx-trigger="every 3s"' in moving
    assert re.search(r"0\saccusé de réception reçu sur 1\sacte", moving)


def test_an_act_signed_whose_departure_is_not_prepared_yet_is_on_its_way(cast: Cast, enter: Enter) -> None:
    dossier = a_dossier(cast, signed=True)
    event = SignatureRecorded(
        number=dossier.act_number, frozen_sha256="0", signed_sha256="1", signer="x", level="B-T", timestamp=""
    )
    with transaction.atomic():
        journal.record(dossier, event, by=cast.courier, at=NOON)

    page = enter(cast.clerk).get("/transmissions/").content.decode()

    assert 'hx-trigger="every 3s"' in page
    assert re.search(r"1\sréponse attendue", page)


def _an_entry(dossier: Dossier, cast: Cast) -> JournalEntry:
    with transaction.atomic():
        return journal.record(dossier, SendingBegun(attempt=1, unique_id="x"), by=cast.courier, at=NOON)
