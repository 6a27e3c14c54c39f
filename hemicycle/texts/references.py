"""References of an act to its own articles, told apart from those to a code, a law or a contract."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_S = "[ \u00a0\u202f]"
_NUMBER = rf"(?:premier|1{_S}?er|\d{{1,4}}(?:-\d+)*(?:{_S}(?:bis|ter|quater|quinquies)\b)?|[IVX]+\b(?!\.{_S}*\d))"
_REFERENCE = re.compile(
    rf"\barticles?{_S}+(?P<numbers>{_NUMBER}(?:(?:,{_S}*|{_S}(?:et|ou|à|au){_S})(?:l[’']article{_S})?{_NUMBER})*)(?![\w°])",
    re.I,
)
_ONE = re.compile(_NUMBER, re.I)
#: What makes the article that of another text, before and after its number.
_BEFORE = re.compile(
    rf"\b(?:son|ses|leurs?|notamment|chapitre{_S}\d+){_S}*,?{_S}*"
    rf"(?:(?:à{_S}|de{_S})?l[’']|aux{_S}|les{_S}|des{_S}|d[’'])?$",
    re.I,
)
_OWN = re.compile(
    rf"{_S}*de{_S}la{_S}présente{_S}délibération|{_S}*du{_S}présent{_S}(?:arrêté|acte)|{_S}*de{_S}cette{_S}délibération",
    re.I,
)
_OTHERS = re.compile(rf"{_S}*,?{_S}*(?:\([^)]*\){_S}*)?(?:du|de|des|d[’']|susvis\w*|précit\w*)\b", re.I)
_AND_ANOTHER = re.compile(
    rf"{_S}*(?:,|et|ou){_S}+(?:à{_S}|de{_S})?(?:l[’']|les{_S}|aux{_S}|des{_S})?(?=articles?\b)", re.I
)
_QUOTED = re.compile("«[^»]*»?")
_ROMAN = {"I": 1, "V": 5, "X": 10}


@dataclass(frozen=True, kw_only=True)
class Edit:
    """A stretch of text to replace."""

    start: int
    end: int
    new: str


def key_of(label: str) -> str:
    """What two ways of writing the same number share: « 1er », « premier », « I » and « 1 » are « 1 »."""
    words = re.sub(_S, " ", label.lower()).strip()
    if words in ("premier", "unique", "1er", "1 er", "1ᵉʳ"):
        return "1"
    if re.fullmatch("[ivx]+", words):
        values = [_ROMAN[letter] for letter in words.upper()]
        return str(sum(-v if v < max(values[i:]) else v for i, v in enumerate(values)))
    return re.sub(r"(?<=\d)(?:e|ème)$", "", words) if words[:1].isdigit() else ""


def rewritten(text: str, meant: dict[str, str], told: list[str]) -> Iterator[Edit]:
    """The edits that bring the references of a paragraph to the numbers that are meant.

    `meant`: number as written → number now, empty where it cannot be known. What was done, or could not be, is
    added to `told`.
    """
    quoted = [found.span() for found in _QUOTED.finditer(text)]
    for found in _REFERENCE.finditer(text):
        if any(start <= found.start() < end for start, end in quoted) or _is_of_another_text(text, found):
            continue
        edits = []
        for one in _ONE.finditer(text, found.start("numbers"), found.end("numbers")):
            key = key_of(one[0])
            new = meant.get(key)
            if new == "":
                told.append(f"Vérifiez le renvoi « {_shown(found[0])} » : l’article qu’il désignait n’est pas certain.")
            elif new is not None and key_of(new) != key:
                edits.append(Edit(start=one.start(), end=one.end(), new=new))
        if edits:
            now = found[0]
            for edit in reversed(edits):
                now = now[: edit.start - found.start()] + edit.new + now[edit.end - found.start() :]
            told.append(f"Le renvoi « {_shown(found[0])} » devient « {_shown(now)} ».")
        yield from edits


def _is_of_another_text(text: str, found: re.Match[str]) -> bool:
    before, after = text[: found.start()], text[found.end() :]
    if found.start() == 0 or _BEFORE.search(before):
        return True
    if _OWN.match(after):
        return False
    if _OTHERS.match(after):
        return True
    following = _AND_ANOTHER.match(after)
    if following is None:
        return False
    other = _REFERENCE.match(text, found.end() + following.end())
    # « à l’article 3 et à l’article 4 du code »: both are of the code.
    return other is None or (_OTHERS.match(text[other.end() :]) is not None and not _OWN.match(text[other.end() :]))


def _shown(reference: str) -> str:
    return reference.replace("\u00a0", " ").replace("\u202f", " ")
