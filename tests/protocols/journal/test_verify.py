"""An exported journal is verified offline and its first bad entry named."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from hemicycle.protocols.journal.chain import HEADS, JOURNAL, Entry, canonical, entry_hash, line, seal
from hemicycle.protocols.journal.verify import verify
from tests.protocols.journal.folders import fields, journal, write


def _lines(entries: list[Entry]) -> list[bytes]:
    return [line(entry) for entry in entries]


def _resealed(entry: Entry, **changes: Any) -> Entry:
    changed: dict[str, Any] = {**entry, **changes}
    changed["hash"] = entry_hash(changed)
    return changed  # type: ignore[return-value]


def test_a_sound_journal_is_sound(tmp_path: Path) -> None:
    entries = journal(9)

    verdict = verify(write(tmp_path, _lines(entries), [entries[3], entries[8]]))

    assert (verdict.ok, verdict.entries, verdict.first_bad, verdict.anchored) == (True, 9, None, 9)
    assert verdict.reason == "Journal intègre : 9 entrée(s) enchaînée(s), têtes publiées jusqu’à l’entrée 9."


def test_an_empty_journal_is_empty_unless_a_head_says_otherwise(tmp_path: Path) -> None:
    entries = journal(2)

    empty = verify(write(tmp_path / "empty", [], []))
    cut = verify(write(tmp_path / "cut", [], entries))

    assert (empty.ok, empty.reason) == (True, "Le journal est vide.")
    assert (cut.ok, cut.first_bad) == (False, 1)


def test_a_journal_without_published_head_says_what_it_cannot_prove(tmp_path: Path) -> None:
    verdict = verify(write(tmp_path, _lines(journal(3)), []))

    assert verdict.ok
    assert "une coupure de la fin ne se verrait pas" in verdict.reason


def test_an_altered_entry_is_named(tmp_path: Path) -> None:
    entries = journal(9)
    lines = _lines(entries)
    lines[4] = lines[4].replace(b"juriste", b"juristf")

    verdict = verify(write(tmp_path, lines, entries[-1:]))

    assert (verdict.ok, verdict.entries, verdict.first_bad) == (False, 4, 5)
    assert "Entrée 5 altérée" in verdict.reason


def test_an_entry_rewritten_with_its_hash_is_named(tmp_path: Path) -> None:
    entries = journal(9)
    forged = [*entries[:4], _resealed(entries[4], role="president"), *entries[5:]]

    verdict = verify(write(tmp_path, _lines(forged), entries[-1:]))

    assert verdict.first_bad == 5
    assert verdict.entries == 4
    assert "Entrée 5 réécrite" in verdict.reason


def test_a_link_rewritten_with_its_hash_is_named_and_its_neighbour_is_not(tmp_path: Path) -> None:
    entries = journal(9)
    forged = [*entries[:4], _resealed(entries[4], previous="f" * 64), *entries[5:]]

    assert verify(write(tmp_path / "a", _lines(forged), entries[-1:])).first_bad == 5
    assert verify(write(tmp_path / "b", _lines(forged), [entries[3], entries[8]])).first_bad == 5


def test_a_journal_rewritten_to_its_end_does_not_match_its_published_head(tmp_path: Path) -> None:
    entries = journal(9)
    forged = entries[:4]
    for n in range(5, 10):
        forged.append(seal(fields(n, {"autre": "histoire"}), forged[-1]["hash"]))

    verdict = verify(write(tmp_path, _lines(forged), [entries[3], entries[6]]))

    assert verdict.first_bad == 7
    assert "tête publiée" in verdict.reason


@pytest.mark.parametrize(("gone", "sentence"), [(slice(4, 5), "5 supprimée"), (slice(4, 7), "5 à 7 supprimées")])
def test_entries_taken_out_are_named(gone: slice, sentence: str, tmp_path: Path) -> None:
    entries = journal(9)
    lines = _lines(entries)
    del lines[gone]

    verdict = verify(write(tmp_path, lines, entries[-1:]))

    assert verdict.first_bad == 5
    assert sentence in verdict.reason


def test_entries_swapped_are_named(tmp_path: Path) -> None:
    lines = _lines(journal(9))
    lines[4], lines[5] = lines[5], lines[4]

    verdict = verify(write(tmp_path, lines, []))

    assert verdict.first_bad == 5
    assert "Entrée 5 déplacée" in verdict.reason


def test_an_entry_repeated_is_named(tmp_path: Path) -> None:
    lines = _lines(journal(9))

    verdict = verify(write(tmp_path, [*lines[:5], lines[4], *lines[5:]], []))

    assert verdict.first_bad == 5
    assert "Entrée 5 en double" in verdict.reason


def test_a_well_forged_entry_slipped_in_is_named(tmp_path: Path) -> None:
    entries = journal(9)
    intruder = seal(fields(5, {"faux": "visa"}), entries[3]["hash"])

    verdict = verify(write(tmp_path, _lines([*entries[:4], intruder, *entries[4:]]), []))

    assert verdict.first_bad == 5
    assert "deux entrées différentes portent ce numéro" in verdict.reason


def test_a_badly_linked_entry_slipped_in_is_named(tmp_path: Path) -> None:
    entries = journal(9)
    intruder = seal(fields(5, {"faux": "visa"}), "a" * 64)

    verdict = verify(write(tmp_path, _lines([*entries[:4], intruder, *entries[4:]]), []))

    assert verdict.first_bad == 5


@pytest.mark.parametrize("kept", [0, 3, 8])
def test_a_truncated_journal_is_told_by_its_heads(kept: int, tmp_path: Path) -> None:
    entries = journal(9)

    verdict = verify(write(tmp_path, _lines(entries[:kept]), entries[-1:]))

    assert (verdict.first_bad, verdict.entries) == (kept + 1, kept)
    assert "tronqué" in verdict.reason


@pytest.mark.parametrize(
    "damage",
    [
        lambda raw: raw[:40] + b"\n",
        lambda raw: raw.replace(b'"n":5', b'"n":5,"n":5'),
        lambda raw: raw.replace(b'"n":5', b'"n":5.0'),
        lambda raw: raw.replace(b'"n":5', b'"n":NaN'),
        lambda raw: raw.replace(b'"n":5', b'"n": 5'),
        lambda raw: raw.replace(b"Ferrand", b"\xff\xfe"),
        lambda raw: raw.replace(b"Ferrand", b"\\ud800"),
        lambda raw: b"[" * 100_000 + b"\n",
        lambda raw: b'{"facts":' + b"[" * 400 + b"]" * 400 + b"}\n",
        lambda raw: b"9" * 5000 + b"\n",
        lambda raw: b"\n",
        lambda raw: b"null\n",
    ],
)
def test_a_line_that_is_no_entry_is_named_without_traceback(damage: Any, tmp_path: Path) -> None:
    lines = _lines(journal(9))
    lines[4] = damage(lines[4])

    verdict = verify(write(tmp_path, lines, []))

    assert (verdict.ok, verdict.first_bad) == (False, 5)
    assert verdict.reason.startswith("Entrée 5")


def test_a_last_line_cut_short_is_named(tmp_path: Path) -> None:
    lines = _lines(journal(3))

    verdict = verify(write(tmp_path, [*lines[:2], lines[2][:-1]], []))

    assert verdict.first_bad == 3


def test_a_folder_without_its_files_is_refused_with_a_sentence(tmp_path: Path) -> None:
    write(tmp_path, _lines(journal(2)), [])
    (tmp_path / HEADS).unlink()

    missing_heads = verify(tmp_path)
    missing_all = verify(tmp_path / "nulle-part")

    assert (missing_heads.ok, missing_all.ok) == (False, False)
    assert missing_heads.reason == ("Fichier heads.jsonl absent ou illisible ; donnez le dossier complet du journal.")


@pytest.mark.parametrize("broken", [b"{}\n", b"pas du json\n"])
def test_a_broken_heads_file_is_refused(broken: bytes, tmp_path: Path) -> None:
    entries = journal(2)
    write(tmp_path, _lines(entries), entries)
    (tmp_path / HEADS).write_bytes(broken)

    verdict = verify(tmp_path)

    assert (verdict.ok, verdict.first_bad) == (False, None)
    assert "Ligne 1 de heads.jsonl" in verdict.reason


def test_heads_out_of_order_are_refused(tmp_path: Path) -> None:
    entries = journal(3)

    verdict = verify(write(tmp_path, _lines(entries), [entries[2], entries[1]]))

    assert not verdict.ok
    assert "ne se suivent plus" in verdict.reason


def test_the_verifier_needs_the_standard_library_only(tmp_path: Path) -> None:
    write(tmp_path, _lines(journal(3)), [])
    root = Path(__file__).resolve().parents[3]
    program = (
        "import sys, pathlib; sys.path.insert(0, sys.argv[1]);"
        "from hemicycle.protocols.journal.verify import verify;"
        "sys.exit(0 if verify(pathlib.Path(sys.argv[2])).ok else 1)"
    )

    done = subprocess.run([sys.executable, "-I", "-S", "-c", program, str(root), str(tmp_path)], check=False)

    assert done.returncode == 0
    assert (tmp_path / JOURNAL).read_bytes() == b"".join(canonical(entry) + b"\n" for entry in journal(3))
