"""Preparing what leaves for the préfecture."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.signing.models import Act
from hemicycle.chain.transmission.actions.prepare_departure import DepartureRefused, prepare_departure
from hemicycle.chain.transmission.models import Departure
from hemicycle.dossier import attachments, journal
from hemicycle.dossier.refusals import MoveNotAllowed, NotEntitled
from hemicycle.dossier.stages import Stage
from hemicycle.protocols.actes import default_classification, describe, read_archive
from tests.after_vote import produced
from tests.cast import NOON, Cast
from tests.departures import what_left
from tests.factories import a_dossier, an_attachment
from tests.signed_acts import a_pdf, a_signed_dossier, a_signed_pdf

NothingWritten = Callable[[], AbstractContextManager[None]]


def test_the_archive_holds_the_signed_bytes_and_the_annexes_for_the_control(cast: Cast) -> None:
    dossier = a_signed_dossier(cast, annexes=2)

    departure = prepare_departure(dossier_id=dossier.id, agent=cast.courier, at=NOON)

    documents = [m.data for m in read_archive(attachments.read(departure.envelope)) if m.name.endswith(".pdf")]
    assert documents == [a_signed_pdf(), a_pdf("annexe 1"), a_pdf("annexe 2")]


def test_the_message_says_the_act(cast: Cast) -> None:
    dossier = a_signed_dossier(cast, annexes=1)
    act = Act.objects.get(dossier=dossier)

    departure = prepare_departure(dossier_id=dossier.id, agent=cast.clerk, at=NOON)

    sent = what_left(departure)
    number = act.number.replace("-", "_")
    assert (sent.number, sent.decided_on, sent.matiere) == (number, act.decided_on, (7, 5))
    assert sent.subject == dossier.object
    assert sent.classification_date == default_classification().dated
    assert departure.unique_id == f"099-229999990-{act.decided_on:%Y%m%d}-{number}-DE"


def test_what_is_prepared_is_sound_by_the_norm(cast: Cast) -> None:
    dossier = a_signed_dossier(cast, annexes=1)

    departure = prepare_departure(dossier_id=dossier.id, agent=cast.courier, at=NOON)

    found = describe(attachments.read(departure.envelope), departure.envelope.name)
    assert found is not None
    assert found.problems == []


def test_the_act_is_not_gone_yet(cast: Cast) -> None:
    dossier = a_signed_dossier(cast)

    departure = prepare_departure(dossier_id=dossier.id, agent=cast.courier, at=NOON)

    dossier.refresh_from_db()
    assert (departure.state, departure.attempt, dossier.stage) == (Departure.State.PREPARED, 1, Stage.SIGNED)
    (entry,) = journal.of(dossier)
    assert entry.sealed["facts"]["envelope_sha256"] == departure.envelope.sha256


def test_a_departure_already_prepared_is_given_back(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = a_signed_dossier(cast)
    first = prepare_departure(dossier_id=dossier.id, agent=cast.courier, at=NOON)

    with nothing_written():
        again = prepare_departure(dossier_id=dossier.id, agent=cast.courier, at=NOON)

    assert again == first


def test_each_envelope_of_a_day_has_its_rank(cast: Cast) -> None:
    first, second = a_signed_dossier(cast), a_signed_dossier(cast)

    names = [prepare_departure(dossier_id=d.id, agent=cast.courier, at=NOON).envelope.name for d in (first, second)]

    assert [name.removesuffix(".tar.gz").rpartition("-")[2] for name in names] == ["1", "2"]


def test_what_the_prefecture_would_refuse_does_not_leave(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = a_signed_dossier(cast)
    an_attachment(dossier, b"PK un tableur", by=cast.drafter, name="budget.xlsx", to_control=True, type_code="ZZ_ZZ")

    with pytest.raises(DepartureRefused, match=r"budget\.xlsx.*Convertissez") as refused, nothing_written():
        prepare_departure(dossier_id=dossier.id, agent=cast.courier, at=NOON)

    assert {"piece.format", "piece.type"} <= {finding.code for finding in refused.value.findings}


def test_a_damaged_act_does_not_leave(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = a_signed_dossier(cast)
    act = Act.objects.get(dossier=dossier)
    act.signed = produced(dossier, cast, b"%PDF-1.7 rien", "abime.pdf", at=NOON)
    act.save()

    with pytest.raises(DepartureRefused, match="illisible"), nothing_written():
        prepare_departure(dossier_id=dossier.id, agent=cast.courier, at=NOON)


def test_a_drafter_does_not_prepare_departures(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = a_signed_dossier(cast)

    with pytest.raises(NotEntitled), nothing_written():
        prepare_departure(dossier_id=dossier.id, agent=cast.drafter, at=NOON)


def test_an_unsigned_act_does_not_leave(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = a_dossier(cast, to_sign=True)

    with pytest.raises(MoveNotAllowed, match="seul un acte signé"), nothing_written():
        prepare_departure(dossier_id=dossier.id, agent=cast.courier, at=NOON)
