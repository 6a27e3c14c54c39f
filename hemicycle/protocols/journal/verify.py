"""Recompute an exported journal offline and name the first bad entry.

Reads two files of a folder, line by line: journal.jsonl (the entries) and heads.jsonl (the heads published in
time). The chain alone shows what was altered, taken out, moved or added; the heads show what was cut off at
the end or rewritten whole. Needs nothing but `chain`, itself on the standard library.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hemicycle.protocols.journal.chain import (
    GENESIS,
    HEADS,
    JOURNAL,
    JournalError,
    canonical,
    check_entry,
    check_head,
    entry_hash,
)

#: Longest line read: an entry names facts and digests, never documents.
LONGEST_LINE = 4 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the journal proves."""

    ok: bool
    #: Entries found sound, from the first.
    entries: int
    #: Rank of the first bad entry; None when sound, or when the fault is not one of an entry.
    first_bad: int | None
    #: One French sentence.
    reason: str
    #: Rank of the last published head: entries after it could still be cut off unseen.
    anchored: int = 0


class _Bad(Exception):
    def __init__(self, first_bad: int | None, reason: str) -> None:
        super().__init__(reason)
        self.first_bad = first_bad
        self.reason = reason


def verify(folder: Path) -> Verdict:
    """The verdict on the journal of a folder. Never raises for a bad journal."""
    sound = 0
    heads: dict[int, str] = {}
    try:
        heads = _heads(folder / HEADS)
        for _ in _sound_entries(folder / JOURNAL, heads):
            sound += 1
        _check_end(sound, heads)
    except _Bad as bad:
        return Verdict(
            ok=False,
            entries=sound if bad.first_bad is None else min(sound, bad.first_bad - 1),
            first_bad=bad.first_bad,
            reason=bad.reason,
            anchored=max(heads, default=0),
        )
    last = max(heads, default=0)
    return Verdict(ok=True, entries=sound, first_bad=None, reason=_sound_sentence(sound, last), anchored=last)


def _sound_sentence(entries: int, last: int) -> str:
    if entries == 0:
        return "Le journal est vide."
    if last == 0:
        return (
            f"Journal intègre : {entries} entrée(s) enchaînée(s) ; aucune tête publiée, "
            "une coupure de la fin ne se verrait pas."
        )
    return f"Journal intègre : {entries} entrée(s) enchaînée(s), têtes publiées jusqu’à l’entrée {last}."


def _check_end(entries: int, heads: Mapping[int, str]) -> None:
    last = max(heads, default=0)
    if last > entries:
        raise _Bad(
            entries + 1,
            f"Journal tronqué : l’entrée {entries + 1} manque, alors qu’une tête publiée atteste {last} entrées.",
        )


def _sound_entries(path: Path, heads: Mapping[int, str]) -> Iterator[Mapping[str, Any]]:
    """The entries as long as they hold; raises _Bad at the first that does not."""
    lines = _lines(path)
    previous, before = GENESIS, None
    upcoming = next(lines, None)
    rank = 0
    while upcoming is not None:
        rank += 1
        entry = _entry(upcoming, rank)
        upcoming = next(lines, None)
        if entry["n"] != rank:
            raise _misplaced(entry, rank, before, (upcoming, lines))
        if entry["previous"] != previous:
            raise _broken_link(entry, rank, heads, upcoming)
        if heads.get(rank, entry["hash"]) != entry["hash"]:
            raise _Bad(
                rank,
                f"Entrée {rank} réécrite : son empreinte n’est pas celle de la tête publiée.",
            )
        yield entry
        previous, before = entry["hash"], entry


def _entry(raw: bytes, rank: int) -> Mapping[str, Any]:
    """A line as an entry of the right shape whose hash is its own; raises _Bad naming `rank`."""
    try:
        entry = _json_object(raw)
        check_entry(entry)
        same = canonical(entry) + b"\n" == raw
        own = entry["hash"] == entry_hash(entry)
    except JournalError as error:
        raise _Bad(rank, f"Entrée {rank} illisible : {error}") from None
    if not own:
        raise _Bad(rank, f"Entrée {rank} altérée : son contenu ne correspond plus à son empreinte.")
    if not same:
        raise _Bad(rank, f"Entrée {rank} altérée : elle n’est plus écrite sous sa forme canonique.")
    return entry


