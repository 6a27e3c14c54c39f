"""Writing by hand in a plain text field, without JavaScript: a light markup close to Markdown.

    # Titre           ## Sous-titre
    - puce            1. élément numéroté       (deux espaces de plus par niveau)
    > citation
    | Colonne | Montant |
    | --- | ---: |
    | a | {2 colonnes} b |

A line break is a line break; an empty line separates paragraphs. A cell may begin with {droite}, {gauche},
{centre}, {titre}, {2 colonnes}, {3 lignes}, or several of them separated by commas; ¶ separates its paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from hemicycle.texts import markup_table
from hemicycle.texts.inline import NOTE, Node, nodes_of, runs_of
from hemicycle.texts.markup_inline import read_runs, write_runs
from hemicycle.texts.refusal import TextRefused
from hemicycle.texts.tree import MAX_DEPTH, MAX_LEVEL, MAX_START, MAX_TEXT, Doc, clean

_HEADING = re.compile(rf"(#{{1,{MAX_LEVEL}}}) +(.*)")
_BULLET = re.compile(r"[-•–] +(.*)")
_NUMBER = re.compile(r"(\d{1,6})[.)] +(.*)")
_QUOTE = re.compile(r"> ?(.*)")
#: What would be taken for the beginning of another block at the head of a line of paragraph.
_TAKEN_FOR_A_BLOCK = re.compile(r"(?:#{1,4}(?= )|[-•–](?= )|>|\|)")
_TAKEN_FOR_A_NUMBER = re.compile(r"(\d{1,6})([.)])(?= )")


def editable_as_markup(doc: Doc) -> bool:
    """Whether the markup can say everything the document says.

    It cannot say a list, a quotation, a heading or a table inside a cell, a row without any cell of its own,
    a list item that does not begin with a paragraph, an image, nor a footnote.
    """
    return all(_can_be_said(block) for block in doc["content"])


def _can_be_said(node: Node) -> bool:
    if node["type"] == "table":
        return markup_table.can_be_said(node)
    if node["type"] == "image":
        return False
    if node["type"] == "listItem" and node["content"][0]["type"] != "paragraph":
        return False
    if node["type"] in ("paragraph", "heading"):
        return all(inline["type"] != NOTE for inline in node["content"])
    return all(_can_be_said(child) for child in node["content"])


def to_markup(doc: Doc) -> str:
    """The markup of a clean document. Raises TextRefused where `editable_as_markup` is false."""
    if not editable_as_markup(doc):
        raise TextRefused(
            "Ce texte contient une image, une note, un tableau ou une liste que la saisie simple ne sait pas écrire ; "
            "utilisez l’éditeur ou importez un fichier."
        )
    return "\n".join(_written_blocks(doc["content"]))


def _written_blocks(blocks: list[Node]) -> Iterator[str]:
    """The lines of the blocks, with an empty line between two blocks."""
    for rank, block in enumerate(blocks):
        if rank:
            yield ""
        yield from _written(block)


def _written(block: Node) -> Iterator[str]:
    if block["type"] == "paragraph":
        lines = write_runs(runs_of(block["content"]), "\n").split("\n")
        yield from (_kept_as_text(line) for line in lines)
    elif block["type"] == "heading":
        text = write_runs(runs_of(block["content"]), "<br>")
        yield f"{'#' * block['attrs']['level']} {text}"
    elif block["type"] == "blockquote":
        yield from (f"> {line}".rstrip() for line in _written_blocks(block["content"]))
    elif block["type"] == "table":
        yield from markup_table.written(block)
    else:
        start = block.get("attrs", {}).get("start", 1)
        for rank, item in enumerate(block["content"]):
            sign = "-" if block["type"] == "bulletList" else f"{start + rank}."
            lines = list(_written_item(item["content"]))
            yield f"{sign} {lines[0]}"
            yield from (f"  {line}".rstrip() for line in lines[1:])


def _written_item(blocks: list[Node]) -> Iterator[str]:
    """As blocks, but a list that follows the first paragraph closely, as one types it."""
    yield from _written(blocks[0])
    for before, block in pairwise(blocks):
        if not (before["type"] == "paragraph" and block["type"] in ("bulletList", "orderedList")):
            yield ""
        yield from _written(block)


def _kept_as_text(line: str) -> str:
    if _TAKEN_FOR_A_BLOCK.match(line):
        return "\\" + line
    return _TAKEN_FOR_A_NUMBER.sub(r"\1\\\2", line, count=1) if _TAKEN_FOR_A_NUMBER.match(line) else line


def from_markup(source: str) -> Doc:
    """The document that the markup describes, clean. Raises TextRefused beyond the limits of the tree."""
    if len(source) > 2 * MAX_TEXT:
        raise TextRefused("Le texte dépasse 2 millions de caractères ; joignez la partie la plus longue en annexe.")
    lines = [line.rstrip().expandtabs(2) for line in re.split(r"\r\n|\r|\n", source)]
    return clean({"type": "doc", "content": _Reader(lines, depth=0).blocks()})


class _Reader:
    """A cursor that goes down lines, block after block."""

    def __init__(self, lines: list[str], depth: int) -> None:
        self.lines, self.at, self.depth = lines, 0, depth

    def blocks(self) -> list[Node]:
        if self.depth > MAX_DEPTH:
            raise TextRefused(f"Le texte emboîte plus de {MAX_DEPTH} listes ou citations ; simplifiez-le.")
        made: list[Node] = []
        while self.at < len(self.lines):
            line = self.lines[self.at].lstrip()
            if not line:
                self.at += 1
            elif found := _HEADING.match(line):
                self.at += 1
                made.append(_heading(found))
            elif _BULLET.match(line):
                made.append({"type": "bulletList", "content": self._items(_BULLET)})
            elif found := _NUMBER.match(line):
                made.append(self._numbered(int(found[1])))
            elif line.startswith(">"):
                made.append(self._quote())
            elif line.startswith("|"):
                made.append(self._table())
            else:
                made.append(self._paragraph())
        return made

    def _indent(self) -> int:
        line = self.lines[self.at]
        return len(line) - len(line.lstrip())

    def _items(self, sign: re.Pattern[str], start: int | None = None) -> list[Node]:
        """The items from here on that bear this sign at this indent; for numbers, while they follow."""
        base = self._indent()
        items: list[Node] = []
        while self.at < len(self.lines):
            found = sign.match(self.lines[self.at].lstrip())
            if found is None or self._indent() != base:
                break
            after_gap = bool(items) and not self.lines[self.at - 1]
            if start is not None and after_gap and int(found[1]) != start + len(items):
                break
            self.at += 1
            items.append(self._item(found[found.lastindex or 1], base))
            self._skip_gap_before(sign, base)
        return items

    def _skip_gap_before(self, sign: re.Pattern[str], base: int) -> None:
        ahead = self.at
        while ahead < len(self.lines) and not self.lines[ahead]:
            ahead += 1
        if ahead < len(self.lines):
            line = self.lines[ahead]
            if len(line) - len(line.lstrip()) == base and sign.match(line.lstrip()):
                self.at = ahead

    def _item(self, first: str, base: int) -> Node:
        """An item: the rest of its line, then all that is more indented than its sign."""
        own: list[str] = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if line and self._indent() <= base:
                break
            own.append(line)
            self.at += 1
        margin = min((len(line) - len(line.lstrip()) for line in own if line), default=0)
        lines = [first, *(line[margin:] for line in own)]
        while lines and not lines[-1]:
            lines.pop()
            # Empty lines after an item belong to what follows.
            self.at -= 1 if lines else 0
        return {"type": "listItem", "content": _Reader(lines, self.depth + 1).blocks()}

    def _numbered(self, start: int) -> Node:
        start = min(start, MAX_START)
        return {"type": "orderedList", "attrs": {"start": start}, "content": self._items(_NUMBER, start)}

    def _quote(self) -> Node:
        lines = []
        while self.at < len(self.lines) and (found := _QUOTE.match(self.lines[self.at].lstrip())):
            lines.append(found[1])
            self.at += 1
        return {"type": "blockquote", "content": _Reader(lines, self.depth + 1).blocks()}

    def _table(self) -> Node:
        lines = []
        while self.at < len(self.lines) and self.lines[self.at].lstrip().startswith("|"):
            lines.append(self.lines[self.at].strip())
            self.at += 1
        return markup_table.read(lines)

    def _paragraph(self) -> Node:
        lines = [self.lines[self.at].lstrip()]
        self.at += 1
        while self.at < len(self.lines):
            line = self.lines[self.at].lstrip()
            if not line or _begins_a_block(line):
                break
            lines.append(line)
            self.at += 1
        return {"type": "paragraph", "content": nodes_of(read_runs("\n".join(lines)))}


def _begins_a_block(line: str) -> bool:
    return bool(_HEADING.match(line) or _BULLET.match(line) or _NUMBER.match(line) or line[0] in ">|")


def _heading(found: re.Match[str]) -> Node:
    return {
        "type": "heading",
        "attrs": {"level": len(found[1])},
        "content": nodes_of(read_runs(found[2])),
    }
