"""What a key wants of its holder, as the couriers find it out."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.accounts.models import Signatory
from hemicycle.chain.signing.actions.note_key_codes import note_key_codes
from hemicycle.chain.signing.together import codes_asked
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, TODAY, Cast

NothingWritten = Callable[[], AbstractContextManager[None]]

pytestmark = pytest.mark.django_db


def the_key(cast: Cast) -> str:
    return Signatory.objects.get(agent=cast.president).key_name


def test_the_page_asks_for_what_the_key_wants_from_then_on(cast: Cast) -> None:
    note_key_codes(key_name=the_key(cast), codes=["OTP", "PIN", "empreinte"], agent=cast.courier, at=NOON)

    assert codes_asked(cast.president, on=TODAY) == ["PIN", "OTP"]
    assert codes_asked(cast.clerk, on=TODAY) == []


def test_a_key_that_wants_nothing_any_more_is_asked_nothing(cast: Cast) -> None:
    note_key_codes(key_name=the_key(cast), codes=["PIN"], agent=cast.courier, at=NOON)

    note_key_codes(key_name=the_key(cast), codes=[], agent=cast.courier, at=NOON)

    assert codes_asked(cast.president, on=TODAY) == []


def test_nobody_but_the_couriers_notes_it(cast: Cast, nothing_written: NothingWritten) -> None:
    with pytest.raises(NotEntitled), nothing_written():
        note_key_codes(key_name=the_key(cast), codes=["PIN"], agent=cast.administrator, at=NOON)
