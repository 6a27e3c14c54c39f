"""The table of deliberations, judged by frictionless and by arithmetic."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from frictionless import Resource, Schema

from hemicycle.protocols.scdl.matters import CODES, UnknownMatter, matter_name
from hemicycle.protocols.scdl.table import FIELDS, InvalidRow, Row, write_csv

ROW = Row(
    authority="Département de l'Exemple",
    siret="22999999000017",
    number="CD-2026-012",
    adopted_on=date(2026, 3, 12),
    matter_code="7.5",
    subject="Subvention, « voirie » et\nabords",
    budget_year="2026",
    budget="Budget principal",
    prefecture="PREF02A",
    received_on=date(2026, 3, 13),
    members=42,
    voters=40,
    votes_for=30,
    votes_against=8,
    abstentions=2,
    url="https://actes.exemple.fr/CD-2026-012",
)


def _table_schema() -> dict[str, Any]:
    """The Table Schema that the norm's table describes."""
    fields = []
    for field in FIELDS:
        constraints: dict[str, Any] = {"required": field.required}
        if field.pattern:
            constraints["pattern"] = field.pattern
        if field.type == "integer":
            constraints["minimum"] = 0
        fields.append({"name": field.name, "type": field.type, "constraints": constraints})
    fields[-1]["format"] = "uri"
    return {"fields": fields}


def _faults(data: bytes, tmp_path: Path) -> list[str]:
    (tmp_path / "scdl.csv").write_bytes(data)
    resource = Resource(path="scdl.csv", basepath=str(tmp_path), schema=Schema.from_descriptor(_table_schema()))
    return [error.message for task in resource.validate().tasks for error in task.errors]


def test_a_full_table_and_the_barest_row_are_valid_by_frictionless(tmp_path: Path) -> None:
    barest = Row(
        authority="Département de l'Exemple",
        siret="22999999000017",
        number="CD-2026-013",
        adopted_on=date(2026, 3, 12),
        matter_code="9.4",
        subject="Vœu",
    )

    data = write_csv([ROW, barest])

    assert _faults(data, tmp_path) == []


def test_frictionless_sees_what_is_wrong_in_a_table(tmp_path: Path) -> None:
    data = write_csv([ROW]).replace(b"22999999000017", b"2299999900001")

    assert len(_faults(data, tmp_path)) == 1


def test_the_columns_are_those_of_the_norm(shared: Path) -> None:
    norm = (shared / "norms" / "scdl.md").read_text()

    rows = [line.split("|")[1].strip() for line in norm.splitlines() if line.startswith("| ")][1:]

    assert [name for row in rows for name in row.split(", ")] == [field.name for field in FIELDS]


def test_a_row_is_written_whole_on_one_line_in_utf_8() -> None:
    data = write_csv([ROW])

    (line,) = csv.DictReader(io.StringIO(data.decode("utf-8"), newline=""))
    assert data.count(b"\r\n") == 2
    assert line["DELIB_OBJET"] == "Subvention, « voirie » et abords"
    assert line["DELIB_MATIERE_NOM"] == "finances locales/subventions"
    assert (line["DELIB_DATE"], line["VOTE_POUR"], line["PREF_DATE"]) == ("2026-03-12", "30", "2026-03-13")


def test_a_longer_matter_is_published_at_its_second_level() -> None:
    cells = replace(ROW, matter_code="7.10.3").cells()

    assert (cells[4], cells[5]) == ("7.10", "finances locales/divers")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"authority": " "}, "COLL_NOM est obligatoire"),
        ({"siret": "123"}, "n'est pas admise pour COLL_SIRET"),
        ({"siret": "٢" * 14}, "n'est pas admise pour COLL_SIRET"),
        ({"number": ""}, "DELIB_ID est obligatoire"),
        ({"subject": "\n"}, "DELIB_OBJET est obligatoire"),
        ({"subject": "a\x07b"}, "caractère de contrôle"),
        ({"matter_code": "7.11"}, "n'existe pas dans la classification"),
        ({"matter_code": "0.1", "matter": "thème local"}, "n'existe pas dans la classification"),
        ({"matter": "finances, divers"}, "ni virgule"),
        ({"budget_year": "26"}, "BUDGET_ANNEE"),
        ({"prefecture": "PREF99"}, "PREF_ID"),
        ({"received_on": date(2026, 3, 11)}, "avant d'avoir été adoptée"),
        ({"votes_for": -1}, "négatif"),
        ({"votes_for": 31}, "41 voix exprimées ou abstentions pour 40 votants"),
        ({"voters": 43}, "plus de votants que de membres"),
        ({"voters": None, "votes_for": 40}, "plus de votants que de membres"),
        ({"url": "actes/12"}, "adresse web"),
        ({"url": "javascript:alert(1)"}, "adresse web"),
    ],
)
def test_a_row_that_could_not_be_published_is_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidRow, match=words):
        replace(ROW, **changes)


def test_a_number_used_twice_in_a_year_is_refused_but_not_in_two_years() -> None:
    later = replace(ROW, adopted_on=date(2027, 3, 12), received_on=None)

    assert write_csv([ROW, later]).count(b"CD-2026-012,") == 2
    with pytest.raises(InvalidRow, match="deux fois"):
        write_csv([ROW, ROW])


def test_every_matter_of_the_classification_has_a_name_as_scdl_writes_them() -> None:
    names = [matter_name(code) for code in CODES]

    assert (len(names), len(set(names))) == (57, 57)
    for name in names:
        assert name == name.lower()
        assert name.count("/") == 1
        assert not set(name) & set(",()")


def test_the_codes_are_those_of_the_national_nomenclature(shared: Path) -> None:
    nomenclature = json.loads((shared / "norms/actes/nomenclature.json").read_text())

    expected = [second["code"] for first in nomenclature["matieres"] for second in first["enfants"]]

    assert list(CODES) == expected


@pytest.mark.parametrize("code", ["", "7", "7.", "10.1", "7.11", "abc"])
def test_an_unknown_matter_is_said_so(code: str) -> None:
    with pytest.raises(UnknownMatter, match="classification nationale"):
        matter_name(code)
