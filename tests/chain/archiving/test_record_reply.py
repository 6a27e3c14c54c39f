"""Recording the reply of the archive."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.archiving.actions.record_reply import NotOurReply, record_reply
from hemicycle.chain.archiving.locking import WrongDepositState
from hemicycle.chain.archiving.models import Deposit
from hemicycle.dossier import attachments
from hemicycle.dossier.refusals import NotEntitled
from hemicycle.dossier.stages import Stage
from tests.cast import Cast
from tests.chain import told
from tests.published_acts import ONLINE_AT, a_reply, deposited, leaving

NothingWritten = Callable[[], AbstractContextManager[None]]


@pytest.mark.parametrize("code", ["OK", "WARNING"])
def test_an_accepted_act_is_archived_with_the_identifiers_of_the_archive(cast: Cast, code: str) -> None:
    dossier, deposit = deposited(cast)
    data = a_reply(deposit, code)

    record_reply(dossier_id=dossier.id, data=data, agent=cast.courier, at=ONLINE_AT)

    deposit.refresh_from_db()
    dossier.refresh_from_db()
    assert deposit.reply is not None
    assert attachments.read(deposit.reply) == data
    assert (deposit.state, deposit.reply_code, dossier.stage) == (Deposit.State.ACCEPTED, code, Stage.ARCHIVED)
    assert deposit.system_ids == {"ID1": "aeaqaaaaaaeb"}
    assert told.by(cast.courier, "courier", "archiving.reply_recorded")
    assert told.last()["facts"]["accepted"] is True


@pytest.mark.parametrize("code", ["KO", "FATAL", "CODE-INCONNU"])
def test_a_refusal_is_kept_with_its_reason(cast: Cast, code: str) -> None:
    dossier, deposit = deposited(cast)
    data = a_reply(deposit, code, cause="Le bordereau ne nomme pas son contrat")

    record_reply(dossier_id=dossier.id, data=data, agent=cast.courier, at=ONLINE_AT)

    deposit.refresh_from_db()
    dossier.refresh_from_db()
    assert (deposit.state, dossier.stage) == (Deposit.State.REFUSED, Stage.REFUSED_BY_ARCHIVE)
    assert "Le bordereau ne nomme pas son contrat" in deposit.reply_detail
    assert told.last()["facts"]["accepted"] is False


def test_a_refusal_before_reading_answers_by_its_operation(cast: Cast) -> None:
    dossier, deposit = deposited(cast)

    record_reply(dossier_id=dossier.id, data=a_reply(deposit, "KO", request=""), agent=cast.courier, at=ONLINE_AT)

    dossier.refresh_from_db()
    assert dossier.stage == Stage.REFUSED_BY_ARCHIVE


@pytest.mark.parametrize("request_id", ["HEM-2026-000099-1", ""])
def test_an_acceptance_that_does_not_answer_this_transfer_is_put_aside(
    cast: Cast, request_id: str, nothing_written: NothingWritten
) -> None:
    dossier, deposit = deposited(cast)

    with pytest.raises(NotOurReply, match="écartée"), nothing_written():
        record_reply(dossier_id=dossier.id, data=a_reply(deposit, request=request_id), agent=cast.courier, at=ONLINE_AT)


@pytest.mark.parametrize("data", [b"", b"<html/>", b"pas du XML"])
def test_what_is_not_a_reply_is_refused(cast: Cast, data: bytes, nothing_written: NothingWritten) -> None:
    dossier, _ = deposited(cast)

    with pytest.raises(NotOurReply), nothing_written():
        record_reply(dossier_id=dossier.id, data=data, agent=cast.courier, at=ONLINE_AT)


def test_a_receipt_concludes_nothing(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, deposit = deposited(cast)
    receipt = a_reply(deposit).replace(b"ArchiveTransferReply", b"Acknowledgement")

    with pytest.raises(NotOurReply, match="ne conclut pas"), nothing_written():
        record_reply(dossier_id=dossier.id, data=receipt, agent=cast.courier, at=ONLINE_AT)


def test_the_same_reply_twice_changes_nothing(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, deposit = deposited(cast)
    record_reply(dossier_id=dossier.id, data=a_reply(deposit), agent=cast.courier, at=ONLINE_AT)

    with nothing_written():
        record_reply(dossier_id=dossier.id, data=a_reply(deposit), agent=cast.courier, at=ONLINE_AT)


def test_what_is_archived_is_not_refused_afterwards(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, deposit = deposited(cast)
    record_reply(dossier_id=dossier.id, data=a_reply(deposit), agent=cast.courier, at=ONLINE_AT)

    with pytest.raises(WrongDepositState, match="accepté par l’archive"), nothing_written():
        record_reply(dossier_id=dossier.id, data=a_reply(deposit, "KO"), agent=cast.courier, at=ONLINE_AT)


def test_only_the_courier_brings_a_reply(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, deposit = deposited(cast)

    with pytest.raises(NotEntitled), nothing_written():
        record_reply(dossier_id=dossier.id, data=a_reply(deposit), agent=cast.archivist, at=ONLINE_AT)


def test_a_reply_to_what_was_not_deposited_is_refused(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, deposit = leaving(cast)

    with pytest.raises(WrongDepositState, match="versement en cours"), nothing_written():
        record_reply(dossier_id=dossier.id, data=a_reply(deposit), agent=cast.courier, at=ONLINE_AT)
