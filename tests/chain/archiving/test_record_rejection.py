"""Recording that the archive would not take the package."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.archiving.actions.record_rejection import record_rejection
from hemicycle.chain.archiving.locking import WrongDepositState
from hemicycle.chain.archiving.models import Deposit
from hemicycle.dossier.refusals import NotEntitled
from hemicycle.dossier.stages import Stage
from tests.cast import Cast
from tests.chain import told
from tests.published_acts import ONLINE_AT, leaving, packed

NothingWritten = Callable[[], AbstractContextManager[None]]


def test_the_reason_is_kept_and_the_dossier_waits(cast: Cast) -> None:
    dossier, deposit = leaving(cast)

    record_rejection(dossier_id=dossier.id, reason="Code 403.", agent=cast.courier, at=ONLINE_AT)

    deposit.refresh_from_db()
    dossier.refresh_from_db()
    assert (deposit.state, deposit.reply_detail) == (Deposit.State.REFUSED, "Code 403.")
    assert dossier.stage == Stage.REFUSED_BY_ARCHIVE
    assert told.by(cast.courier, "courier", "archiving.reply_recorded")


def test_twice_is_once(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = leaving(cast)
    record_rejection(dossier_id=dossier.id, reason="Code 403.", agent=cast.courier, at=ONLINE_AT)

    with nothing_written():
        record_rejection(dossier_id=dossier.id, reason="Code 403.", agent=cast.courier, at=ONLINE_AT)


def test_only_the_courier_brings_a_rejection(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = leaving(cast)

    with pytest.raises(NotEntitled), nothing_written():
        record_rejection(dossier_id=dossier.id, reason="Code 403.", agent=cast.clerk, at=ONLINE_AT)


def test_what_has_not_left_cannot_be_rejected(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = packed(cast)

    with pytest.raises(WrongDepositState, match="paquet prêt"), nothing_written():
        record_rejection(dossier_id=dossier.id, reason="Code 403.", agent=cast.courier, at=ONLINE_AT)
