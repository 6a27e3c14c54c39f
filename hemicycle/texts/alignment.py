"""Which block of the new text stands for which block of the old one: equal, alike, or moved."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeAlias

#: (rank in the old sequence or None, rank in the new one or None)
Pair: TypeAlias = tuple[int | None, int | None]

#: Shared words, from 0 to 1, from which two blocks are versions of one another.
ALIKE = 0.4
#: The same, for two blocks left alone face to face.
FACE_TO_FACE = 0.25
#: Characters under which a block found elsewhere is a coincidence, not a move.
SHORTEST_MOVE = 20
_COMMON = 40
_CANDIDATES = 3


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What is compared of a block."""

    #: Equal for equal blocks only.
    key: str
    text: str
    #: Blocks of two families are never versions of one another.
    family: str


@dataclass(frozen=True, kw_only=True)
class Alignment:
    """Every rank of both sequences, once, in an order that respects both."""

    pairs: tuple[Pair, ...]
    #: Old rank → new rank of the blocks that changed place; in `pairs` both stand alone.
    moves: dict[int, int]


def align(old: Sequence[Entry], new: Sequence[Entry]) -> Alignment:
    """The alignment of two sequences of blocks."""
    keys = _keys(old), _keys(new)
    pairs: list[Pair] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        if tag == "equal":
            pairs += zip(range(i1, i2), range(j1, j2), strict=True)
        else:
            pairs += _gap(old, new, range(i1, i2), range(j1, j2))
    lone_old = [i for i, j in pairs if i is not None and j is None]
    lone_new = [j for i, j in pairs if j is not None and i is None]
    return Alignment(pairs=tuple(pairs), moves=_moves(old, new, lone_old, lone_new))


def _keys(entries: Sequence[Entry]) -> list[str]:
    """Keys for difflib: those that come back often are numbered, or it would take a quadratic time."""
    often = {key for key, count in Counter(entry.key for entry in entries).items() if count > _COMMON}
    seen: Counter[str] = Counter()
    keys = []
    for entry in entries:
        seen[entry.key] += 1
        keys.append(f"{entry.key}#{seen[entry.key]}" if entry.key in often else entry.key)
    return keys


def _gap(old: Sequence[Entry], new: Sequence[Entry], left: range, right: range) -> Iterator[Pair]:
    """The pairs of a stretch without equal blocks: the best chain of likenesses, then what faces it."""
    chain = _best_chain(_likenesses(old, new, list(left), list(right)))
    i, j = left.start, right.start
    for next_i, next_j in [*chain, (left.stop, right.stop)]:
        yield from _facing(old, new, range(i, next_i), range(j, next_j))
        if next_i < left.stop:
            yield next_i, next_j
        i, j = next_i + 1, next_j + 1


def _facing(old: Sequence[Entry], new: Sequence[Entry], left: range, right: range) -> Iterator[Pair]:
    together = len(left) == len(right) and all(_face_to_face(old[i], new[j]) for i, j in zip(left, right, strict=True))
    if together:
        yield from zip(left, right, strict=True)
    else:
        yield from ((i, None) for i in left)
        yield from ((None, j) for j in right)


def _face_to_face(old: Entry, new: Entry) -> bool:
    if old.family != new.family:
        return False
    few = max(len(old.text.split()), len(new.text.split())) <= 3
    return few or likeness(_words(old.text), _words(new.text)) >= FACE_TO_FACE


def likeness(old: Counter[str], new: Counter[str]) -> float:
    """The share of the words of both that both have, from 0 to 1 (Dice)."""
    total = old.total() + new.total()
    return 2 * (old & new).total() / total if total else 0.0


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def _grams(text: str) -> set[str]:
    """Pairs of neighbouring words: rarer than words, so good for finding candidates."""
    words = re.findall(r"\w+", text.lower())
    return {f"{a} {b}" for a, b in zip(["", *words], [*words, ""], strict=True)}


def _likenesses(
    old: Sequence[Entry], new: Sequence[Entry], left: list[int], right: list[int]
) -> list[tuple[int, int, float]]:
    """(old, new, likeness) of the blocks worth pairing, in the order of old."""
    where: defaultdict[str, list[int]] = defaultdict(list)
    for j in right:
        for gram in _grams(new[j].text):
            where[gram].append(j)
    counted = {j: _words(new[j].text) for j in right}
    found = []
    for i in left:
        votes = Counter(j for gram in _grams(old[i].text) for j in where.get(gram, ())[:_COMMON])
        mine = _words(old[i].text)
        for j, _ in votes.most_common(_CANDIDATES):
            score = likeness(mine, counted[j])
            if score >= ALIKE and old[i].family == new[j].family:
                found.append((i, j, score))
    return found


def _best_chain(found: list[tuple[int, int, float]]) -> list[tuple[int, int]]:
    """The pairs of the greatest total likeness that keep the order of both sequences."""
    ends: list[int] = []
    totals: list[float] = []
    chains: list[tuple[int, int, object]] = []
    # Best total of a chain ending at a new rank ≤ ends[k]; both lists grow strictly. Old ranks come in order;
    # for one old rank, new ranks go down, so that it is never chained to itself.
    for i, j, score in sorted(found, key=lambda f: (f[0], -f[1])):
        place = bisect_left(ends, j)
        before = (totals[place - 1], chains[place - 1]) if place else (0.0, None)
        total = before[0] + score
        if place < len(ends) and ends[place] == j and totals[place] >= total:
            continue
        stop = place
        while stop < len(ends) and totals[stop] <= total:
            stop += 1
        ends[place:stop], totals[place:stop], chains[place:stop] = [j], [total], [(i, j, before[1])]
    kept: list[tuple[int, int]] = []
    link: object = chains[-1] if chains else None
    while isinstance(link, tuple):
        kept.append((link[0], link[1]))
        link = link[2]
    return kept[::-1]


def _moves(old: Sequence[Entry], new: Sequence[Entry], left: list[int], right: list[int]) -> dict[int, int]:
    left = [i for i in left if len(old[i].text) >= SHORTEST_MOVE]
    right = [j for j in right if len(new[j].text) >= SHORTEST_MOVE]
    if not left or not right:
        return {}
    moves: dict[int, int] = {}
    taken: set[int] = set()
    for i, j, score in sorted(_likenesses(old, new, left, right), key=lambda f: -f[2]):
        if score >= 2 * ALIKE and i not in moves and j not in taken:
            moves[i] = j
            taken.add(j)
    return moves
