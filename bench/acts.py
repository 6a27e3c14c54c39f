"""An action, journaled and durable, beside one bare durable insert."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from bench.line import Line, median_ms


def measures(folder: Path) -> Iterator[Line]:
    from hemicycle.chain.drafting.actions.open_dossier import open_dossier
    from hemicycle.chain.drafting.actions.write_comment import write_comment
    from hemicycle.demonstration.cast import cast
    from hemicycle.demonstration.departement import build

    now = dt.datetime.now(dt.UTC)
    build(on=now.date(), password="")
    people = cast(on=now.date())

    def opened() -> object:
        return open_dossier(
            agent=people.drafter, unit_id=people.unit.pk, body="CP", object="Mesure", subject_code="7.5", at=now
        )

    dossier = open_dossier(
        agent=people.drafter, unit_id=people.unit.pk, body="CP", object="Mesure", subject_code="7.5", at=now
    )
    numbers = count()

    def comment() -> object:
        return write_comment(dossier_id=dossier.id, text=f"mesure {next(numbers)}", agent=people.drafter, at=now)

    base = sqlite3.connect(folder / "limit.sqlite3", isolation_level=None)
    base.execute("PRAGMA journal_mode=WAL")
    base.execute("PRAGMA synchronous=FULL")
    base.execute("CREATE TABLE line (id INTEGER PRIMARY KEY, text TEXT)")
    limit = median_ms(lambda: base.execute("INSERT INTO line (text) VALUES ('mesure')"), times=200)
    what = "one insert, WAL, synchronous=FULL"
    yield Line(name="write_comment, journaled, durable", ours=median_ms(comment, times=200), limit=limit, what=what)
    yield Line(
        name="open_dossier, numbered, journaled, durable", ours=median_ms(opened, times=100), limit=limit, what=what
    )
