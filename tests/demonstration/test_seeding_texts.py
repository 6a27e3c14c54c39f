"""The texts of the demonstration are what people will read of the software: they are whole, and they add up."""

from __future__ import annotations

import re

import pytest

from hemicycle.demonstration.seeding import library
from hemicycle.demonstration.seeding.affairs import AFFAIRS, Affair
from hemicycle.demonstration.seeding.stories import STORIES
from hemicycle.texts.structure import read_deliberation

YEAR = 2026
WRITTEN = [affair for affair in AFFAIRS if affair.written]
SOURCES = sorted(library.FOLDER.rglob("*.md"))


def test_each_affair_has_one_story() -> None:
    assert sorted(a.key for a in AFFAIRS) == sorted(s.key for s in STORIES)


def test_each_text_on_disk_is_used() -> None:
    used = {
        f"{affair.key}/{name}.md"
        for affair in WRITTEN
        for name in ("rapport", "deliberation", *(f"annexe-{n + 1}" for n in range(len(affair.annexes))))
    }

    assert {str(path.relative_to(library.FOLDER).as_posix()) for path in SOURCES} == used


@pytest.mark.parametrize("affair", WRITTEN, ids=lambda affair: affair.key)
def test_each_draft_reads_as_a_deliberation(affair: Affair) -> None:
    found = read_deliberation(library.text(affair.key, "deliberation", year=YEAR))

    assert (found.problems, found.verb) == ((), "DÉCIDE")
    assert found.opening and found.recitals and found.hinge and found.articles
    assert [article.number for article in found.articles] == list(range(1, len(found.articles) + 1))


@pytest.mark.parametrize("affair", WRITTEN, ids=lambda affair: affair.key)
def test_each_draft_is_addressed_to_its_own_body(affair: Affair) -> None:
    source = (library.FOLDER / affair.key / "deliberation.md").read_text(encoding="utf-8")

    opening = "Le conseil départemental," if affair.body == "CD" else "La commission permanente"

    assert source.startswith(opening)


def test_no_placeholder_is_left() -> None:
    for path in SOURCES:
        assert "{" not in str(library.text(path.parent.name, path.stem, year=YEAR)["content"]).replace("{'", "")


def test_the_totals_of_the_tables_are_the_sums_of_their_columns() -> None:
    wrong = []
    for path in SOURCES:
        for table in re.findall(r"(?:^\|.*\n)+", path.read_text(encoding="utf-8"), re.MULTILINE):
            rows = [[cell.strip(" *") for cell in line.strip("|\n").split("|")] for line in table.splitlines()]
            wrong += [f"{path.parent.name}: {rows[0][n]}" for n in _columns_of_euros(rows) if not _adds_up(rows, n)]

    assert wrong == []


def _columns_of_euros(rows: list[list[str]]) -> list[int]:
    last = rows[-1]
    return [n for n, cell in enumerate(last) if cell.endswith("€")] if last[0].startswith("Total") else []


def _adds_up(rows: list[list[str]], column: int) -> bool:
    *amounts, total = (int(re.sub(r"\D", "", row[column]) or 0) for row in rows[2:])
    return sum(amounts) == total
