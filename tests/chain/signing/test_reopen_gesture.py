"""What could not be signed of a gesture comes back to its signatory."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.signing import queries
from hemicycle.chain.signing.actions.record_signature import record_signature
from hemicycle.chain.signing.actions.reopen_gesture import reopen_gesture
from hemicycle.chain.signing.models import Act
from hemicycle.dossier import attachments, journal
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, TODAY, Cast
from tests.signed_acts import a_gesture, sign_pdf

NothingWritten = Callable[[], AbstractContextManager[None]]

pytestmark = pytest.mark.django_db
WHY = "Le code à usage unique est refusé."


def test_what_is_left_waits_for_an_order_again_and_what_is_signed_stays_so(cast: Cast) -> None:
    gesture, (first, second) = a_gesture(cast, 2, OTP="1")
    signed = sign_pdf(attachments.read(first.frozen))
    record_signature(dossier_id=first.dossier_id, signed=signed, agent=cast.courier, at=NOON)

    count = reopen_gesture(gesture_id=gesture.pk, reason=WHY, agent=cast.courier, at=NOON)

    gesture.refresh_from_db()
    assert count == 1
    assert [Act.objects.get(pk=a.pk).state for a in (first, second)] == [Act.State.SIGNED, Act.State.TO_SIGN]
    assert (gesture.refusal, bytes(gesture.sealed_codes)) == (WHY, b"")
    assert journal.of(second.dossier)[-1].event == "signing.signature_reopened"
    assert [one.act.pk for one in queries.to_sign(cast.president, on=TODAY) if one.awaited] == [second.pk]


def test_the_gesture_says_what_is_signed_and_why_the_rest_is_not(cast: Cast) -> None:
    gesture, (first, _second) = a_gesture(cast, 2, OTP="1")
    signed = sign_pdf(attachments.read(first.frozen))
    record_signature(dossier_id=first.dossier_id, signed=signed, agent=cast.courier, at=NOON)
    reopen_gesture(gesture_id=gesture.pk, reason=WHY, agent=cast.courier, at=NOON)

    told = queries.last_gesture(cast.president, since=NOON)

    assert told is not None
    assert (told.ordered, told.signed, told.failed, told.under_way, told.refusal) == (2, 1, 1, 0, WHY)


def test_nobody_but_the_couriers_gives_an_order_back(cast: Cast, nothing_written: NothingWritten) -> None:
    gesture, _ = a_gesture(cast, 1)

    with pytest.raises(NotEntitled), nothing_written():
        reopen_gesture(gesture_id=gesture.pk, reason=WHY, agent=cast.president, at=NOON)
