"""The notice of a member left: its proof."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.sitting.actions.record_summons_sent import record_summons_sent
from hemicycle.chain.sitting.models import Sitting, Summons
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain import told
from tests.factories import a_sitting

pytestmark = pytest.mark.django_db


def waiting(cast: Cast) -> Sitting:
    sitting = a_sitting(cast, convened=True)
    sitting.summonses.update(sent_at=None, message_id="")
    return sitting


def sent(cast: Cast, sitting: Sitting, **given: Any) -> Summons:
    fields: dict[str, Any] = {"member_id": cast.members[1].pk, "message_id": "<1@x>", "agent": cast.courier, "at": NOON}
    return record_summons_sent(sitting_id=sitting.id, **(fields | given))


def test_the_sending_is_dated_with_its_message(cast: Cast) -> None:
    sitting = waiting(cast)

    summons = sent(cast, sitting)

    assert (summons.sent_at, summons.message_id) == (NOON, "<1@x>")
    assert Summons.objects.exclude(sent_at=None).count() == 1
    assert told.by(cast.courier, "courier", "sitting.summons_sent")
    assert told.last()["facts"] == {
        "sitting": str(sitting.id),
        "member": "Mme Marie Corbenois",
        "channel": "electronic",
        "message_id": "<1@x>",
    }


def test_the_office_dates_what_left_on_paper(cast: Cast) -> None:
    on_paper = next(m for m in cast.members if m.electronic_since is None)

    assert sent(cast, waiting(cast), member_id=on_paper.pk, message_id="", agent=cast.clerk).channel == "paper"


def test_twice_is_once(cast: Cast, nothing_written: Any) -> None:
    sitting = waiting(cast)
    sent(cast, sitting)

    with nothing_written():
        assert sent(cast, sitting, message_id="<2@x>").message_id == "<1@x>"


@pytest.mark.parametrize("who", ["drafter", "president", "cabinet", "outsider"])
def test_the_others_are_refused(cast: Cast, who: str, nothing_written: Any) -> None:
    sitting = waiting(cast)

    with pytest.raises(NotEntitled), nothing_written():
        sent(cast, sitting, agent=getattr(cast, who))


def test_before_the_summons_nobody_was_sent_anything(cast: Cast, nothing_written: Any) -> None:
    sitting = a_sitting(cast)

    with pytest.raises(Summons.DoesNotExist), nothing_written():
        sent(cast, sitting)
