"""A letter refused for good is dropped with the sentence of the server."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.telling.actions.record_letter_refused import record_letter_refused
from hemicycle.chain.telling.models import Notification
from hemicycle.chain.telling.queries import choices_of
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain import told
from tests.chain.telling.to_tell import awaited, gather

pytestmark = pytest.mark.django_db

WHY = "Le serveur de courrier refuse l’adresse (code 550)."


def test_its_news_are_dropped_and_the_person_sees_why(cast: Cast) -> None:
    awaited(cast)
    letter = gather(cast, cast.legal)
    assert letter is not None

    record_letter_refused(letter_id=letter.pk, reason=WHY, agent=cast.courier, at=NOON)

    row = Notification.objects.get(agent=cast.legal)
    assert (row.state, row.why) == ("dropped", WHY)
    assert told.last()["event"] == "telling.letter_refused"
    assert choices_of(cast.legal).trouble == WHY


def test_refused_again_is_refused_once(cast: Cast, nothing_written: Any) -> None:
    awaited(cast)
    letter = gather(cast, cast.legal)
    assert letter is not None
    record_letter_refused(letter_id=letter.pk, reason=WHY, agent=cast.courier, at=NOON)

    with nothing_written():
        record_letter_refused(letter_id=letter.pk, reason=WHY, agent=cast.courier, at=NOON)


def test_only_the_couriers_record(cast: Cast, nothing_written: Any) -> None:
    awaited(cast)
    letter = gather(cast, cast.legal)
    assert letter is not None

    with pytest.raises(NotEntitled), nothing_written():
        record_letter_refused(letter_id=letter.pk, reason=WHY, agent=cast.clerk, at=NOON)
