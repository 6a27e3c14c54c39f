"""Every document, judged by an engine that is not ours (ISO 19005-2 level A, ISO 14289-1)."""

from __future__ import annotations

from pathlib import Path

from tests.rendering.gallery import gallery
from tests.rendering.reading import faults


def test_every_document_is_archivable_and_accessible(shared: Path, tmp_path: Path) -> None:
    assert faults(shared, tmp_path, gallery()) == []
