"""A comparison without what did not change, save a little around each change, to be read in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hemicycle.texts.change import Change, Comparison
from hemicycle.texts.inline import Node

#: Unchanged neighbours kept on each side of a change.
AROUND = 1
#: Rows and items from which a table or a list is cut too.
LONG = 10


def extract(comparison: Comparison, around: int = AROUND) -> Comparison:
    """The changes with `around` unchanged blocks on each side; the others counted in changes of kind "unseen"."""
    return Comparison(changes=_thinned(comparison.changes, around, heads=0))


def _thinned(changes: Sequence[Change], around: int, heads: int) -> tuple[Change, ...]:
    near = set(range(heads))
    for place, change in enumerate(changes):
        if change.kind != "same":
            near.update(range(place - around, place + around + 1))
    last = len(changes) - 1
    # To say that one block is left out takes as much room as the block.
    alone = {p for p in range(len(changes)) if (p == 0 or p - 1 in near) and (p == last or p + 1 in near)}
    kept: list[Change] = []
    for place, change in enumerate(changes):
        if place in near or place in alone:
            kept.append(_inside(change, around))
        elif kept and kept[-1].kind == "unseen":
            kept[-1] = replace(kept[-1], count=kept[-1].count + 1)
        else:
            kept.append(Change(kind="unseen", old=None, new=change.node))
    return tuple(kept)


def _inside(change: Change, around: int) -> Change:
    if len(change.children) < LONG:
        return change
    kind = change.node["type"]
    if kind == "table" and not _merges_rows(change):
        return replace(change, children=_thinned(change.children, around, heads=_heads(change.children)))
    if kind == "bulletList":
        return replace(change, children=_thinned(change.children, around, heads=0))
    return change


def _merges_rows(change: Change) -> bool:
    """A cell over several rows would lose its place if some of them were left out."""
    tables: list[Node] = [node for node in (change.old, change.new) if node is not None]
    return any(cell["attrs"]["rowspan"] > 1 for table in tables for row in table["content"] for cell in row["content"])


def _heads(rows: Sequence[Change]) -> int:
    for place, row in enumerate(rows):
        if any(cell["type"] != "tableHeader" for cell in row.node["content"]):
            return place
    return 0
