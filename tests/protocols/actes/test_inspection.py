"""Any file of @CTES is named and judged, with and without the official schemas."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.protocols.actes import Member, describe, read_archive, write_archive

from .made import a_pdf, a_transmission

INDEX_ROW = re.compile(r"^\| (?P<path>[\w./\-]+) \|.*\|(?P<verdict>[^|]*)\|$", re.MULTILINE)
INVALID = {"faketdt-ar-actes-2013-INVALID.xml", "nature2_034-000000000-20170701-20170721D-AI-1-3_0.xml"}


@pytest.mark.parametrize("official", [False, True])
def test_every_sample_is_judged_as_the_index_says(shared: Path, official: bool) -> None:
    folder = shared / "norms/actes"
    rows = INDEX_ROW.findall((folder / "samples/INDEX.md").read_text())
    xml_or_archive = [(path, verdict) for path, verdict in rows if ":" in verdict]
    assert len(xml_or_archive) == 18

    for path, verdict in xml_or_archive:
        file = folder / "samples" / path
        found = describe(file.read_bytes(), file.name, schemas=folder / "xsd" if official else None)
        assert found is not None, path
        assert found.facts, path
        assert found.sound == ("valid" in re.split(r"[^A-Za-z]+", verdict)), (path, found.problems)
        assert found.sound == (file.name not in INVALID)


def test_the_generation_of_an_old_shape_is_a_note(shared: Path) -> None:
    file = shared / "norms/actes/samples/1-2_ARActe/001-000000000-20170130-TEST42-DE-1-2_0.xml"

    found = describe(file.read_bytes(), file.name)

    assert found is not None
    assert any("antérieure à 2017" in note for note in found.notes)


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"", "vide.xml"), (b"<a/>", "a.xml"), (a_pdf(), "a.pdf"), (b"\x1f\x8b", "a.tar.gz"), (b"{}", "a.json")],
)
def test_what_is_not_actes_is_left_to_others(data: bytes, name: str) -> None:
    assert describe(data, name) is None


def rewritten(archive: bytes, *, drop: str = "", change: tuple[bytes, bytes] = (b"", b"")) -> bytes:
    return write_archive(
        Member(name=member.name, data=member.data.replace(*change) if change[0] else member.data)
        for member in read_archive(archive)
        if not drop or drop not in member.name
    )


@pytest.mark.parametrize(
    ("drop", "change", "reason"),
    [
        ("1-1_2.pdf", (b"", b""), "1-1_2.pdf"),
        ("1-1_0.xml", (b"", b""), "annoncé par l’enveloppe"),
        ("TACT--", (b"", b""), "pas d’enveloppe"),
        ("", (b'Nombre="1"', b'Nombre="2"'), "Annexes"),
        ("", (b"<actes:CodeMatiere2", b"<actes:CodeMatiere3"), "CodeMatiere2"),
        ("", (b'CodeNatureActe="1"', b'CodeNatureActe="9"'), "nature"),
        ("", (b"229999990</", b"</"), None),
    ],
)
def test_each_fault_of_an_archive_is_named(drop: str, change: tuple[bytes, bytes], reason: str | None) -> None:
    sent = a_transmission()

    found = describe(rewritten(sent.archive, drop=drop, change=change), sent.archive_name)

    assert found is not None
    assert found.sound == (reason is None)
    assert reason is None or any(reason in problem for problem in found.problems)


def test_an_archive_named_as_one_and_unreadable_is_said_so() -> None:
    found = describe(b"\x1f\x8bxx", "SLO-EACT--210703385--20170612-2.tar.gz")

    assert found is not None
    assert not found.sound


def test_an_archive_under_another_name_is_judged_on_its_content() -> None:
    sent = a_transmission()

    found = describe(sent.archive, "copie.tar.gz")

    assert found is not None
    assert found.sound


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_damaged_message_never_raises(data: st.DataObject) -> None:
    message = bytearray(a_transmission().message)
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(message) - 1))
        message[place] = data.draw(st.integers(0, 255))

    found = describe(bytes(message), "099-229999990-20261217-CP2026_101-DE-1-1_0.xml")

    assert found is None or all(isinstance(problem, str) for problem in found.problems)


def test_a_stored_package_that_holds_a_message_in_clear_is_no_message() -> None:
    content = b"PK\x03\x04" + b'<actes:ARActe xmlns:actes="http://www.interieur.gouv.fr/ACTES#v1.1-20040216"/>'

    found = describe(content, "paquet.zip")

    assert found is None
