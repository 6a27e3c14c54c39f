"""What changed inside one paragraph, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

from hemicycle.texts.inline import Marks, Run

Fate: TypeAlias = Literal["kept", "removed", "added"]
#: (old start, old end, new start, new end, equal), in characters.
_Span: TypeAlias = tuple[int, int, int, int, bool]

#: Stands between two paragraphs compared as one; no clean text holds this character.
BOUNDARY: Run = ("\u2029", ())

#: Tokens beyond which whole sentences are compared, and beyond which nothing is.
MOST_WORDS = 6_000

# An amount is one word: "15 000,00" must not be half kept when it becomes "18 000,00".
_WORD = re.compile(r"\d+(?:[\u00a0\u202f ]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)*|\w+|\s|[^\w\s]")
_SENTENCE = re.compile(r"[^.;:!?\n\u2029]*[.;:!?\n\u2029]?", re.S)


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A stretch of text that shares one fate and one set of marks; "\\n" stands for a hard break."""

    fate: Fate
    text: str
    marks: Marks
    #: The marks that kept words had before, where they changed.
    before: Marks | None = None


def segments(old: list[Run], new: list[Run]) -> tuple[Segment, ...]:
    """The old and the new text in one: kept, removed, added. Kept text bears its new marks."""
    old_text, new_text = ("".join(text for text, _ in runs) for runs in (old, new))
    made: list[Segment] = []
    for i1, i2, j1, j2, equal in _joined(list(_spans(old_text, new_text)), old_text):
        if equal:
            made += _kept(list(_sliced(old, i1, i2)), list(_sliced(new, j1, j2)))
        else:
            made += [Segment(fate="removed", text=text, marks=marks) for text, marks in _sliced(old, i1, i2)]
            made += [Segment(fate="added", text=text, marks=marks) for text, marks in _sliced(new, j1, j2)]
    return tuple(made)


def _spans(old: str, new: str) -> Iterator[_Span]:
    olds, news = _WORD.findall(old), _WORD.findall(new)
    if len(olds) * len(news) > MOST_WORDS**2:
        olds, news = _SENTENCE.findall(old), _SENTENCE.findall(new)
    if len(olds) * len(news) > MOST_WORDS**2:
        olds, news = [old], [new]
    old_at, new_at = _offsets(olds), _offsets(news)
    for i1, i2, j1, j2, equal in _matched(olds, news):
        yield old_at[i1], old_at[i2], new_at[j1], new_at[j2], equal


def _matched(olds: list[str], news: list[str]) -> Iterator[_Span]:
    """The same in tokens. What both begin and end with is set apart first: most changes are of a word or two."""
    least = min(len(olds), len(news))
    head = next((n for n in range(least) if olds[n] != news[n]), least)
    tail = next((n for n in range(least - head) if olds[-1 - n] != news[-1 - n]), least - head)
    if head:
        yield 0, head, 0, head, True
    inner = olds[head : len(olds) - tail], news[head : len(news) - tail]
    # A space is no landmark: it only follows the words it stands between.
    matcher = SequenceMatcher(str.isspace, *inner, autojunk=sum(map(len, inner)) > 4_000)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        yield head + i1, head + i2, head + j1, head + j2, tag == "equal"
    if tail:
        yield len(olds) - tail, len(olds), len(news) - tail, len(news), True


def _offsets(tokens: list[str]) -> list[int]:
    offsets = [0]
    for token in tokens:
        offsets.append(offsets[-1] + len(token))
    return offsets


def _joined(spans: list[_Span], old: str) -> list[_Span]:
    """Changes that only spaces, signs or a small word separate, as one: a reader follows phrases."""
    made: list[_Span] = []
    for rank, span in enumerate(spans):
        between = 0 < rank < len(spans) - 1 and not spans[rank - 1][4] and not spans[rank + 1][4]
        slight = span[4] and between and _slight(old[span[0] : span[1]], spans[rank - 1], spans[rank + 1])
        if made and not made[-1][4] and (slight or not span[4]):
            last = made.pop()
            span = (last[0], span[1], last[2], span[3], False)
        made.append(span)
    return made


def _slight(kept: str, before: _Span, after: _Span) -> bool:
    """Whether what is kept between two changes is too little to be read as kept."""
    if BOUNDARY[0] in kept:
        return False
    words: list[str] = re.findall(r"\w+", kept)
    if not words:
        return True
    least = min(max(span[1] - span[0], span[3] - span[2]) for span in (before, after))
    return len(words) == 1 and len(words[0]) <= 3 and not words[0].isdigit() and least >= 4 * len(kept)


def _kept(old: list[Run], new: list[Run]) -> Iterator[Segment]:
    """The same text twice, cut where the marks of one or the other change."""
    while old and new:
        (before_text, before), (text, marks) = old[0], new[0]
        length = min(len(before_text), len(text))
        yield Segment(fate="kept", text=text[:length], marks=marks, before=before if before != marks else None)
        old = [(before_text[length:], before), *old[1:]] if length < len(before_text) else old[1:]
        new = [(text[length:], marks), *new[1:]] if length < len(text) else new[1:]


def _sliced(runs: list[Run], start: int, end: int) -> Iterator[Run]:
    at = 0
    for text, marks in runs:
        piece = text[max(0, start - at) : max(0, end - at)]
        if piece:
            yield piece, marks
        at += len(text)
