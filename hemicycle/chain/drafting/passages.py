"""Where a comment bears in a text: found again by its words when the text has moved around it."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any

from hemicycle.texts.tree import lines

#: Share of words, from 0 to 1, from which a passage is still the one commented.
ALIKE = 0.6
#: Characters of the passage kept with the comment: enough to know it again, and to be read when it is gone.
QUOTED = 2000
_CANDIDATES = 3
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A block of a text: a paragraph, a heading, a list, a table."""

    rank: int
    text: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(_WORD.findall(self.text[:QUOTED].lower()))

    @cached_property
    def counted(self) -> Counter[str]:
        return Counter(self.words)


def passages_of(tree: Any) -> list[Passage]:
    """The blocks of a text tree, in order."""
    blocks = tree.get("content", []) if isinstance(tree, Mapping) else []
    return [Passage(rank=rank, text="\n".join(lines(block)).strip()) for rank, block in enumerate(blocks)]


class Finder:
    """The passages of one text, asked where each comment stands in it."""

    def __init__(self, tree: Any) -> None:
        self.passages = passages_of(tree)
        self._by_digest: dict[str, list[int]] = {}
        for passage in self.passages:
            if passage.text:
                self._by_digest.setdefault(passage.digest, []).append(passage.rank)

    def rank_of(self, anchor: Mapping[str, Any]) -> int | None:
        """The rank of the block that the anchor names: the same words, nearest first, else the likest; or None."""
        wished = anchor.get("block", 0)
        same = self._by_digest.get(anchor.get("digest", ""))
        if same:
            return min(same, key=lambda rank: abs(rank - wished))
        return self._likest(Passage(rank=wished, text=anchor.get("quote", "")))

    def _likest(self, lost: Passage) -> int | None:
        near = sorted(self.passages, key=lambda p: (-_shared(lost, p), abs(p.rank - lost.rank)))[:_CANDIDATES]
        scores = [(_ratio(lost.words, p.words), -abs(p.rank - lost.rank), p.rank) for p in near if _shared(lost, p)]
        best = max(scores, default=(0.0, 0, None))
        return best[2] if best[0] >= ALIKE else None


def _shared(one: Passage, other: Passage) -> float:
    total = len(one.words) + len(other.words)
    return 2 * (one.counted & other.counted).total() / total if total else 0.0


def _ratio(old: Iterable[str], new: Iterable[str]) -> float:
    return SequenceMatcher(None, tuple(old), tuple(new), autojunk=False).ratio()
