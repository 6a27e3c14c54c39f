"""What changed between two versions of a text: block by block, cell by cell, word by word; nothing is lost.

Reading the old side of a comparison gives the old text, reading the new side the new one.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from hemicycle.texts import word_changes
from hemicycle.texts.alignment import Entry, align
from hemicycle.texts.inline import runs_of
from hemicycle.texts.tree import Doc, Node, lines
from hemicycle.texts.word_changes import Segment

#: "restyled": the same words, otherwise presented. "moved_away" marks the old place of what is "moved".
Kind: TypeAlias = Literal["same", "changed", "restyled", "added", "removed", "moved", "moved_away"]
Side: TypeAlias = Literal["old", "new"]

_TEXTS = ("paragraph", "heading")
_FAMILIES = {"heading": "paragraph", "bulletList": "list", "orderedList": "list", "tableHeader": "tableCell"}
#: Children among which a move means something to a reader.
_MOVABLE = ("doc", "listItem", "bulletList", "orderedList", "blockquote")


@dataclass(frozen=True, kw_only=True)
class Change:
    """What became of one block, item, row or cell."""

    kind: Kind
    old: Node | None
    new: Node | None
    #: Of a paragraph or heading, or of the caption of a table, that changed.
    segments: tuple[Segment, ...] = ()
    #: Of anything that contains blocks, items, rows or cells, where it changed.
    children: tuple[Change, ...] = ()

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


def compare(old: Doc, new: Doc) -> Comparison:
    """The changes from one clean document to another."""
    return Comparison(changes=_children(old, new))


def _children(old: Node, new: Node) -> tuple[Change, ...]:
    olds, news = old["content"], new["content"]
    alignment = align([_entry(node) for node in olds], [_entry(node) for node in news])
    moves = alignment.moves if old["type"] in _MOVABLE else {}
    arrived = {j: i for i, j in moves.items()}
    changes = []
    for i, j in alignment.pairs:
        if i is not None and j is not None:
            changes.append(_pair(olds[i], news[j]))
        elif i is not None:
            kind: Kind = "moved_away" if i in moves else "removed"
            changes.append(Change(kind=kind, old=olds[i], new=news[moves[i]] if i in moves else None))
        elif j in arrived:
            changes.append(replace(_pair(olds[arrived[j]], news[j]), kind="moved"))
        elif j is not None:
            changes.append(Change(kind="added", old=None, new=news[j]))
    return tuple(changes)


def _entry(node: Node) -> Entry:
    kind = str(node["type"])
    key = json.dumps(node, ensure_ascii=False, sort_keys=True)
    return Entry(key=key, text="\n".join(lines(node)), family=_FAMILIES.get(kind, kind))


def _pair(old: Node, new: Node) -> Change:
    if old == new:
        return Change(kind="same", old=old, new=new)
    if old["type"] in _TEXTS:
        segments = word_changes.segments(runs_of(old["content"]), runs_of(new["content"]))
        kind: Kind = "restyled" if all(segment.fate == "kept" for segment in segments) else "changed"
        return Change(kind=kind, old=old, new=new, segments=segments)
    children = _cells(old, new) if old["type"] == "tableRow" else _children(old, new)
    caption = _caption(old, new) if old["type"] == "table" else ()
    quiet = all(child.kind in ("same", "restyled") for child in children)
    quiet = quiet and all(segment.fate == "kept" for segment in caption)
    return Change(kind="restyled" if quiet else "changed", old=old, new=new, segments=caption, children=children)


def _cells(old: Node, new: Node) -> tuple[Change, ...]:
    """Cell facing cell where the rows have as many, whatever they hold: a column keeps its meaning."""
    if len(old["content"]) != len(new["content"]):
        return _children(old, new)
    return tuple(_pair(before, after) for before, after in zip(old["content"], new["content"], strict=True))


def _caption(old: Node, new: Node) -> tuple[Segment, ...]:
    return word_changes.segments([(old["attrs"]["caption"], ())], [(new["attrs"]["caption"], ())])


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
    if node["type"] in _TEXTS or text:
        yield text
    for child in change.children:
        yield from _lines(child, side)


_NOUNS = {
    "paragraph": ("paragraphe", ""),
    "heading": ("titre", ""),
    "bulletList": ("liste", "e"),
    "orderedList": ("liste", "e"),
    "listItem": ("élément de liste", ""),
    "blockquote": ("citation", "e"),
    "table": ("tableau", ""),
    "tableRow": ("ligne de tableau", "e"),
    "tableCell": ("cellule", "e"),
    "tableHeader": ("cellule", "e"),
}
_PLURALS = {"tableau": "tableaux", "élément de liste": "éléments de liste", "ligne de tableau": "lignes de tableau"}
_VERBS: dict[Kind, str] = {
    "changed": "modifié",
    "added": "ajouté",
    "removed": "supprimé",
    "moved": "déplacé",
    "restyled": "remis en forme",
}


def summary(comparison: Comparison) -> list[str]:
    """What changed, counted, one French sentence per kind of block: "2 paragraphes modifiés, 1 ajouté."."""
    counts: Counter[tuple[str, Kind]] = Counter()
    for change in comparison.changes:
        counts.update(_counted(change, inside=""))
    sentences = [_sentence(noun, counts) for noun in dict.fromkeys(_NOUNS.values())]
    return [sentence for sentence in sentences if sentence] or ["Aucun changement."]


def _counted(change: Change, inside: str) -> Iterator[tuple[str, Kind]]:
    kind, node = change.kind, change.node
    if kind in ("same", "moved_away"):
        return
    noun, _ = _NOUNS[inside or node["type"]]
    leaf = node["type"] in (*_TEXTS, "tableCell", "tableHeader")
    if leaf or kind in ("added", "removed", "moved"):
        yield noun, kind
        return
    own = any(segment.fate != "kept" for segment in change.segments)
    if own or all(child.kind == "same" for child in change.children):
        yield noun, kind
    for child in change.children:
        holder = "listItem" if node["type"] == "listItem" and child.node["type"] in _TEXTS else ""
        yield from _counted(child, holder)


def _sentence(noun: tuple[str, str], counts: Counter[tuple[str, Kind]]) -> str:
    name, feminine = noun
    parts: list[str] = []
    for kind, verb in _VERBS.items():
        number = counts[name, kind]
        if number:
            plural = "s" if number > 1 else ""
            agreed = f"remis{feminine if feminine else ''}{plural if feminine else ''} en forme"
            said = agreed if kind == "restyled" else f"{verb}{feminine}{plural}"
            named = (_PLURALS.get(name, f"{name}s") if number > 1 else name) + " " if not parts else ""
            parts.append(f"{number} {named}{said}")
    return ", ".join(parts) + "." if parts else ""
