"""A letter that left is told once, of its dossier when it is about one."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.telling.actions.record_letter_sent import record_letter_sent
from hemicycle.chain.telling.models import Notification
from hemicycle.dossier.models import JournalEntry
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain import told
from tests.chain.telling.to_tell import awaited, gather

pytestmark = pytest.mark.django_db


def test_it_settles_its_news_and_says_so_on_the_dossier(cast: Cast) -> None:
    (dossier,) = awaited(cast)
    letter = gather(cast, cast.legal)
    assert letter is not None

    record_letter_sent(letter_id=letter.pk, message_id="<a@b.fr>", agent=cast.courier, at=NOON)

    assert Notification.objects.get(agent=cast.legal).state == "sent"
    entry = JournalEntry.objects.order_by("-n")[0]
    assert (entry.event, entry.dossier) == ("telling.letter_sent", dossier)
    assert told.last()["facts"]["to"] == "Jules Juriste" and told.last()["facts"]["kinds"] == ["visa"]


def test_about_several_it_is_of_none(cast: Cast) -> None:
    awaited(cast, 2)
    letter = gather(cast, cast.legal)
    assert letter is not None

    record_letter_sent(letter_id=letter.pk, message_id="<a@b.fr>", agent=cast.courier, at=NOON)

    assert told.last()["dossier"] is None and told.last()["facts"]["news"] == 2


def test_recorded_again_it_is_recorded_once(cast: Cast, nothing_written: Any) -> None:
    awaited(cast)
    letter = gather(cast, cast.legal)
    assert letter is not None
    record_letter_sent(letter_id=letter.pk, message_id="<a@b.fr>", agent=cast.courier, at=NOON)

    with nothing_written():
        record_letter_sent(letter_id=letter.pk, message_id="<a@b.fr>", agent=cast.courier, at=NOON)


def test_only_the_couriers_record(cast: Cast, nothing_written: Any) -> None:
    awaited(cast)
    letter = gather(cast, cast.legal)
    assert letter is not None

    with pytest.raises(NotEntitled), nothing_written():
        record_letter_sent(letter_id=letter.pk, message_id="<a@b.fr>", agent=cast.clerk, at=NOON)