def _misplaced(
    entry: Mapping[str, Any],
    rank: int,
    before: Mapping[str, Any] | None,
    rest: tuple[bytes | None, Iterator[bytes]],
) -> _Bad:
    """An entry sound in itself but not at its rank: repeated, added, moved, or after one taken out."""
    n = entry["n"]
    if before is not None and n == before["n"]:
        if entry["hash"] == before["hash"]:
            return _Bad(n, f"Entrée {n} en double : elle figure deux fois de suite.")
        return _Bad(n, f"Entrée {n} ajoutée : deux entrées différentes portent ce numéro.")
    if n < rank:
        return _Bad(rank, f"Entrée {n} répétée ou déplacée au rang de l’entrée {rank}.")
    upcoming, lines = rest
    if _found_later(rank, upcoming, lines):
        return _Bad(rank, f"Entrée {rank} déplacée : l’entrée {n} est à sa place et elle vient plus loin.")
    missing = f"Entrée {rank} supprimée" if n == rank + 1 else f"Entrées {rank} à {n - 1} supprimées"
    return _Bad(rank, f"{missing} : le journal passe à l’entrée {n}.")


def _found_later(rank: int, upcoming: bytes | None, lines: Iterator[bytes]) -> bool:
    while upcoming is not None:
        if (_peek(upcoming) or {}).get("n") == rank:
            return True
        upcoming = next(lines, None)
    return False


def _broken_link(entry: Mapping[str, Any], rank: int, heads: Mapping[int, str], upcoming: bytes | None) -> _Bad:
    """Two neighbours sound in themselves that do not follow: which of the two is false?

    The one that a published head attests, or that the entry after it follows, is genuine.
    """
    following = _peek(upcoming) if upcoming is not None else None
    followed = following is not None and (following.get("n"), following.get("previous")) == (
        rank + 1,
        entry["hash"],
    )
    genuine = followed if rank not in heads else heads[rank] == entry["hash"]
    # Had a head attested the entry before, it would have been compared already: it is genuine then.
    if rank > 1 and genuine and rank - 1 not in heads:
        return _Bad(rank - 1, f"Entrée {rank - 1} réécrite : l’entrée {rank} n’en porte pas l’empreinte.")
    if rank == 1:
        return _Bad(1, "Entrée 1 réécrite : elle n’ouvre pas la chaîne.")
    return _Bad(rank, f"Entrée {rank} réécrite ou ajoutée : elle ne suit pas l’entrée {rank - 1}.")


def _peek(raw: bytes) -> Mapping[str, Any] | None:
    try:
        return _json_object(raw)
    except JournalError:
        return None


def _heads(path: Path) -> dict[int, str]:
    """The published heads by rank; raises _Bad for a file that is missing or cannot be one."""
    heads: dict[int, str] = {}
    for number, raw in enumerate(_lines(path), start=1):
        try:
            head = _json_object(raw)
            check_head(head)
        except JournalError as error:
            raise _Bad(None, f"Ligne {number} de {path.name} illisible : {error}") from None
        if head["n"] <= max(heads, default=0):
            raise _Bad(None, f"Ligne {number} de {path.name} : les têtes publiées ne se suivent plus.")
        heads[head["n"]] = head["hash"]
    return heads


def _lines(path: Path) -> Iterator[bytes]:
    """The lines of a file, ends included, none longer than the limit."""
    try:
        with path.open("rb") as file:
            while raw := file.readline(LONGEST_LINE):
                yield raw
    except OSError:
        raise _Bad(None, f"Fichier {path.name} absent ou illisible ; donnez le dossier complet du journal.") from None


def _json_object(raw: bytes) -> Mapping[str, Any]:
    """A whole line holding one JSON object; raises JournalError."""
    if not raw.endswith(b"\n"):
        raise JournalError("la ligne est coupée avant sa fin ou trop longue.")
    try:
        value = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_unique,
            parse_float=_no_float,
            parse_constant=_no_float,
        )
    except JournalError:
        raise
    except (ValueError, RecursionError):
        raise JournalError("la ligne n’est pas du JSON valide.") from None
    if not isinstance(value, dict):
        raise JournalError("la ligne n’est pas un objet JSON.")
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Two values under one key would let two readers read two journals."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise JournalError("une clé y figure deux fois.")
    return found


def _no_float(text: str) -> object:
    raise JournalError(f"le nombre {text} n’y est pas permis.")
