"""A signatory begins a gesture, with the codes that the key wants."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.signing.actions.begin_gesture import CodeRefused, begin_gesture
from hemicycle.chain.signing.codes import unseal
from hemicycle.chain.signing.expected import NotTheSignatory
from hemicycle.dossier.models import JournalEntry
from tests.cast import NOON, Cast

NothingWritten = Callable[[], AbstractContextManager[None]]

pytestmark = pytest.mark.django_db


def test_a_code_is_kept_encrypted_for_five_minutes_and_told_to_nobody(cast: Cast) -> None:
    gesture = begin_gesture(codes={"OTP": " 123456 "}, agent=cast.president, at=NOON)

    gesture.refresh_from_db()
    assert b"123456" not in bytes(gesture.sealed_codes)
    assert unseal(bytes(gesture.sealed_codes)) == {"OTP": "123456"}
    assert gesture.codes_until == NOON + dt.timedelta(minutes=5)
    assert "123456" not in str(list(JournalEntry.objects.order_by("n").values_list("sealed", flat=True)))


def test_a_gesture_without_code_keeps_none(cast: Cast) -> None:
    gesture = begin_gesture(codes={"OTP": ""}, agent=cast.president, at=NOON)

    assert (gesture.sealed_codes, gesture.codes_until) == (b"", None)


def test_who_has_no_certificate_begins_no_gesture(cast: Cast, nothing_written: NothingWritten) -> None:
    with pytest.raises(NotTheSignatory, match="certificat de signature"), nothing_written():
        begin_gesture(codes={}, agent=cast.clerk, at=NOON)


@pytest.mark.parametrize("codes", [{"PUK": "1"}, {"OTP": "1" * 65}])
def test_what_can_be_no_code_is_refused(cast: Cast, nothing_written: NothingWritten, codes: dict[str, str]) -> None:
    with pytest.raises(CodeRefused), nothing_written():
        begin_gesture(codes=codes, agent=cast.president, at=NOON)
