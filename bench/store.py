"""The content-addressed store beside a plain write with fsync."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from bench.line import Line, median_ms

MEGABYTE = 1024 * 1024


def measures(folder: Path) -> Iterator[Line]:
    from hemicycle.dossier import blobs

    def kept() -> object:
        return blobs.put(os.urandom(MEGABYTE))

    def plain() -> None:
        with (folder / "plain").open("wb") as file:
            file.write(os.urandom(MEGABYTE))
            file.flush()
            os.fsync(file.fileno())

    limit = median_ms(plain)
    yield Line(name="keep an annex of 1 MiB", ours=median_ms(kept), limit=limit, what="write 1 MiB, fsync")
