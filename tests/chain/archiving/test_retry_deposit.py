"""Letting a refused deposit be made again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.archiving.actions.record_reply import record_reply
from hemicycle.chain.archiving.actions.retry_deposit import retry_deposit
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import MoveNotAllowed, NotEntitled
from hemicycle.dossier.stages import Stage
from tests.cast import Cast
from tests.chain import told
from tests.published_acts import ONLINE_AT, a_reply, deposited

NothingWritten = Callable[[], AbstractContextManager[None]]


def refused(cast: Cast) -> Dossier:
    dossier, deposit = deposited(cast)
    record_reply(dossier_id=dossier.id, data=a_reply(deposit, "KO"), agent=cast.courier, at=ONLINE_AT)
    return dossier


@pytest.mark.parametrize(("who", "role"), [("archivist", "archivist"), ("clerk", "assembly_office")])
def test_the_dossier_goes_back_among_the_published(cast: Cast, who: str, role: str) -> None:
    dossier = refused(cast)

    retry_deposit(dossier_id=dossier.id, agent=getattr(cast, who), at=ONLINE_AT)

    dossier.refresh_from_db()
    assert dossier.stage == Stage.PUBLISHED
    assert told.by(getattr(cast, who), role, "archiving.deposit_again")
    assert told.last()["facts"] == {"after_attempt": 1, "message_identifier": "HEM-2026-000001-1"}


@pytest.mark.parametrize("who", ["drafter", "courier", "auditor", "outsider"])
def test_others_order_nothing(cast: Cast, who: str, nothing_written: NothingWritten) -> None:
    dossier = refused(cast)

    with pytest.raises(NotEntitled), nothing_written():
        retry_deposit(dossier_id=dossier.id, agent=getattr(cast, who), at=ONLINE_AT)


def test_a_deposit_that_was_not_refused_is_not_made_again(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = deposited(cast)

    with pytest.raises(MoveNotAllowed, match="aucun versement refusé"), nothing_written():
        retry_deposit(dossier_id=dossier.id, agent=cast.archivist, at=ONLINE_AT)


def test_one_order_is_enough(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = refused(cast)
    retry_deposit(dossier_id=dossier.id, agent=cast.archivist, at=ONLINE_AT)

    with pytest.raises(MoveNotAllowed), nothing_written():
        retry_deposit(dossier_id=dossier.id, agent=cast.archivist, at=ONLINE_AT)
