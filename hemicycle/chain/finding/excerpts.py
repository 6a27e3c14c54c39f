"""Where the words asked for stand in a dossier: short passages of the text as written, the words marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hemicycle.chain.finding.words import Question, Term, flat, terms

#: Characters kept before the first word found, and in all.
BEFORE, LONG = 70, 220
#: Of a piece: an excerpt is taken from its beginning, however long it is.
SEARCHED = 150_000
#: Passages shown of one dossier.
SHOWN = 2

_FLAT = str.maketrans({letter: flat(letter) for letter in "àâäáãåçéèêëíìîïñóòôöõúùûüýÿ"})


@dataclass(frozen=True, kw_only=True)
class Excerpt:
    #: « rapport », « annexe « Convention » »…
    label: str
    #: The passage, cut where a word asked for begins or ends: (words, marked).
    parts: tuple[tuple[str, bool], ...]


def marked(text: str, asked: Question) -> tuple[tuple[str, bool], ...]:
    """The whole text, its words asked for marked."""
    return tuple(_cut(text, list(_places(text, asked)), 0, len(text)))


def excerpts(pieces: Sequence[Sequence[str]], asked: Question) -> list[Excerpt]:
    """The first passage of each piece where a word stands, the title left out (it is shown whole)."""
    found = []
    for label, whole in pieces[1:]:
        text = whole[:SEARCHED]
        places = list(_places(text, asked))
        if places:
            found.append((len({term for *_, term in places}), Excerpt(label=label, parts=_passage(text, places))))
    # The pieces with most of the words first; the order of the dossier among equals.
    found.sort(key=lambda pair: -pair[0])
    return [excerpt for _, excerpt in found[:SHOWN]]


Place = tuple[int, int, Term]


def _places(text: str, asked: Question) -> Iterator[Place]:
    low = text.lower()
    if not asked.terms or len(low) != len(text):
        return
    # A stem is not always the beginning of the word (« chevaux », « cheval »): candidates first, then the stemmer.
    starts = {form[: max(2, len(form) - 2)] for term in asked.terms for form in term.forms}
    pattern = "|".join(re.escape(start).replace("oe", "(?:oe|œ)") for start in sorted(starts))
    wanted = {form: term for term in asked.terms for form in term.forms}
    for candidate in re.finditer(rf"(?<![^\W_])(?:{pattern})[^\W_]*", low.translate(_FLAT)):
        start, end = candidate.span()
        for read in terms(text[start:end]):
            hit = wanted.get(read.stem) or wanted.get(read.plain)
            if hit:
                yield start, end, hit
                break


def _passage(text: str, places: list[Place]) -> tuple[tuple[str, bool], ...]:
    first = _densest(places)
    start = max(0, first - BEFORE)
    if start:
        start = text.find(" ", start, first) + 1 or start
    end = min(len(text), start + LONG)
    if end < len(text):
        end = text.rfind(" ", first, end) if text.rfind(" ", first, end) > first else end
        end = max([end, *(stop for begin, stop, _ in places if begin == first)])
    parts = _cut(text, [p for p in places if start <= p[0] and p[1] <= end], start, end)
    if start:
        parts.insert(0, ("… ", False))
    if end < len(text):
        parts.append((" …", False))
    return tuple(parts)


def _densest(places: list[Place]) -> int:
    """Where the passage with most different words begins."""

    def near(start: int) -> int:
        return len({term for begin, _, term in places if start <= begin < start + LONG - BEFORE})

    return max((begin for begin, _, _ in places[:200]), key=lambda begin: (near(begin), -begin))


def _cut(text: str, places: list[Place], start: int, end: int) -> list[tuple[str, bool]]:
    parts: list[tuple[str, bool]] = []
    for begin, stop, _ in places:
        if begin > start:
            parts.append((text[start:begin], False))
        parts.append((text[begin:stop], True))
        start = stop
    if start < end:
        parts.append((text[start:end], False))
    return parts
