"""A partner downloads a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.distribution.actions.record_download import NotOffered, UnknownLink, record_download
from hemicycle.chain.distribution.models import Notice
from hemicycle.chain.distribution.partner_page import files_of
from hemicycle.dossier.models import Attachment
from tests.cast import NOON, Cast
from tests.chain import told
from tests.factories import an_attachment
from tests.notices import sent

NothingWritten = Callable[[], AbstractContextManager[None]]


LATER = NOON + dt.timedelta(hours=2)


def offered(notice: Notice, label: str) -> Attachment:
    return next(f.attachment for f in files_of(notice) if f.label == label)


def test_the_first_download_is_dated_and_its_file_named(cast: Cast) -> None:
    _, notice = sent(cast)
    act = offered(notice, "Acte signé")

    record_download(token=notice.token, file=act.id, at=NOON)

    notice.refresh_from_db()
    assert notice.downloaded_at == NOON
    assert told.by(cast.courier, "courier", "distribution.notice_downloaded")
    assert (told.last()["facts"]["file"], told.last()["facts"]["sha256"]) == (act.name, act.sha256)


def test_the_same_file_again_changes_nothing(cast: Cast, nothing_written: NothingWritten) -> None:
    _, notice = sent(cast)
    act = offered(notice, "Acte signé")
    record_download(token=notice.token, file=act.id, at=NOON)

    with nothing_written():
        record_download(token=notice.token, file=act.id, at=LATER)


def test_another_file_is_told_and_the_first_date_stays(cast: Cast) -> None:
    _, notice = sent(cast)
    record_download(token=notice.token, file=offered(notice, "Lettre").id, at=NOON)

    record_download(token=notice.token, file=offered(notice, "Acte signé").id, at=LATER)

    notice.refresh_from_db()
    assert notice.downloaded_at == NOON
    assert told.events().count("distribution.notice_downloaded") == 2


def test_a_file_of_the_dossier_that_the_page_does_not_offer_stays_inside(
    cast: Cast, nothing_written: NothingWritten
) -> None:
    dossier, notice = sent(cast)
    inside = an_attachment(dossier, b"%PDF- liste nominative", by=cast.drafter, published=False)

    with pytest.raises(NotOffered), nothing_written():
        record_download(token=notice.token, file=inside.id, at=NOON)


def test_without_the_secret_nothing_is_downloaded(cast: Cast, nothing_written: NothingWritten) -> None:
    _, notice = sent(cast)

    with pytest.raises(UnknownLink), nothing_written():
        record_download(token="inconnu", file=offered(notice, "Acte signé").id, at=NOON)
