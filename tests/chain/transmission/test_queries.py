"""What is read of the transmissions."""

from __future__ import annotations

import datetime as dt

import pytest

from hemicycle.chain.transmission import queries
from hemicycle.chain.transmission.tracking_queries import last_attempts, tracked
from hemicycle.dossier import outbox
from hemicycle.dossier.models import Errand
from tests.cast import NOON, TODAY, Cast
from tests.departures import TDT_ID, acknowledged, deposited, prepared
from tests.signed_acts import a_pdf, a_signed_dossier, a_signed_pdf


def test_the_courier_sends_the_signed_bytes_as_they_are(cast: Cast) -> None:
    dossier, departure = prepared(cast, annexes=1)

    acte = queries.acte_to_send(dossier.id)

    assert acte.number == departure.actes_number
    assert acte.document.data == a_signed_pdf()
    assert [piece.data for piece in acte.annexes] == [a_pdf("annexe 1")]


def test_a_dossier_never_prepared_has_no_departure(cast: Cast) -> None:
    assert queries.departure_of(a_signed_dossier(cast)) is None


def test_the_page_shows_the_dossiers_of_the_reader(cast: Cast) -> None:
    dossier, _ = deposited(cast)

    (row,) = tracked(last_attempts(cast.clerk, on=TODAY), on=TODAY)

    assert (row.dossier, row.departure.tdt_id, row.late, row.troubles) == (dossier, TDT_ID, False, ())
    assert tracked(last_attempts(cast.neighbour, on=TODAY), on=TODAY) == []
    assert tracked(last_attempts(cast.clerk, on=TODAY, state="anomaly"), on=TODAY) == []


def test_an_errand_given_up_is_shown_beside_its_dossier(cast: Cast) -> None:
    prepared(cast)
    Errand.objects.update(carrier="deposit_act")
    (task,) = outbox.take(now=NOON)
    outbox.give_up(task, error="L’archive ne contient pas l’acte signé.", now=NOON)

    (row,) = tracked(last_attempts(cast.clerk, on=TODAY), on=TODAY)

    assert [sentence for _, sentence in row.troubles] == ["L’archive ne contient pas l’acte signé."]


@pytest.mark.parametrize(("days", "late"), [(0, False), (1, False), (2, True)])
def test_a_silence_of_more_than_a_working_day_is_noticed(cast: Cast, days: int, late: bool) -> None:
    deposited(cast)

    found = queries.missing_answers(on=TODAY + dt.timedelta(days=days))

    assert bool(found) is late


def test_a_week_end_is_no_silence(cast: Cast) -> None:
    _, departure = deposited(cast)
    friday = dt.date(2026, 11, 27)
    departure.deposited_at = dt.datetime.combine(friday, dt.time(18), tzinfo=NOON.tzinfo)
    departure.save()

    assert queries.missing_answers(on=friday + dt.timedelta(days=3)) == []
    assert queries.missing_answers(on=friday + dt.timedelta(days=4)) == [departure]


def test_what_is_acknowledged_is_late_no_more(cast: Cast) -> None:
    acknowledged(cast)

    assert queries.missing_answers(on=TODAY + dt.timedelta(days=30)) == []
