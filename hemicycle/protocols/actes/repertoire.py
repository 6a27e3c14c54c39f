"""The Latin-1 repertoire: what the ministry and the TdT can write (norm, section 5)."""

from __future__ import annotations

import unicodedata

# What French office software puts and ISO-8859-1 lacks.
_EQUIVALENTS = {
    "’": "'", "‘": "'", "‚": ",", "“": '"', "”": '"', "„": '"', "‹": "<", "›": ">",
    "–": "-", "—": "-", "‑": "-", "‐": "-", "−": "-", "…": "...", "•": "-", "€": "EUR",
    "œ": "oe", "Œ": "OE", "Ÿ": "Y", "™": "TM", "ﬁ": "fi", "ﬂ": "fl", "≤": "<=", "≥": ">=",
    "\u202f": " ", "\u2009": " ", "\u2007": " ", "\u00a0": " ", "\u200b": "", "\ufeff": "", "\u00ad": "",
}  # fmt: skip


def latin1(text: str) -> str:
    """One line of text in the Latin-1 repertoire; a character without equivalent becomes `?`."""
    written = "".join(_written(character) for character in unicodedata.normalize("NFC", text))
    return " ".join(written.split())


def without_equivalent(text: str) -> list[str]:
    """The characters `latin1` would lose, each once, in order."""
    lost = (c for c in unicodedata.normalize("NFC", text) if c != "?" and _written(c) == "?")
    return list(dict.fromkeys(lost))


def _written(character: str) -> str:
    if character in _EQUIVALENTS:
        return _EQUIVALENTS[character]
    if character.isspace():
        return " "
    if unicodedata.category(character) in ("Cc", "Cf"):
        return ""
    if ord(character) < 256:
        return character
    plain = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
    return plain if plain and all(32 <= ord(c) < 127 for c in plain) else "?"
