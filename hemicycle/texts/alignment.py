"""Which block of the new text stands for which block of the old one: equal, alike, cut, joined, or moved."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import TypeAlias

#: (ranks in the old sequence, ranks in the new one): one and one, one alone, or one and several when cut or joined.
Link: TypeAlias = tuple[tuple[int, ...], tuple[int, ...]]

#: Shared words, from 0 to 1, from which two blocks are versions of one another.
ALIKE = 0.4
#: The same, for two blocks left alone face to face.
FACE_TO_FACE = 0.25
#: The same, for two blocks in different places; and for those of fewer words than LONG.
MOVED, MOVED_SHORT, LONG = 0.65, 0.8, 12
#: Characters under which a block found elsewhere is a coincidence, not a move.
SHORTEST_MOVE = 20
_COMMON = 40
_CANDIDATES = 3


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What is compared of a block."""

    #: Equal for blocks that stand for one another whatever the rest.
    key: str
    text: str
    #: Blocks of two families are never versions of one another.
    family: str
    #: Whether it may be cut in two, or joined to the next.
    divisible: bool = False

    @cached_property
    def words(self) -> Counter[str]:
        """Its words, counted."""
        return Counter(re.findall(r"\w+", self.text.lower()))

    @cached_property
    def grams(self) -> frozenset[str]:
        """Its pairs of neighbouring words: rarer than words, so good for finding candidates."""
        words = re.findall(r"\w+", self.text.lower())
        return frozenset(f"{a} {b}" for a, b in zip(["", *words], [*words, ""], strict=True))

    @cached_property
    def inner_grams(self) -> frozenset[str]:
        """The same without those of its ends: what it keeps inside a longer text."""
        return frozenset(gram for gram in self.grams if gram[0] != " " and gram[-1] != " ")


@dataclass(frozen=True, kw_only=True)
class Alignment:
    """Every rank of both sequences, once, in an order that respects both."""

    links: tuple[Link, ...]
    #: Old rank → new rank of the blocks that changed place; in `links` both stand alone.
    moves: dict[int, int]


def align(old: Sequence[Entry], new: Sequence[Entry]) -> Alignment:
    """The alignment of two sequences of blocks."""
    if len(old) == len(new) == 1:
        return Alignment(links=tuple(_between(old, new, range(1), range(1), {})), moves={})
    anchors = list(_anchors(old, new))
    lone_old = set(range(len(old))) - {i for olds, _ in anchors for i in olds}
    lone_new = set(range(len(new))) - {j for _, news in anchors for j in news}
    moves = _moves(old, new, sorted(lone_old), sorted(lone_new))
    links: list[Link] = []
    i = j = 0
    for olds, news in [*anchors, ((len(old),), (len(new),))]:
        links += _between(old, new, range(i, olds[0]), range(j, news[0]), moves)
        links.append((olds, news))
        i, j = olds[-1] + 1, news[-1] + 1
    return Alignment(links=tuple(links[:-1]), moves=moves)


def _anchors(old: Sequence[Entry], new: Sequence[Entry]) -> Iterator[Link]:
    """What is paired for sure, in order: equal blocks, then those cut or joined, then those alike."""
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, *_keys(old, new), autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (((i,), (j,)) for i, j in zip(range(i1, i2), range(j1, j2), strict=True))
            continue
        i, j = i1, j1
        for olds, news in [*_groups(old, new, range(i1, i2), range(j1, j2)), ((i2,), (j2,))]:
            chain = _best_chain(_likenesses(old, new, range(i, olds[0]), range(j, news[0])))
            yield from (((a,), (b,)) for a, b in chain)
            if olds[0] < i2:
                yield olds, news
            i, j = olds[-1] + 1, news[-1] + 1


def _keys(old: Sequence[Entry], new: Sequence[Entry]) -> tuple[list[str], list[str]]:
    """Keys for difflib: those that come back often are numbered, or it would take a quadratic time."""
    counts = Counter(entry.key for entry in old), Counter(entry.key for entry in new)
    often = {key for count in counts for key, times in count.items() if times > _COMMON}
    return _numbered(old, often), _numbered(new, often)


def _numbered(entries: Sequence[Entry], often: set[str]) -> list[str]:
    seen: Counter[str] = Counter()
    keys = []
    for entry in entries:
        seen[entry.key] += 1
        keys.append(f"{entry.key}#{seen[entry.key]}" if entry.key in often else entry.key)
    return keys


def _between(
    old: Sequence[Entry], new: Sequence[Entry], left: range, right: range, moves: dict[int, int]
) -> Iterator[Link]:
    """What stands between two anchors: pairs face to face, or each alone; what moved is alone."""
    arrived = set(moves.values())
    mine = [i for i in left if i not in moves]
    theirs = [j for j in right if j not in arrived]
    together = len(mine) == len(theirs) and all(map(_face_to_face, (old[i] for i in mine), (new[j] for j in theirs)))
    mates = dict(zip(mine, theirs, strict=True)) if together else {}
    j = right.start
    for i in left:
        if i not in mates:
            yield (i,), ()
            continue
        yield from (((), (before,)) for before in range(j, mates[i]))
        yield (i,), (mates[i],)
        j = mates[i] + 1
    yield from (((), (after,)) for after in range(j, right.stop))


