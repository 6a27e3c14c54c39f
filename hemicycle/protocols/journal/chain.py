"""The journal as a hash chain: each entry seals the one before it.

The bytes hashed are the canonical JSON of the entry (RFC 8785, without floating-point numbers) after a prefix
that no other use of SHA-256 here shares. Standard library only: an auditor can read and run it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypedDict

GENESIS = "0" * 64
#: Prefix of the bytes hashed: a digest of the journal can never be taken for one of something else.
DOMAIN = b"hemicycle-journal-entry-v1\x00"
#: Beyond it, readers in other languages lose digits (RFC 8785, section 3.2.2.3).
LARGEST_INTEGER = 2**53 - 1
#: Facts are flat; deeper than this is an attack on the reader.
DEEPEST = 32

JOURNAL = "journal.jsonl"
HEADS = "heads.jsonl"

_AT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z", re.ASCII)
_EVENT = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)+")
_HEX = re.compile(r"[0-9a-f]{64}")


class JournalError(ValueError):
    """Something that cannot be an entry of the journal. str() is one French sentence."""


class Person(TypedDict):
    """Who acts, or for whom."""

    id: str
    name: str


class Fields(TypedDict):
    """An entry before it is sealed."""

    #: Rank, from 1, without hole.
    n: int
    #: ISO 8601, UTC, microseconds, Z. See `stamp`.
    at: str
    #: Dotted and stable: « circuit.visa_given ».
    event: str
    dossier: str | None
    actor: Person
    role: str
    on_behalf_of: Person | None
    facts: dict[str, Any]


class Entry(Fields):
    """A sealed entry."""

    #: Hash of the entry before; `GENESIS` for the first.
    previous: str
    hash: str


class Head(TypedDict):
    """A published head of the chain: whoever keeps one proves everything before it."""

    n: int
    hash: str
    at: str


FIELDS = frozenset(Fields.__annotations__)
ENTRY_FIELDS = FIELDS | {"previous", "hash"}


def stamp(at: datetime) -> str:
    """An aware time as the journal writes it.

    Raises JournalError for a time without zone.
    """
    if at.tzinfo is None:
        raise JournalError("Une date du journal porte son fuseau horaire ; donnez-la en temps universel.")
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def canonical(value: object) -> bytes:
    """Canonical JSON: sorted keys, no spaces, UTF-8 (RFC 8785).

    Raises JournalError for a floating-point number, an integer beyond 2^53-1, a key that is not a text, a
    text that is not Unicode, too deep a nesting, or any other type.
    """
    _check(value)
    text = json.dumps(_sorted(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


def entry_hash(fields: Mapping[str, Any]) -> str:
    """SHA-256 of an entry without its `hash`, in hexadecimal.

    Raises JournalError as `canonical` does.
    """
    unsealed = {key: value for key, value in fields.items() if key != "hash"}
    return hashlib.sha256(DOMAIN + canonical(unsealed)).hexdigest()


def seal(fields: Fields, previous: str) -> Entry:
    """The entry that follows the one whose hash is `previous` (`GENESIS` for the first).

    Raises JournalError for fields that cannot be an entry.
    """
    unsealed = {**fields, "previous": previous}
    check_entry({**unsealed, "hash": GENESIS})
    return Entry(**fields, previous=previous, hash=entry_hash(unsealed))


def head_of(entry: Entry) -> Head:
    """The head to publish for an entry."""
    return Head(n=entry["n"], hash=entry["hash"], at=entry["at"])


def line(value: Entry | Head) -> bytes:
    """One line of journal.jsonl or heads.jsonl, its end included."""
    return canonical(value) + b"\n"


def check_entry(entry: Mapping[str, Any]) -> None:
    """Refuse what has not the shape of an entry: exactly its fields, each of its type.

    Raises JournalError.
    """
    if set(entry) != ENTRY_FIELDS:
        names = ", ".join(sorted(set(entry) ^ ENTRY_FIELDS))
        raise JournalError(f"Une entrée du journal a des champs en trop ou en moins : {names}.")
    holds = {
        "n": _is_rank(entry["n"]),
        "at": _matches(_AT, entry["at"]),
        "event": _matches(_EVENT, entry["event"]),
        "dossier": entry["dossier"] is None or isinstance(entry["dossier"], str),
        "actor": _is_person(entry["actor"]),
        "role": isinstance(entry["role"], str),
        "on_behalf_of": entry["on_behalf_of"] is None or _is_person(entry["on_behalf_of"]),
        "facts": isinstance(entry["facts"], dict),
        "previous": _matches(_HEX, entry["previous"]),
        "hash": _matches(_HEX, entry["hash"]),
    }
    for field, right in holds.items():
        if not right:
            raise JournalError(f"Le champ « {field} » d’une entrée du journal est mal formé.")


def check_head(head: Mapping[str, Any]) -> None:
    """Refuse what has not the shape of a head.

    Raises JournalError.
    """
    right = (
        set(head) == {"n", "hash", "at"}
        and _is_rank(head["n"])
        and _matches(_HEX, head["hash"])
        and _matches(_AT, head["at"])
    )
    if not right:
        raise JournalError("Une tête publiée du journal est mal formée.")


def _is_rank(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= LARGEST_INTEGER


def _matches(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_person(value: object) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == {"id", "name"}
        and all(isinstance(part, str) for part in value.values())
    )


def _check(value: object, depth: int = 0) -> None:
    """Refuse what canonical JSON cannot carry without loss."""
    if depth > DEEPEST:
        raise JournalError("Une valeur du journal est imbriquée trop profondément ; aplatissez-la.")
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, int):
        if abs(value) > LARGEST_INTEGER:
            raise JournalError("Un entier du journal dépasse 2^53-1 ; écrivez-le en texte.")
    elif isinstance(value, float):
        raise JournalError("Le journal n’accepte pas de nombre à virgule ; écrivez le montant en texte.")
    elif isinstance(value, str):
        if any("\ud800" <= character <= "\udfff" for character in value):
            raise JournalError("Un texte du journal n’est pas de l’Unicode valide ; corrigez-le.")
    elif isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise JournalError("Une clé d’un objet du journal n’est pas un texte ; corrigez-la.")
            _check(key, depth + 1)
            _check(inner, depth + 1)
    elif isinstance(value, list | tuple):
        for inner in value:
            _check(inner, depth + 1)
    else:
        raise JournalError(f"Le journal ne sait pas écrire une valeur de type « {type(value).__name__} ».")


def _sorted(value: object) -> object:
    """Keys in the order of their UTF-16 units, as RFC 8785 has it; Python alone would sort code points."""
    if isinstance(value, dict):
        ordered = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return {key: _sorted(value[key]) for key in ordered}
    if isinstance(value, list | tuple):
        return [_sorted(inner) for inner in value]
    return value
