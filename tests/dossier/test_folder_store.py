"""The folder: what a power cut may interrupt."""

from __future__ import annotations

import hashlib
import os

import pytest

from hemicycle.dossier import blobs
from tests.dossier.shelves import FolderShelf

DATA = "les octets d’un acte".encode()
SHA256 = hashlib.sha256(DATA).hexdigest()


def test_the_file_is_flushed_before_it_takes_its_name(folder: FolderShelf, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []
    fsync = os.fsync

    def watched(handle: int) -> None:
        seen.append([p.name for p in folder.files()])
        fsync(handle)

    monkeypatch.setattr(os, "fsync", watched)

    blobs.put(DATA)

    assert SHA256 not in seen[0]
    assert seen[-1] == [SHA256]
