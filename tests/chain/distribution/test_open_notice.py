"""A partner follows the personal link."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.distribution.actions.open_notice import UnknownLink, open_notice
from tests.cast import NOON, Cast
from tests.chain import told
from tests.notices import sent

NothingWritten = Callable[[], AbstractContextManager[None]]


def test_the_first_opening_is_dated_and_told_by_the_courier(cast: Cast) -> None:
    dossier, notice = sent(cast)

    open_notice(token=notice.token, at=NOON)

    notice.refresh_from_db()
    assert notice.opened_at == NOON
    assert told.by(cast.courier, "courier", "distribution.notice_opened")
    assert told.last()["facts"]["partner"] == "Club de Clérande"
    assert told.last()["dossier"] == str(dossier.id)


def test_the_next_openings_change_nothing(cast: Cast, nothing_written: NothingWritten) -> None:
    _, notice = sent(cast)
    open_notice(token=notice.token, at=NOON)

    with nothing_written():
        open_notice(token=notice.token, at=NOON + dt.timedelta(days=1))


@pytest.mark.parametrize("change", [lambda t: "", lambda t: t[:-1], lambda t: t.swapcase(), lambda t: t + "\x00"])
def test_another_secret_opens_nothing(
    cast: Cast, change: Callable[[str], str], nothing_written: NothingWritten
) -> None:
    _, notice = sent(cast)

    with pytest.raises(UnknownLink), nothing_written():
        open_notice(token=change(notice.token), at=NOON)
