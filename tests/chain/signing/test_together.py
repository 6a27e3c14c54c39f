"""What was ordered in one gesture, to be carried together."""

from __future__ import annotations

import pytest

from hemicycle.chain.signing.actions.record_signature import record_signature
from hemicycle.chain.signing.together import orders_together
from hemicycle.dossier import attachments
from tests.cast import NOON, Cast
from tests.signed_acts import a_gesture, an_act_to_sign, sign_pdf

pytestmark = pytest.mark.django_db


def test_the_others_of_the_gesture_come_after_the_act_s_own(cast: Cast) -> None:
    _, (first, second, third) = a_gesture(cast, 3)
    a_gesture(cast, 1)

    found = orders_together(second.dossier_id)

    assert [dossier for dossier, _ in found] == [second.dossier_id, first.dossier_id, third.dossier_id]
    assert len({order.sha256 for _, order in found}) == 3


def test_what_is_signed_already_is_carried_no_second_time(cast: Cast) -> None:
    _, (first, second) = a_gesture(cast, 2)
    signed = sign_pdf(attachments.read(first.frozen))
    record_signature(dossier_id=first.dossier_id, signed=signed, agent=cast.courier, at=NOON)

    assert orders_together(first.dossier_id) == []
    assert [dossier for dossier, _ in orders_together(second.dossier_id)] == [second.dossier_id]


def test_an_order_without_gesture_is_alone(cast: Cast) -> None:
    dossier, _ = an_act_to_sign(cast, ordered=True)
    an_act_to_sign(cast, ordered=True)

    assert [one for one, _ in orders_together(dossier.id)] == [dossier.id]
