"""The text tree of a report or an act, made ready for the templates: checked, bounded, levelled.

The tree is the canonical form of every text (ProseMirror names). What is not in its short list of nodes is refused: a
printed act may not lack what its author sees on the screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hemicycle.rendering.compile import RenderingRefused
from hemicycle.rendering.pictures import NONE, Pictures, file_name
from hemicycle.rendering.table_grid import table_grid, too_wide

Tree = Mapping[str, Any]
Block = dict[str, Any]

#: Nesting of lists, quotes and cells: deeper exhausts the compiler's stack, and no reader follows.
MAX_DEPTH = 12
#: Blocks and pieces of text; about 400 pages.
MAX_NODES = 60_000
#: The last three are those of a comparison; no text of a dossier holds any.
MARKS = frozenset({"bold", "italic", "underline", "superscript", "subscript", "link", "inserted", "deleted", "remark"})
_LONG_WORD = re.compile(r"\S{60,}")
_LINK = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x1f]+\Z")


def blocks(tree: Tree, *, below: int, pictures: Pictures = NONE) -> list[Block]:
    """The tree's blocks as the templates read them; each of its images must be among `pictures`.

    Headings are shifted under level `below` (the level of the heading that precedes the text) and never skip a level,
    which PDF/UA forbids (ISO 14289-1, 7.4.2). Raises RenderingRefused.
    """
    if tree.get("type") != "doc":
        raise RenderingRefused("Le texte n’a pas la forme attendue ; enregistrez-le de nouveau depuis l’éditeur.")
    reader = _Reader(below, pictures)
    return reader.blocks(tree.get("content") or (), 0)


def crowded(table: Tree, pictures: Pictures = NONE) -> bool:
    """Whether a table node is too wide for any page. Raises RenderingRefused as `blocks`."""
    reader = _Reader(1, pictures)
    return too_wide([reader.cells(row.get("content") or (), 0) for row in table.get("content") or ()])


class _Reader:
    """One reading of one tree: the count of nodes and the last heading level go along."""

    def __init__(self, below: int, pictures: Pictures) -> None:
        self.below = below
        self.pictures = pictures
        self.level = below
        self.nodes = 0

    def blocks(self, nodes: Iterable[Tree], depth: int) -> list[Block]:
        if depth > MAX_DEPTH:
            raise RenderingRefused(
                f"Le texte imbrique plus de {MAX_DEPTH} niveaux de listes ou de tableaux ; simplifiez sa structure."
            )
        return [self.block(node, depth) for node in nodes]

    def block(self, node: Tree, depth: int) -> Block:
        self.count()
        content: Sequence[Tree] = node.get("content") or ()
        attrs: Mapping[str, Any] = node.get("attrs") or {}
        match node.get("type"):
            case "paragraph":
                return {"kind": "paragraph", "inline": self.inline(content)}
            case "heading" if depth == 0:
                return {"kind": "heading", "level": self.heading(attrs), "inline": self.inline(content)}
            case "heading":  # inside a list, a quote or a cell it would break the outline
                return {"kind": "paragraph", "inline": self.inline(content, extra="bold")}
            case "bulletList":
                return {"kind": "bullets", "items": self.items(content, depth)}
            case "orderedList":
                start = _whole(attrs.get("start"), 1)
                return {"kind": "numbers", "start": start, "items": self.items(content, depth)}
            case "blockquote":
                return {"kind": "quote", "blocks": self.blocks(content, depth + 1)}
            case "table":
                return self.table(content, attrs, depth)
            case "image":
                return self.image(attrs)
            case other:
                raise _unknown(other)

    def image(self, attrs: Mapping[str, Any]) -> Block:
        sha256, alt = str(attrs.get("sha256")), str(attrs.get("alt") or "").strip()
        picture = self.pictures.get(sha256)
        if picture is None or not alt:
            raise RenderingRefused(
                f"L’image « {alt[:60] or 'sans description'} » n’a pas été retrouvée avec sa description ; "
                "insérez-la de nouveau dans l’éditeur."
            )
        width = max(10, min(_whole(attrs.get("width"), 100), 100))
        return {"kind": "image", "file": file_name(sha256, picture), "alt": alt, "width": width}

    def heading(self, attrs: Mapping[str, Any]) -> int:
        wanted = self.below + _whole(attrs.get("level"), 1)
        self.level = max(self.below + 1, min(wanted, self.level + 1, 6))
        return self.level

    def items(self, nodes: Sequence[Tree], depth: int) -> list[list[Block]]:
        for node in nodes:
            if node.get("type") != "listItem":
                raise _unknown(node.get("type"))
        return [self.blocks(node.get("content") or (), depth + 1) for node in nodes]

    def table(self, rows: Sequence[Tree], attrs: Mapping[str, Any], depth: int) -> Block:
        for row in rows:
            if row.get("type") != "tableRow":
                raise _unknown(row.get("type"))
        grid = table_grid([self.cells(row.get("content") or (), depth) for row in rows])
        return {"kind": "table", "caption": str(attrs.get("caption") or ""), **grid}

    def cells(self, nodes: Sequence[Tree], depth: int) -> list[Block]:
        found = []
        for node in nodes:
            if node.get("type") not in ("tableCell", "tableHeader"):
                raise _unknown(node.get("type"))
            self.count()
            attrs = node.get("attrs") or {}
            found.append(
                {
                    "header": node["type"] == "tableHeader",
                    "colspan": _whole(attrs.get("colspan"), 1),
                    "rowspan": _whole(attrs.get("rowspan"), 1),
                    "align": attrs.get("align"),
                    "blocks": self.blocks(node.get("content") or (), depth + 1),
                }
            )
        return found

    def inline(self, nodes: Sequence[Tree], extra: str = "") -> list[Block]:
        pieces: list[Block] = []
        for node in nodes:
            self.count()
            match node.get("type"):
                case "text":
                    marks = [extra] if extra else []
                    piece: Block = {"text": _breakable(str(node.get("text") or "")), "marks": marks}
                    self.mark(piece, node.get("marks") or ())
                    pieces.append(piece)
                case "hardBreak":
                    pieces.append({"break": True})
                case "footnote":
                    pieces.append({"note": self.inline(node.get("content") or ())})
                case other:
                    raise _unknown(other)
        return pieces

    def mark(self, piece: Block, marks: Iterable[Tree]) -> None:
        for mark in marks:
            name = mark.get("type")
            if name not in MARKS:
                raise _unknown(name)
            href = str((mark.get("attrs") or {}).get("href") or "")
            if name != "link":
                piece["marks"].append(name)
            elif _LINK.match(href):  # another scheme keeps its words, loses its address
                piece["href"] = href

    def count(self) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise RenderingRefused("Le texte est trop long pour un seul document ; placez une partie en annexe.")


def _breakable(text: str) -> str:
    """A word longer than a line may break; it would run off the page."""
    return _LONG_WORD.sub(lambda run: "\u200b".join(re.findall(r"\S{1,20}", run[0])), text)


def _whole(value: object, default: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else default


def _unknown(name: object) -> RenderingRefused:
    return RenderingRefused(
        f"Le texte contient un élément que l’imprimé ne connaît pas ({str(name)[:40]}) ; retirez-le dans l’éditeur."
    )
