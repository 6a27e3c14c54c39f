"""Recording that the letter left."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.distribution.actions.record_notice_sent import record_notice_sent
from hemicycle.chain.distribution.models import Notice
from hemicycle.dossier import attachments
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain import told
from tests.notices import MESSAGE_ID, prepared, sent

NothingWritten = Callable[[], AbstractContextManager[None]]


EML = b"From: actes@ormelle.example\r\n\r\nMadame, Monsieur,\r\n"


def test_the_message_is_kept_as_it_left(cast: Cast) -> None:
    _, notice = prepared(cast)

    record_notice_sent(notice_id=notice.pk, message_id=MESSAGE_ID, eml=EML, agent=cast.courier, at=NOON)

    notice.refresh_from_db()
    assert notice.mail is not None
    assert attachments.read(notice.mail) == EML
    assert (notice.mail.media_type, notice.mail.published) == ("message/rfc822", False)
    assert (notice.sent_at, notice.message_id) == (NOON, MESSAGE_ID)
    assert told.by(cast.courier, "courier", "distribution.notice_sent")
    assert told.last()["facts"]["sha256"] == notice.mail.sha256


def test_twice_is_once(cast: Cast, nothing_written: NothingWritten) -> None:
    _, notice = sent(cast)

    with nothing_written():
        record_notice_sent(notice_id=notice.pk, message_id="<autre@x.fr>", eml=EML, agent=cast.courier, at=NOON)


def test_only_the_courier_dates_a_sending(cast: Cast, nothing_written: NothingWritten) -> None:
    _, notice = prepared(cast)

    with pytest.raises(NotEntitled), nothing_written():
        record_notice_sent(notice_id=notice.pk, message_id=MESSAGE_ID, eml=EML, agent=cast.clerk, at=NOON)


def test_a_notice_that_was_not_prepared_is_not_sent(cast: Cast, nothing_written: NothingWritten) -> None:
    _, notice = prepared(cast)

    with pytest.raises((Notice.DoesNotExist, Dossier.DoesNotExist)), nothing_written():
        record_notice_sent(notice_id=notice.pk + 1, message_id=MESSAGE_ID, eml=EML, agent=cast.courier, at=NOON)
