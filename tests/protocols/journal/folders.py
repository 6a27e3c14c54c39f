"""Journals written to a folder for the tests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hemicycle.protocols.journal.chain import (
    GENESIS,
    HEADS,
    JOURNAL,
    Entry,
    Fields,
    Person,
    head_of,
    line,
    seal,
    stamp,
)

NOON = datetime(2026, 6, 18, 12, tzinfo=UTC)


def fields(n: int, facts: dict[str, Any] | None = None) -> Fields:
    return Fields(
        n=n,
        at=stamp(NOON + timedelta(seconds=n)),
        event="circuit.visa_given",
        dossier=f"D-{n % 3}",
        actor=Person(id="a1", name="Mme Élodie Ferrand"),
        role="juriste",
        on_behalf_of=Person(id="a2", name="M. Noël") if n % 2 else None,
        facts=facts if facts is not None else {"étape": n, "version": "v1"},
    )


def journal(count: int) -> list[Entry]:
    entries: list[Entry] = []
    for n in range(1, count + 1):
        entries.append(seal(fields(n), entries[-1]["hash"] if entries else GENESIS))
    return entries


def write(folder: Path, lines: Iterable[bytes], heads: Sequence[Entry]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / JOURNAL).write_bytes(b"".join(lines))
    (folder / HEADS).write_bytes(b"".join(line(head_of(entry)) for entry in heads))
    return folder
