"""Setting an act, beside the start of an empty process (each document has its own)."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.line import Line, median_ms


def measures(folder: Path) -> Iterator[Line]:
    from hemicycle.rendering.annex import Annex, render_annex
    from hemicycle.rendering.blocks import Letterhead

    now = dt.datetime.now(dt.UTC)
    words = [{"type": "paragraph", "content": [{"type": "text", "text": "Le Département décide. " * 40}]}] * 20
    annex = Annex(
        letterhead=Letterhead(departement="Département de l’Ormelle"),
        number=1,
        title="Mesure",
        text={"type": "doc", "content": words},
    )
    limit = median_ms(lambda: subprocess.run([sys.executable, "-S", "-c", ""], check=True), times=10)
    yield Line(
        name="set a document of 5 pages as PDF/A-2a + PDF/UA-1",
        ours=median_ms(lambda: render_annex(annex, at=now), times=15),
        limit=limit,
        what="start an empty interpreter",
    )
