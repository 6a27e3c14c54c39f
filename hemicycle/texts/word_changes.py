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

#: Tokens beyond which whole sentences are compared, and beyond which nothing is.
MOST_WORDS = 6_000

# An amount is one word: "15 000,00" must not be half kept when it becomes "18 000,00".
_WORD = re.compile(r"\d+(?:[\u00a0\u202f ]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)*|\w+|\s|[^\w\s]")
_SENTENCE = re.compile(r"[^.;:!?\n]*[.;:!?\n]?", re.S)


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A stretch of text that shares one fate and one set of marks; "\\n" stands for a hard break."""

    fate: Fate
    text: str
    marks: Marks


def segments(old: list[Run], new: list[Run]) -> tuple[Segment, ...]:
    """The old and the new text in one: kept, removed, added. Kept text bears its new marks."""
    old_text, new_text = ("".join(text for text, _ in runs) for runs in (old, new))
    made: list[Segment] = []
    for i1, i2, j1, j2, equal in _joined(list(_spans(old_text, new_text)), old_text):
        if equal:
            made += _sliced(new, j1, j2, "kept")
        else:
            made += _sliced(old, i1, i2, "removed")
            made += _sliced(new, j1, j2, "added")
    return tuple(made)


def _spans(old: str, new: str) -> Iterator[_Span]:
    olds, news = _tokens(old), _tokens(new)
    if len(olds) * len(news) > MOST_WORDS**2:
        olds, news = _SENTENCE.findall(old), _SENTENCE.findall(new)
    if len(olds) * len(news) > MOST_WORDS**2:
        olds, news = [old], [new]
    old_at, new_at = _offsets(olds), _offsets(news)
    # A space is no landmark: it only follows the words it stands between.
    matcher = SequenceMatcher(str.isspace, olds, news, autojunk=len(olds) + len(news) > 4_000)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        yield old_at[i1], old_at[i2], new_at[j1], new_at[j2], tag == "equal"


def _tokens(text: str) -> list[str]:
    return _WORD.findall(text)


def _offsets(tokens: list[str]) -> list[int]:
    offsets = [0]
    for token in tokens:
        offsets.append(offsets[-1] + len(token))
    return offsets


def _joined(spans: list[_Span], old: str) -> list[_Span]:
    """Changes that only spaces or signs separate, as one: a reader follows phrases, not scattered words."""
    made: list[_Span] = []
    for rank, span in enumerate(spans):
        between = 0 < rank < len(spans) - 1 and not spans[rank - 1][4] and not spans[rank + 1][4]
        slight = span[4] and between and not re.search(r"\w", old[span[0] : span[1]])
        if made and not made[-1][4] and (slight or not span[4]):
            last = made.pop()
            span = (last[0], span[1], last[2], span[3], False)
        made.append(span)
    return made


def _sliced(runs: list[Run], start: int, end: int, fate: Fate) -> Iterator[Segment]:
    at = 0
    for text, marks in runs:
        piece = text[max(0, start - at) : max(0, end - at)]
        if piece:
            yield Segment(fate=fate, text=piece, marks=marks)
        at += len(text)
