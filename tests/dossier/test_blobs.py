"""The store of files, in a folder as in a bucket: written once and durably, checked at each reading."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from hemicycle.dossier import attachments, blobs
from tests.cast import Cast
from tests.dossier.shelves import Shelf
from tests.factories import a_dossier, an_attachment

DATA = "les octets d’un acte".encode()
SHA256 = hashlib.sha256(DATA).hexdigest()
NAME = f"{SHA256[:2]}/{SHA256}"


def test_bytes_are_kept_under_their_digest(shelf: Shelf) -> None:
    blob = blobs.put(DATA)

    assert (blob.sha256, blob.size) == (SHA256, len(DATA))
    assert blobs.get(SHA256) == DATA
    assert shelf.names() == [NAME]


def test_no_bytes_at_all_are_kept_too(shelf: Shelf) -> None:
    blob = blobs.put(b"")

    assert blobs.get(blob.sha256) == b""
    assert len(shelf.names()) == 1


def test_the_same_bytes_twice_are_kept_once(shelf: Shelf) -> None:
    blobs.put(DATA)
    blobs.put(DATA)

    assert shelf.names() == [NAME]


def test_altered_bytes_are_never_handed_over(shelf: Shelf) -> None:
    blobs.put(DATA)
    shelf.alter(SHA256, DATA + b"!")

    with pytest.raises(blobs.BlobLost, match="altered"):
        blobs.get(SHA256)


def test_missing_bytes_are_said_missing(shelf: Shelf) -> None:
    with pytest.raises(blobs.BlobLost, match="missing"):
        blobs.get(SHA256)


def test_a_write_that_fails_leaves_nothing_behind(shelf: Shelf) -> None:
    with pytest.MonkeyPatch.context() as patch:
        shelf.fail(patch)

        with pytest.raises(shelf.failure):
            blobs.put(DATA)

    assert shelf.names() == []


@pytest.mark.django_db
def test_no_row_names_bytes_that_could_not_be_kept(shelf: Shelf, cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)

    with pytest.MonkeyPatch.context() as patch:
        shelf.fail(patch)

        with pytest.raises(shelf.failure), nothing_written():
            an_attachment(dossier, DATA, by=cast.drafter)

    assert shelf.names() == []


@pytest.mark.django_db
def test_an_attachment_gives_its_bytes_back(shelf: Shelf, cast: Cast) -> None:
    dossier = a_dossier(cast)

    annex = an_attachment(dossier, DATA, by=cast.drafter, to_control=True)

    assert attachments.read(annex) == DATA
    assert (annex.sha256, annex.size, annex.to_control) == (SHA256, len(DATA), True)


@pytest.mark.django_db
def test_the_annexes_in_force_come_in_their_order(cast: Cast) -> None:
    dossier = a_dossier(cast)
    for title, order in [("trois", 3), ("un", 1), ("deux", 2)]:
        an_attachment(dossier, title.encode(), by=cast.drafter, title=title, order=order)
    removed = an_attachment(dossier, by=cast.drafter, title="retirée")
    removed.removed_at = removed.added_at
    removed.save()
    an_attachment(dossier, by=cast.drafter, title="source", kind="source")

    assert [a.title for a in attachments.annexes_of(dossier)] == ["un", "deux", "trois"]
