"""The texts of the demonstration are what people will read of the software: they are whole, and they add up."""

from __future__ import annotations

import re

import pytest

from hemicycle.demonstration.seeding import library, sport_adapte
from hemicycle.demonstration.seeding.affair import Affair
from hemicycle.demonstration.seeding.affairs import AFFAIRS
from hemicycle.demonstration.seeding.affairs_followed import TYPES, VERSIONS
from hemicycle.demonstration.seeding.stories import STORIES
from hemicycle.texts.structure import read_deliberation

YEAR = 2026
WRITTEN = [affair for affair in AFFAIRS if affair.written]
SOURCES = sorted(library.FOLDER.rglob("*.md"))


def test_each_affair_has_one_story() -> None:
    assert sorted(a.key for a in AFFAIRS) == sorted([*(s.key for s in STORIES), VERSIONS])


def test_each_type_is_that_of_an_affair() -> None:
    assert set(TYPES) <= {affair.key for affair in AFFAIRS}


def test_each_text_on_disk_is_used() -> None:
    used = {f"{affair.key}/{name}.md" for affair in WRITTEN for name in _names(affair)}
    used |= {f"{VERSIONS}/{name}-v1.md" for name in ("rapport", "deliberation", "annexe-1")}

    assert {str(path.relative_to(library.FOLDER).as_posix()) for path in SOURCES} == used


def _names(affair: Affair) -> list[str]:
    annexes = [f"annexe-{number}" for number in range(1, len(affair.annexes) + 1)]
    return ["rapport", *_drafts(affair), *annexes]


def _drafts(affair: Affair) -> list[str]:
    return ["deliberation", *(f"deliberation-{number}" for number in range(2, len(affair.companions) + 2))]


@pytest.mark.parametrize("affair", WRITTEN, ids=lambda affair: affair.key)
def test_each_draft_reads_as_a_deliberation(affair: Affair) -> None:
    for name in _drafts(affair):
        found = read_deliberation(library.text(affair.key, name, year=YEAR))

        assert (found.problems, found.verb) == ((), "DÉCIDE")
        assert found.opening and found.recitals and found.hinge and found.articles
        assert [article.number for article in found.articles] == list(range(1, len(found.articles) + 1))


def test_a_footnote_is_called_from_where_it_is_written() -> None:
    report = library.text(VERSIONS, library.REPORT, year=YEAR)

    inline = report["content"][1]["content"]

    assert [node["type"] for node in inline] == ["text", "footnote", "text"]
    assert inline[0]["text"].endswith("deux ans") and inline[2]["text"].startswith(". Sept cantons")


def test_the_words_of_the_director_are_those_of_the_third_version() -> None:
    second = library.text(VERSIONS, library.DELIBERATION, year=YEAR, first=sport_adapte.ADDED)
    third = library.text(VERSIONS, library.DELIBERATION, year=YEAR)

    assert len(third["content"]) == len(second["content"]) + 1
    assert "autorisé à la signer" in str(third) and "autorisé à la signer" not in str(second)


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
