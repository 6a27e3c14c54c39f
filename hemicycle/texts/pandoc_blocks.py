"""From Pandoc's blocks to the blocks of the text tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hemicycle.texts import private_signs
from hemicycle.texts.inline import NOTE, Node, Run, nodes_of
from hemicycle.texts.pandoc_inlines import Findings, has_deleted_end, runs
from hemicycle.texts.tree import MAX_LEVEL, MAX_START, inline_text

_ALIGNMENTS = {"AlignLeft": "left", "AlignRight": "right", "AlignCenter": "center", "AlignDefault": None}
#: Where Pandoc puts the paragraphs in Word's title styles, in the order in which they stand.
_FRONT = ("title", "subtitle", "author", "date", "abstract")


def document(tree: dict[str, Any], found: Findings) -> Node:
    """The document, not yet clean."""
    content = [*_front_matter(tree.get("meta", {}), found), *blocks(tree["blocks"], found)]
    return {"type": "doc", "content": content}


def blocks(source: list[Any], found: Findings) -> list[Node]:
    """The blocks, paragraphs whose end was deleted joined to the next."""
    made: list[Node] = []
    joining = False
    for element in source:
        for block in _block(element, found):
            if joining and made and made[-1]["type"] == block["type"] == "paragraph":
                made[-1]["content"] += [{"type": "text", "text": " "}, *block["content"]]
            elif block["type"] == "table" and made and _is_caption(made[-1]):
                block["attrs"]["caption"] = inline_text(made.pop()).replace("\n", " ")
                made.append(block)
            else:
                made.append(block)
        joining = element["t"] == "Para" and has_deleted_end(element["c"])
    return _continued(made)


def _continued(blocks: list[Node]) -> list[Node]:
    """The blocks, items that are more of the one before joined to it, be it the last of the list before."""
    made: list[Node] = []
    for block in blocks:
        if block["type"] not in ("bulletList", "orderedList"):
            made.append(block)
            continue
        items: list[Node] = []
        for item in block["content"]:
            before = items or (made[-1]["content"] if made and made[-1]["type"].endswith("List") else [])
            if before and _continues(item):
                before[-1]["content"] += item["content"]
            else:
                items.append(item)
        if items:
            made.append({**block, "content": items})
    return made


def _continues(item: Node) -> bool:
    first = item["content"][0] if item["content"] else {"type": ""}
    return first["type"] == "paragraph" and inline_text(first).startswith(private_signs.CONTINUES)


def _block(element: Any, found: Findings) -> Iterator[Node]:
    name, content = element["t"], element.get("c")
    if name in ("Para", "Plain"):
        yield from _paragraph_or_heading(content, found)
        yield from _images(found)
    elif name == "Header":
        yield from _heading(content, found)
        yield from _images(found)
    elif name == "BulletList":
        items = _items(content, found)
        _told_start(items, 1)
        yield {"type": "bulletList", "content": items}
    elif name == "OrderedList":
        yield _ordered(content, found)
    elif name == "BlockQuote":
        yield {"type": "blockquote", "content": blocks(content, found)}
    elif name == "Table":
        yield _table(content, found)
    elif name == "Div":
        yield from blocks(content[1], found)
    else:
        yield from _rarer(name, content, found)


def _rarer(name: str, content: Any, found: Findings) -> Iterator[Node]:
    if name == "LineBlock":
        for line in content:
            yield _paragraph(runs(line, found))
    elif name == "CodeBlock":
        for line in content[1].splitlines():
            yield _paragraph(iter([(line, ())]))
    elif name == "DefinitionList":
        for term, definitions in content:
            yield _paragraph(runs(term, found, (("bold", ""),)))
            for definition in definitions:
                yield from blocks(definition, found)
    elif name == "Figure":
        yield from blocks(content[2], found)
        yield from blocks(content[1][1], found)


def _paragraph(content: Iterator[Run]) -> Node:
    return {"type": "paragraph", "content": nodes_of(content)}


def _paragraph_or_heading(content: Any, found: Findings) -> Iterator[Node]:
    """The paragraph, or the heading that a signal says it is."""
    paragraph = _paragraph(runs(content, found))
    level = private_signs.level(inline_text(paragraph))
    if level:
        yield from _heading_of(level, paragraph["content"], found)
    else:
        yield paragraph


def _images(found: Findings) -> list[Node]:
    """The images called since the last paragraph."""
    images, found.waiting = found.waiting, []
    return images


def _is_caption(block: Node) -> bool:
    return block["type"] == "paragraph" and inline_text(block).startswith(private_signs.CAPTION)


def _heading(content: Any, found: Findings) -> Iterator[Node]:
    """The heading, and as paragraphs after it the notes that it called."""
    level, _, inlines = content
    yield from _heading_of(level, nodes_of(runs(inlines, found)), found)


def _heading_of(level: int, nodes: list[Node], found: Findings) -> Iterator[Node]:
    if level > MAX_LEVEL:
        found.levels_lowered += 1
    own = [node for node in nodes if node["type"] != NOTE]
    yield {"type": "heading", "attrs": {"level": min(level, MAX_LEVEL)}, "content": own}
    for note in nodes:
        if note["type"] == NOTE:
            found.notes_of_headings += 1
            yield {"type": "paragraph", "content": [{"type": "text", "text": "Note : "}, *note["content"]]}


def _items(items: list[Any], found: Findings) -> list[Node]:
    return [{"type": "listItem", "content": blocks(item, found)} for item in items]


def _ordered(content: Any, found: Findings) -> Node:
    (start, style, _), items = content
    if style["t"] not in ("Decimal", "DefaultStyle"):
        found.letters_numbered += 1
    content = _items(items, found)
    start = _told_start(content, start)
    return {"type": "orderedList", "attrs": {"start": start if 0 <= start <= MAX_START else 1}, "content": content}


def _told_start(items: list[Node], read: int) -> int:
    """The number that the head of the first item tells, which is no part of its text; or the one that was read."""
    paragraph = items[0]["content"][0] if items and items[0]["content"] else {}
    for node in paragraph.get("content", [])[:1]:
        if found := private_signs.STARTS.match(node.get("text", "")):
            node["text"] = node["text"][found.end() :]
            return int(found[1])
    return read


def _table(content: Any, found: Findings) -> Node:
    _, (_, caption), columns, (_, head), bodies, (_, foot) = content
    # Word aligns cells, not columns: what Pandoc says of a column is what it saw in its first row.
    defaults = [None if found.cells_alone else _ALIGNMENTS[align["t"]] for align, _ in columns]
    sections = [(head, len(columns))]
    for _, row_headers, inner_head, body in bodies:
        sections += [(inner_head, len(columns)), (body, row_headers)]
    rows: list[Node | None] = []
    for section, headers in [*sections, (foot, 0)]:
        hanging = [0] * len(columns)
        rows += [_row(row, defaults, found, headers, hanging) for row in section]
    title = " ".join(inline_text(block) for block in blocks(caption, found) if block["type"] == "paragraph")
    kept = [row for row in rows if row is not None and not _is_counted(row)]
    return {"type": "table", "attrs": {"caption": title.replace("\n", " ")}, "content": kept}


def _row(row: Any, defaults: list[str | None], found: Findings, headers: int, hanging: list[int]) -> Node | None:
    """The row, or None where the whole of it was a tracked deletion.

    `headers` is the number of columns of row headers; `hanging`, kept from row to row, the number of rows
    that cells from above still fill in each column.
    """
    deletions = _deletions(found)
    cells: list[Node] = []
    column = 0
    for _, align, rowspan, colspan, content in row[1]:
        while column < len(hanging) and hanging[column]:
            column += 1
        default = defaults[column] if column < len(defaults) else None
        attrs = {"colspan": colspan, "rowspan": rowspan, "align": _ALIGNMENTS[align["t"]] or default}
        kind = "tableHeader" if column < headers else "tableCell"
        cells.append(_signalled({"type": kind, "attrs": attrs, "content": blocks(content, found)}))
        hanging[column : column + colspan] = [rowspan] * len(hanging[column : column + colspan])
        column += colspan
    hanging[:] = [max(0, left - 1) for left in hanging]
    if _deletions(found) > deletions and not any(_has_text(cell) for cell in cells):
        return None
    return {"type": "tableRow", "content": cells}


def _signalled(cell: Node) -> Node:
    """The cell as the signs at its head say it is."""
    first = cell["content"][0] if cell["content"] else {"type": ""}
    found = private_signs.OF_CELL.match(inline_text(first)) if first["type"] in ("paragraph", "heading") else None
    if found is None:
        return cell
    kind = "tableHeader" if private_signs.HEADER in found[0] else cell["type"]
    align = private_signs.alignment(found[0]) or cell["attrs"]["align"]
    return {**cell, "type": kind, "attrs": {**cell["attrs"], "align": align}}


def _is_counted(row: Node) -> bool:
    first = row["content"][0]["content"][:1] if row["content"] else []
    return any(block["type"] == "paragraph" and inline_text(block) == private_signs.COUNTED for block in first)


def _deletions(found: Findings) -> int:
    return sum(revision.kind == "deletion" for revision in found.revisions)


def _has_text(node: Node) -> bool:
    return bool(node.get("text", "").strip()) or any(_has_text(child) for child in node.get("content", ()))


def _front_matter(meta: dict[str, Any], found: Findings) -> Iterator[Node]:
    for name in _FRONT:
        for block in _meta_blocks(meta.get(name), found):
            if name == "title" and block["type"] == "paragraph":
                yield {"type": "heading", "attrs": {"level": 1}, "content": block["content"]}
            else:
                yield block


def _meta_blocks(value: Any, found: Findings) -> Iterator[Node]:
    if not value:
        return
    name, content = value["t"], value["c"]
    if name == "MetaInlines":
        yield _paragraph(runs(content, found))
    elif name == "MetaBlocks":
        yield from blocks(content, found)
    elif name == "MetaList":
        for inner in content:
            yield from _meta_blocks(inner, found)
    elif name == "MetaString":
        yield _paragraph(iter([(content, ())]))
