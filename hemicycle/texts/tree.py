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

from hemicycle.texts import attributes, grid
from hemicycle.texts.inline import (
    BREAK,
    NOTE,
    NOTE_CLOSES,
    NOTE_OPENS,
    Node,
    Run,
    in_order,
    nodes_of,
    runs_of,
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
#: Images of one document.
MAX_IMAGES = 200
MAX_START = 100_000

LISTS = ("bulletList", "orderedList")
CELLS = ("tableCell", "tableHeader")
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
        self.text = self.rows = self.nodes = self.images = 0
        self._by_type: dict[str, Callable[[Node, int], Node | None]] = {
            "paragraph": self._paragraph,
            "heading": self._heading,
            "bulletList": self._list,
            "orderedList": self._list,
            "blockquote": self._quote,
            "table": self._table,
            "image": self._image,
        }

    def blocks(self, parent: Node, depth: int) -> list[Node]:
        if depth > MAX_DEPTH:
            raise TextRefused(f"Le texte emboîte plus de {MAX_DEPTH} listes, citations ou tableaux ; simplifiez-le.")
        kept: list[Node] = []
        for node in self._content(parent):
            take = self._by_type.get(node["type"])
            if take is None:
                raise attributes.unknown(node)
            block = take(node, depth)
            if block is not None:
                _append(kept, block)
        return kept

    def _content(self, parent: Node) -> list[Node]:
        content = parent.get("content") or []
        if not isinstance(content, list) or not set(parent) <= _LEGAL_KEYS:
            raise attributes.unknown(parent)
        self.nodes += len(content)
        if self.nodes > MAX_NODES:
            raise TextRefused("Le texte compte trop d’éléments ; déplacez-en une partie dans une annexe.")
        for node in content:
            if not isinstance(node, dict) or not isinstance(node.get("type"), str):
                raise TextRefused("Le texte contient un élément illisible ; rechargez la page.")
        return content

    def _inline(self, parent: Node, without: str = "", notes: bool = True) -> list[Run]:
        runs: list[Run] = []
        for node in self._content(parent):
            if node["type"] == "hardBreak":
                runs.append(BREAK)
            elif node["type"] == "text" and isinstance(node.get("text"), str):
                self.text += len(node["text"])
                # A newline inside a run is a space: only hardBreak breaks a line.
                marks = in_order(mark for mark in attributes.marks(node) if mark[0] != without)
                runs.append((node["text"].replace("\n", " "), marks))
            elif node["type"] == NOTE and notes:
                runs += [NOTE_OPENS, *self._inline(node, notes=False), NOTE_CLOSES]
            elif node["type"] == NOTE:
                raise TextRefused("Une note ne s’appelle que d’un paragraphe ; placez-la hors du titre ou de la note.")
            else:
                raise attributes.unknown(node)
        if self.text > MAX_TEXT:
            raise TextRefused("Le texte dépasse 2 millions de caractères ; joignez la partie la plus longue en annexe.")
        return runs

    def _paragraph(self, node: Node, _depth: int) -> Node | None:
        content = nodes_of(tidy(self._inline(node)))
        return {"type": "paragraph", "content": content} if content else None

    def _heading(self, node: Node, _depth: int) -> Node | None:
        level = attributes.integer(node, "level", 1, MAX_LEVEL)
        # A heading is one by its level: the bold that word processors add to it says nothing more.
        content = nodes_of(tidy(self._inline(node, without="bold", notes=False)))
        return {"type": "heading", "attrs": {"level": level}, "content": content} if content else None

    def _image(self, node: Node, _depth: int) -> Node:
        self.images += 1
        if self.images > MAX_IMAGES:
            raise TextRefused(f"Le texte compte plus de {MAX_IMAGES} images ; joignez-en une partie en annexe.")
        attrs = attributes.image(node)
        self.text += len(attrs["alt"])
        return {"type": "image", "attrs": attrs}

    def _list(self, node: Node, depth: int) -> Node | None:
        items = []
        for item in self._content(node):
            if item["type"] != "listItem":
                raise attributes.unknown(item)
            if content := self.blocks(item, depth + 1):
                items.append({"type": "listItem", "content": content})
        if not items:
            return None
        if node["type"] == "bulletList":
            return {"type": "bulletList", "content": items}
        start = attributes.integer(node, "start", 0, MAX_START, default=1)
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
        caption = attributes.caption(node)
        self.text += len(caption)
        if not any(row["content"] for row in rows):
            return None
        return {"type": "table", "attrs": {"caption": caption}, "content": rows}

    def _row(self, node: Node, depth: int) -> Node:
        if node["type"] != "tableRow":
            raise attributes.unknown(node)
        return {"type": "tableRow", "content": [self._cell(cell, depth) for cell in self._content(node)]}

    def _cell(self, node: Node, depth: int) -> Node:
        if node["type"] not in CELLS:
            raise attributes.unknown(node)
        attrs = {
            "colspan": attributes.integer(node, "colspan", 1, grid.MAX_COLUMNS, default=1),
            "rowspan": attributes.integer(node, "rowspan", 1, MAX_ROWS, default=1),
            "align": attributes.alignment(node),
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


def inline_text(block: Node) -> str:
    """The text of a paragraph or heading; a hard break is a newline, a footnote is « [note : …] »."""
    return "".join(text for text, _ in runs_of(block.get("content", ())))


def plain_text(doc: Doc) -> str:
    """The words in reading order, one block or cell a line."""
    return "\n".join(lines(doc))


def lines(node: Node) -> Iterator[str]:
    """The texts of the paragraphs, headings, captions and images of a node, in reading order."""
    if node["type"] in ("paragraph", "heading"):
        yield inline_text(node)
        return
    if node["type"] == "image":
        yield f"[image\u00a0: {node['attrs']['alt']}]"
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
