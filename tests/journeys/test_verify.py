"""`hemicycle verify`, on the journal that a journey left."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.journeys.playing import Played, run

pytestmark = pytest.mark.journey


@pytest.fixture
def journal(sport: Played, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    return Path(shutil.copytree(sport.out / "journal", tmp_path / "journal"))


def test_the_journal_of_a_journey_is_sound(journey: Played, tmp_path: Path) -> None:
    done = run("verify", journey.out / "journal", cwd=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"Journal intègre : {len(journey.steps)} entrée(s) enchaînée(s)")
    assert done.stdout.count("\n") == 1


def test_one_altered_byte_names_the_entry(journal: Path) -> None:
    file = journal / "journal.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    lines[41] = lines[41].replace(b'"channel":"e', b'"channel":"E')
    file.write_bytes(b"".join(lines))

    done = run("verify", journal, cwd=journal.parent)

    assert (done.returncode, done.stderr) == (1, "")
    assert "Entrée 42 altérée" in done.stdout


def test_an_entry_taken_out_is_named(journal: Path) -> None:
    file = journal / "journal.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(lines[:10] + lines[11:]))

    done = run("verify", journal, cwd=journal.parent)

    assert done.returncode == 1
    assert "Entrée 11 supprimée" in done.stdout


def test_a_journal_cut_off_at_its_end_is_seen(journal: Path) -> None:
    file = journal / "journal.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(lines[:-1]))

    done = run("verify", journal, cwd=journal.parent)

    assert done.returncode == 1
    assert f"entrée {len(lines)} manque" in done.stdout


@pytest.mark.parametrize("missing", ["journal.jsonl", "heads.jsonl"])
def test_a_missing_file_is_named_in_one_sentence(journal: Path, missing: str) -> None:
    (journal / missing).unlink()

    done = run("verify", journal, cwd=journal.parent)

    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith(f"Fichier {missing} absent")
    assert done.stdout.count("\n") == 1


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    done = run("verify", tmp_path / "ailleurs", cwd=tmp_path)

    assert (done.returncode, done.stderr, done.stdout.count("\n")) == (1, "", 1)
