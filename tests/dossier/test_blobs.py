"""The store of files: written once and durably, checked at each reading."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from django.conf import settings

from hemicycle.dossier import attachments, blobs
from tests.cast import Cast
from tests.factories import a_dossier, an_attachment

DATA = "les octets d’un acte".encode()
SHA256 = hashlib.sha256(DATA).hexdigest()


def files() -> list[Path]:
    return sorted(p for p in Path(settings.BLOBS).rglob("*") if p.is_file())


def test_bytes_are_kept_under_their_digest() -> None:
    blob = blobs.put(DATA)

    assert (blob.sha256, blob.size) == (SHA256, len(DATA))
    assert blobs.get(SHA256) == DATA


def test_the_same_bytes_twice_are_kept_once() -> None:
    blobs.put(DATA)
    blobs.put(DATA)

    assert [p.name for p in files()] == [SHA256]


def test_altered_bytes_are_never_handed_over() -> None:
    blobs.put(DATA)
    files()[0].write_bytes(DATA + b"!")

    with pytest.raises(blobs.BlobLost, match="altered"):
        blobs.get(SHA256)


def test_missing_bytes_are_said_missing() -> None:
    with pytest.raises(blobs.BlobLost, match="missing"):
        blobs.get(SHA256)


def test_a_write_that_fails_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)

    with pytest.raises(OSError, match="No space left"):
        blobs.put(DATA)

    assert files() == []


def test_the_file_is_flushed_before_it_takes_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []
    fsync = os.fsync

    def watched(handle: int) -> None:
        seen.append([p.name for p in files()])
        fsync(handle)

    monkeypatch.setattr(os, "fsync", watched)

    blobs.put(DATA)

    assert SHA256 not in seen[0]
    assert seen[-1] == [SHA256]


@pytest.mark.django_db
def test_an_attachment_gives_its_bytes_back(cast: Cast) -> None:
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
