"""An act online whose transmission is cancelled: its page stays, and it is no longer executory."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.publication import queries
from hemicycle.chain.publication.actions.note_cancellation import note_cancellation
from hemicycle.chain.publication.actions.publish import NotPublishable, publish
from hemicycle.chain.publication.models import Publication
from hemicycle.chain.transmission.models import Cancellation, Departure
from hemicycle.dossier import journal
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import NotEntitled
from hemicycle.dossier.stages import Move, Stage
from tests.cancellations import CANCELLED_ON, REASON, asked
from tests.cast import NOON, Cast
from tests.factories import a_dossier

NothingWritten = Callable[[], AbstractContextManager[None]]


def online_and_cancelled(cast: Cast) -> Dossier:
    dossier = a_dossier(cast, published=True)
    departure = Departure.objects.get(dossier=dossier)
    Cancellation.objects.create(
        departure=departure,
        state=Cancellation.State.ACCEPTED,
        reason=REASON,
        asked_by=cast.clerk,
        asked_at=NOON,
        received_on=CANCELLED_ON,
    )
    Departure.objects.update(state=Departure.State.CANCELLED)
    dossier.move(Move.TRANSMISSION_CANCELLED, at=NOON)
    return dossier


def test_it_is_no_longer_executory_and_its_page_says_since_when(cast: Cast) -> None:
    dossier = online_and_cancelled(cast)

    note_cancellation(dossier_id=dossier.id, agent=cast.courier, at=NOON)

    publication = Publication.objects.get()
    shown = queries.public_act(publication.slug)
    assert publication.executory_on is None
    assert "réception par le représentant de l’État en attente" in publication.executory_explanation
    assert shown is not None and shown.cancelled_on == CANCELLED_ON
    assert journal.of(dossier)[-1].event == "publication.no_longer_executory"


def test_twice_is_once(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = online_and_cancelled(cast)
    note_cancellation(dossier_id=dossier.id, agent=cast.courier, at=NOON)

    with nothing_written():
        note_cancellation(dossier_id=dossier.id, agent=cast.courier, at=NOON)


def test_an_act_whose_transmission_stands_is_left_alone(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = a_dossier(cast, published=True)

    with nothing_written():
        note_cancellation(dossier_id=dossier.id, agent=cast.courier, at=NOON)


def test_only_a_courier_notes_it(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = online_and_cancelled(cast)

    with pytest.raises(NotEntitled), nothing_written():
        note_cancellation(dossier_id=dossier.id, agent=cast.clerk, at=NOON)


def test_received_again_it_is_executory_from_that_day_and_stays_online_since_the_first(cast: Cast) -> None:
    dossier = online_and_cancelled(cast)
    note_cancellation(dossier_id=dossier.id, agent=cast.courier, at=NOON)
    Departure.objects.update(state=Departure.State.ACKNOWLEDGED, received_on=CANCELLED_ON)
    Dossier.objects.update(stage=Stage.ACKNOWLEDGED)

    publication = publish(dossier_id=dossier.id, agent=cast.clerk, at=NOON.replace(year=2027))

    assert (publication.executory_on, publication.put_online_at) == (CANCELLED_ON, NOON)


def test_nothing_goes_online_while_a_cancellation_is_to_be_decided(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = asked(cast)

    with pytest.raises(NotPublishable, match="annulation"), nothing_written():
        publish(dossier_id=dossier.id, agent=cast.clerk, at=NOON)
