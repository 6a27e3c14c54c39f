"""The text tree: the canonical form of every report and deliberation, as JSON with ProseMirror's names.

A document is {"type": "doc", "content": [block, …]}. `clean` is the only door: what it returns is legal,
normalised, and equal texts have equal digests. The other functions of the package expect a clean tree.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from hemicycle.texts import grid
from hemicycle.texts.inline import (
    BREAK,
    MARKS,
    Mark,
    Node,
    Run,
    in_order,
    link_target,
    nodes_of,
    tidy,
)
from hemicycle.texts.refusal import TextRefused

__all__ = ["Doc", "Node", "TextRefused", "clean", "digest", "inline_text", "is_empty", "lines", "plain_text", "words"]

Doc: TypeAlias = dict[str, Any]

#: Characters of text in one document.
MAX_TEXT = 2_000_000
#: Rows over all the tables of one document.
MAX_ROWS = 5_000
#: Lists, quotations and tables inside one another.
MAX_DEPTH = 12
#: Nodes of one document, whatever their kind.
MAX_NODES = 200_000
MAX_LEVEL = 4
MAX_CAPTION = 500
MAX_START = 100_000

LISTS = ("bulletList", "orderedList")
CELLS = ("tableCell", "tableHeader")
ALIGNMENTS = (None, "left", "right", "center")
_LEGAL_KEYS = {"type", "attrs", "content", "marks", "text"}


def clean(doc: object) -> Doc:
    """The document, checked and normalised; idempotent.

    Unknown nodes, marks and values are refused, never guessed. Presentation attributes that editors add
    (column widths, link targets) are dropped. Empty paragraphs, headings, items and lists are dropped.
    Raises TextRefused.
    """
    if not isinstance(doc, dict) or doc.get("type") != "doc":
        raise TextRefused("Le texte reçu n’est pas un document de l’éditeur ; rechargez la page.")
    return {"type": "doc", "content": _Cleaner().blocks(doc, depth=0)}


class _Cleaner:
    """Counts what has been read while it cleans: the limits bear on the whole document."""

    def __init__(self) -> None:
        self.text = self.rows = self.nodes = 0
        self._by_type: dict[str, Callable[[Node, int], Node | None]] = {
            "paragraph": self._paragraph,
            "heading": self._heading,
            "bulletList": self._list,
            "orderedList": self._list,
            "blockquote": self._quote,
            "table": self._table,
        }

    def blocks(self, parent: Node, depth: int) -> list[Node]:
        if depth > MAX_DEPTH:
            raise TextRefused(f"Le texte emboîte plus de {MAX_DEPTH} listes, citations ou tableaux ; simplifiez-le.")
        kept: list[Node] = []
        for node in self._content(parent):
            take = self._by_type.get(node["type"])
            if take is None:
                raise _unknown(node)
            block = take(node, depth)
            if block is not None:
                _append(kept, block)
        return kept

    def _content(self, parent: Node) -> list[Node]:
        content = parent.get("content") or []
        if not isinstance(content, list) or not set(parent) <= _LEGAL_KEYS:
            raise _unknown(parent)
        self.nodes += len(content)
        if self.nodes > MAX_NODES:
            raise TextRefused("Le texte compte trop d’éléments ; déplacez-en une partie dans une annexe.")
        for node in content:
            if not isinstance(node, dict) or not isinstance(node.get("type"), str):
                raise TextRefused("Le texte contient un élément illisible ; rechargez la page.")
        return content

    def _inline(self, parent: Node, without: str = "") -> list[Node]:
        runs: list[Run] = []
        for node in self._content(parent):
            if node["type"] == "hardBreak":
                runs.append(BREAK)
            elif node["type"] == "text" and isinstance(node.get("text"), str):
                self.text += len(node["text"])
                # A newline inside a run is a space: only hardBreak breaks a line.
                marks = in_order(mark for mark in _marks(node) if mark[0] != without)
                runs.append((node["text"].replace("\n", " "), marks))
            else:
                raise _unknown(node)
        if self.text > MAX_TEXT:
            raise TextRefused("Le texte dépasse 2 millions de caractères ; joignez la partie la plus longue en annexe.")
        return nodes_of(tidy(runs))

    def _paragraph(self, node: Node, _depth: int) -> Node | None:
        content = self._inline(node)
        return {"type": "paragraph", "content": content} if content else None

    def _heading(self, node: Node, _depth: int) -> Node | None:
        level = _integer(node, "level", 1, MAX_LEVEL)
        # A heading is one by its level: the bold that word processors add to it says nothing more.
        content = self._inline(node, without="bold")
        return {"type": "heading", "attrs": {"level": level}, "content": content} if content else None

    def _list(self, node: Node, depth: int) -> Node | None:
        items = []
        for item in self._content(node):
            if item["type"] != "listItem":
                raise _unknown(item)
            if content := self.blocks(item, depth + 1):
                items.append({"type": "listItem", "content": content})
        if not items:
            return None
        if node["type"] == "bulletList":
            return {"type": "bulletList", "content": items}
        start = _integer(node, "start", 0, MAX_START, default=1)
        return {"type": "orderedList", "attrs": {"start": start}, "content": items}

    def _quote(self, node: Node, depth: int) -> Node | None:
        content = self.blocks(node, depth + 1)
        return {"type": "blockquote", "content": content} if content else None

    def _table(self, node: Node, depth: int) -> Node | None:
        rows = [self._row(row, depth) for row in self._content(node)]
        self.rows += len(rows)
        if self.rows > MAX_ROWS:
            raise TextRefused("Les tableaux dépassent 5 000 lignes ; joignez-les en annexe.")
        rows = grid.squared(rows)
        caption = _caption(node)
        self.text += len(caption)
        if not any(row["content"] for row in rows):
            return None
        return {"type": "table", "attrs": {"caption": caption}, "content": rows}

    def _row(self, node: Node, depth: int) -> Node:
        if node["type"] != "tableRow":
            raise _unknown(node)
        return {"type": "tableRow", "content": [self._cell(cell, depth) for cell in self._content(node)]}

    def _cell(self, node: Node, depth: int) -> Node:
        if node["type"] not in CELLS:
            raise _unknown(node)
        align = _attrs(node).get("align")
        if align not in ALIGNMENTS:
            raise TextRefused(f"L’alignement « {str(align)[:20]} » d’une cellule de tableau n’est pas accepté.")
        attrs = {
            "colspan": _integer(node, "colspan", 1, grid.MAX_COLUMNS, default=1),
            "rowspan": _integer(node, "rowspan", 1, MAX_ROWS, default=1),
            "align": align,
        }
        content = self.blocks(node, depth + 1) or [{"type": "paragraph", "content": []}]
        return {"type": node["type"], "attrs": attrs, "content": content}


def _append(kept: list[Node], block: Node) -> None:
    """Add the block, or let it prolong the one before, as two quotations or two bullet lists in a row do."""
    last = kept[-1] if kept else None
    if last is None or last["type"] != block["type"]:
        kept.append(block)
    elif block["type"] == "blockquote":
        for inner in block["content"]:
            _append(last["content"], inner)
    elif block["type"] == "bulletList" or _follows(last, block):
        last["content"] += block["content"]
    else:
        kept.append(block)


def _follows(last: Node, block: Node) -> bool:
    """Whether an ordered list goes on counting where the one before stopped."""
    if block["type"] != "orderedList":
        return False
    expected: int = last["attrs"]["start"] + len(last["content"])
    return bool(block["attrs"]["start"] == expected)


def _caption(table: Node) -> str:
    caption = _attrs(table).get("caption") or ""
    if not isinstance(caption, str) or len(caption) > MAX_CAPTION:
        raise TextRefused(f"La légende d’un tableau dépasse {MAX_CAPTION} caractères ; raccourcissez-la.")
    runs = tidy([(caption.replace("\n", " "), ())])
    return runs[0][0] if runs else ""


def _attrs(node: Node) -> dict[str, Any]:
    attrs = node.get("attrs") or {}
    if not isinstance(attrs, dict):
        raise _unknown(node)
    return attrs


def _integer(node: Node, name: str, low: int, high: int, default: int | None = None) -> int:
    value = _attrs(node).get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise TextRefused(
            f"La valeur « {str(value)[:20]} » ({name}) n’est pas acceptée : un entier de {low} à {high} est attendu."
        )
    return value


def _marks(node: Node) -> Iterator[Mark]:
    for mark in node.get("marks") or ():
        name = mark.get("type") if isinstance(mark, dict) else None
        if name not in MARKS:
            raise TextRefused(f"La mise en forme « {str(name)[:30]} » n’est pas acceptée dans un texte.")
        yield (name, link_target(_attrs(mark).get("href")) if name == "link" else "")


def _unknown(node: Node) -> TextRefused:
    name = str(node.get("type"))[:30]
    return TextRefused(f"L’élément « {name} » n’est pas accepté à cet endroit d’un texte.")


def inline_text(block: Node) -> str:
    """The text of a paragraph or heading; a hard break is a newline."""
    return "".join("\n" if node["type"] == "hardBreak" else node["text"] for node in block.get("content", ()))


def plain_text(doc: Doc) -> str:
    """The words in reading order, one block or cell a line."""
    return "\n".join(lines(doc))


def lines(node: Node) -> Iterator[str]:
    """The texts of the paragraphs, headings and captions of a node, in reading order."""
    if node["type"] in ("paragraph", "heading"):
        yield inline_text(node)
        return
    if node["type"] == "table" and node["attrs"]["caption"]:
        yield node["attrs"]["caption"]
    for child in node["content"]:
        yield from lines(child)


def words(doc: Doc) -> list[str]:
    """The words in reading order, with their punctuation; no-break spaces do not separate them."""
    return [word for word in re.split(r"[ \n]+", plain_text(doc)) if word]


def is_empty(doc: Doc) -> bool:
    """Whether there is nothing to read."""
    return not words(doc)


def digest(doc: Doc) -> str:
    """SHA-256, in hexadecimal, of the canonical JSON of a clean document."""
    canonical = json.dumps(doc, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
