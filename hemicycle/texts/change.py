"""What a comparison is made of: the fate of each block, item, row or cell; nothing of either text is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from hemicycle.texts.inline import Node
from hemicycle.texts.tree import lines
from hemicycle.texts.word_changes import BOUNDARY, Segment

#: "restyled": the same words, otherwise presented. "renumbered": an article that only changed its number.
#: "moved_away" marks the old place of what is "moved". "split" and "merged" are of paragraphs.
#: "unseen" stands for what an extract leaves out; no comparison holds any.
Kind: TypeAlias = Literal[
    "same",
    "changed",
    "restyled",
    "renumbered",
    "added",
    "removed",
    "moved",
    "moved_away",
    "split",
    "merged",
    "unseen",
]
Side: TypeAlias = Literal["old", "new"]

#: Blocks whose words are compared.
TEXTS = ("paragraph", "heading")
CELLS = ("tableCell", "tableHeader")


@dataclass(frozen=True, kw_only=True)
class Change:
    """What became of one block, item, row or cell, or of several paragraphs cut or joined."""

    kind: Kind
    old: Node | None
    new: Node | None
    #: Of a paragraph or heading, of the caption of a table or of the alternative text of an image, that changed.
    #: Of paragraphs cut or joined: of all of them, word_changes.BOUNDARY between two.
    segments: tuple[Segment, ...] = ()
    #: Of anything that contains blocks, items, rows or cells, where it changed.
    children: tuple[Change, ...] = ()
    #: What changed besides the words, in French: « titre de niveau 3, auparavant 2 ».
    facts: tuple[str, ...] = ()
    #: (old number, new number) of an article renumbered, whatever else changed in it.
    article: tuple[str, str] | None = None
    #: Of what moved, and of its old place: where the other end is, « plus haut, après « Vu le code… » ».
    place: str = ""
    #: Of both ends of a move among their siblings: the same number, from 1.
    move: int = 0
    #: Columns of a table that came or went, by their heading.
    columns: tuple[tuple[Literal["added", "removed"], str], ...] = ()
    #: How many blocks, rows or items are unseen.
    count: int = 1

    @property
    def node(self) -> Node:
        """The node to show: the new one where there is one."""
        node = self.new if self.new is not None else self.old
        assert node is not None
        return node


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The changes of a whole document, in reading order."""

    changes: tuple[Change, ...]

    @property
    def is_same(self) -> bool:
        """Whether nothing changed, not even the presentation."""
        return all(change.kind == "same" for change in self.changes)


def text_of(comparison: Comparison, side: Side) -> str:
    """The plain text of one side, rebuilt from the changes: equal to `plain_text` of that version."""
    return "\n".join(line for change in comparison.changes for line in _lines(change, side))


def _lines(change: Change, side: Side) -> Iterator[str]:
    absent = ("added", "moved") if side == "old" else ("removed", "moved_away")
    if change.kind in absent:
        return
    node = change.old if side == "old" else change.new
    if node is None:
        return
    if not change.segments and not change.children:
        yield from lines(node)
        return
    gone = "added" if side == "old" else "removed"
    text = "".join(segment.text for segment in change.segments if segment.fate != gone)
    if node["type"] in TEXTS or text:
        yield from text.split(BOUNDARY[0])
    for child in change.children:
        yield from _lines(child, side)
