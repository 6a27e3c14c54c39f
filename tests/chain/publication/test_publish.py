"""Putting an act online."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.publication.actions.publish import NotAcknowledged, NotPublishable, publish
from hemicycle.chain.transmission.models import Departure
from hemicycle.dossier.refusals import MoveNotAllowed, NotEntitled
from hemicycle.dossier.stages import Stage
from tests.cast import NOON, TODAY, Cast
from tests.chain import told
from tests.factories import a_dossier

NothingWritten = Callable[[], AbstractContextManager[None]]

LATER = NOON + dt.timedelta(days=2)


def test_the_act_is_online_with_its_author_and_its_stamped_copy(cast: Cast) -> None:
    dossier = a_dossier(cast, acknowledged=True)

    publication = publish(dossier_id=dossier.id, agent=cast.clerk, at=LATER)

    dossier.refresh_from_db()
    assert dossier.stage == Stage.PUBLISHED
    assert publication.slug == dossier.act_number.lower()
    assert publication.author == "Jean VALMORIN, Président du conseil départemental"
    assert publication.document == Departure.objects.get(dossier=dossier).stamped
    assert (publication.put_online_at, publication.published_by) == (LATER, cast.clerk)


def test_it_is_executory_from_the_later_of_reception_and_publication(cast: Cast) -> None:
    dossier = a_dossier(cast, acknowledged=True)

    publication = publish(dossier_id=dossier.id, agent=cast.clerk, at=LATER)

    assert publication.executory_on == TODAY + dt.timedelta(days=2)
    assert "26 novembre 2026" in publication.executory_explanation
    facts = told.last()["facts"]
    assert told.by(cast.clerk, "assembly_office", "publication.published")
    assert facts["executory_on"] == "2026-11-26"
    assert "L3131-1" in facts["article"]
    assert facts["url"].endswith(f"/actes/{publication.slug}/")


def test_without_a_stamped_copy_the_signed_original_is_offered(cast: Cast) -> None:
    dossier = a_dossier(cast, acknowledged=True)
    Departure.objects.filter(dossier=dossier).update(stamped=None)

    publication = publish(dossier_id=dossier.id, agent=cast.clerk, at=LATER)

    assert publication.document.name == f"{dossier.act_number}-signe.pdf"


@pytest.mark.parametrize("who", ["drafter", "director", "president", "courier", "outsider"])
def test_only_the_service_des_assemblees_publishes(cast: Cast, who: str, nothing_written: NothingWritten) -> None:
    dossier = a_dossier(cast, acknowledged=True)

    with pytest.raises(NotEntitled), nothing_written():
        publish(dossier_id=dossier.id, agent=getattr(cast, who), at=LATER)


def test_an_act_that_the_prefecture_has_not_received_is_not_published(
    cast: Cast, nothing_written: NothingWritten
) -> None:
    dossier = a_dossier(cast, transmitted=True)

    with pytest.raises(NotAcknowledged, match="accusé de réception"), nothing_written():
        publish(dossier_id=dossier.id, agent=cast.clerk, at=LATER)


def test_an_act_is_published_once(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = a_dossier(cast, published=True)

    with pytest.raises(MoveNotAllowed, match="publié"), nothing_written():
        publish(dossier_id=dossier.id, agent=cast.clerk, at=LATER)


def test_what_open_data_would_refuse_is_said_before_anything_is_online(
    cast: Cast, nothing_written: NothingWritten
) -> None:
    dossier = a_dossier(cast, acknowledged=True, subject_code="99.9")

    with pytest.raises(NotPublishable, match="données ouvertes"), nothing_written():
        publish(dossier_id=dossier.id, agent=cast.clerk, at=LATER)