def _face_to_face(old: Entry, new: Entry) -> bool:
    if old.key == new.key:
        return True
    if old.family != new.family:
        return False
    few = max(old.words.total(), new.words.total()) <= 3
    return few or likeness(old.words, new.words) >= FACE_TO_FACE


def likeness(old: Counter[str], new: Counter[str]) -> float:
    """The share of the words of both that both have, from 0 to 1 (Dice)."""
    total = old.total() + new.total()
    return 2 * (old & new).total() / total if total else 0.0


def _where(entries: Sequence[Entry], ranks: Iterable[int]) -> dict[str, list[int]]:
    where: defaultdict[str, list[int]] = defaultdict(list)
    for rank in ranks:
        for gram in entries[rank].grams:
            where[gram].append(rank)
    # What is everywhere tells nothing apart, and would take a quadratic time.
    return {gram: ranks for gram, ranks in where.items() if len(ranks) <= _COMMON}


def _likenesses(
    old: Sequence[Entry], new: Sequence[Entry], left: Sequence[int], right: Sequence[int]
) -> list[tuple[int, int, float]]:
    """(old, new, likeness) of the blocks worth pairing, in the order of old."""
    if not left or not right:
        return []
    where = _where(new, right)
    found = []
    for place, i in enumerate(left):
        votes: defaultdict[int, float] = defaultdict(float)
        for gram in old[i].grams:
            for j in where.get(gram, ()):
                votes[j] += 1 / len(where[gram])
        best = sorted(votes, key=lambda j: (-votes[j], j))[:_CANDIDATES]
        facing = right[place * len(right) // len(left)]
        for j in {*best, facing}:
            score = likeness(old[i].words, new[j].words) if old[i].family == new[j].family else 0.0
            if score >= ALIKE:
                found.append((i, j, score))
    return _faithful(found)


def _faithful(found: list[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
    """Without the pairs of a block whose own version, far more alike, stands elsewhere: that one has moved."""
    best_of_old: defaultdict[int, float] = defaultdict(float)
    best_of_new: defaultdict[int, float] = defaultdict(float)
    for i, j, score in found:
        best_of_old[i] = max(best_of_old[i], score)
        best_of_new[j] = max(best_of_new[j], score)
    return [(i, j, score) for i, j, score in found if score >= 0.7 * max(best_of_old[i], best_of_new[j])]


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
    moves: dict[int, int] = {}
    taken: set[int] = set()
    for i, j, score in sorted(_likenesses(old, new, left, right), key=lambda f: -f[2]):
        enough = MOVED if old[i].words.total() >= LONG else MOVED_SHORT
        if score >= enough and i not in moves and j not in taken:
            moves[i] = j
            taken.add(j)
    return moves


#: Of the pairs of words of a part, the share found in the whole; of those of the whole, the share found in its parts.
PART_INSIDE, WHOLE_COVERED = 0.6, 0.6


def _groups(old: Sequence[Entry], new: Sequence[Entry], left: range, right: range) -> list[Link]:
    """The blocks cut in several and the several joined in one, in order."""
    if len(left) * len(right) < 2:
        return []
    found: list[Link] = [((whole,), parts) for whole, parts in _parts(old, new, left, right)]
    found += [(parts, (whole,)) for whole, parts in _parts(new, old, right, left)]
    kept: list[Link] = []
    for olds, news in sorted(found):
        if not kept or (olds[0] > kept[-1][0][-1] and news[0] > kept[-1][1][-1]):
            kept.append((olds, news))
    return kept


def _parts(
    wholes: Sequence[Entry], pieces: Sequence[Entry], ranks: range, among: range
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """(rank of a whole, ranks of the neighbours that are its pieces)."""
    where = _where(pieces, (rank for rank in among if pieces[rank].divisible and len(pieces[rank].inner_grams) > 1))
    for rank in ranks:
        whole = wholes[rank]
        if not whole.divisible:
            continue
        hits = Counter(j for gram in whole.inner_grams for j in where.get(gram, ()))
        inside = sorted(j for j, count in hits.items() if count >= PART_INSIDE * len(pieces[j].inner_grams))
        for run in _runs(inside):
            grams = [pieces[j].inner_grams & whole.inner_grams for j in run]
            covered = frozenset[str]().union(*grams)
            apart = len(covered) >= 0.8 * sum(map(len, grams))
            if len(run) > 1 and apart and len(covered) >= WHOLE_COVERED * len(whole.inner_grams):
                yield rank, tuple(run)
                break


def _runs(ranks: list[int]) -> list[list[int]]:
    """The stretches of ranks that follow one another."""
    runs: list[list[int]] = []
    for rank in ranks:
        if runs and runs[-1][-1] == rank - 1:
            runs[-1].append(rank)
        else:
            runs.append([rank])
    return runs
