"""The structure of a text in a few lines that a person can check against the file: what the golden files hold."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from hemicycle.texts.tree import inline_text

Node = dict[str, Any]
_WORDS = 2
#: Lines beyond which the rest is only counted and digested.
_LINES = 150


def outline(doc: Node) -> str:
    """One line a block: its kind, its measures, its first words, its marks. Names in capitals are not repeated."""
    lines = [line for block in doc["content"] for line in _block(block, "")]
    if len(lines) > _LINES:
        rest = hashlib.sha256("\n".join(lines[_LINES:]).encode()).hexdigest()[:16]
        lines = [*lines[:_LINES], f"… and {len(lines) - _LINES} lines, {rest}"]
    return "\n".join(lines) + "\n"


def _block(block: Node, margin: str) -> Iterator[str]:
    kind = block["type"]
    if kind in ("paragraph", "heading"):
        level = f" {block['attrs']['level']}" if kind == "heading" else ""
        yield f"{margin}{kind}{level}: {_first_words(block)}{_marks(block)}"
    elif kind == "image":
        yield f"{margin}image {block['attrs']['width']} %: {block['attrs']['alt']}"
    elif kind == "table":
        yield f"{margin}table: {block['attrs']['caption']}"
        for row in block["content"]:
            yield f"{margin}  | " + " | ".join(_cell(cell) for cell in row["content"])
    else:
        start = f" from {block['attrs']['start']}" if kind == "orderedList" else ""
        yield f"{margin}{kind}{start}"
        for item in block["content"]:
            inner = item["content"] if item["type"] == "listItem" else [item]
            for rank, child in enumerate(inner):
                yield from _block(child, margin + ("  - " if rank == 0 else "    "))


def _first_words(block: Node) -> str:
    words = [re.sub(r"[A-ZÀ-Ý]{4,}", "X", word) for word in inline_text(block).split()]
    return " ".join(words[:_WORDS]) + (f" … ({len(words)})" if len(words) > _WORDS else "")


def _marks(block: Node) -> str:
    """How many words bear each mark, notes and breaks counted too."""
    counts: Counter[str] = Counter()
    for inline in block["content"]:
        counts[inline["type"]] += inline["type"] != "text"
        for mark in inline.get("marks", ()):
            counts[mark["type"]] += len(inline["text"].split())
    said = [f"{name} {count}" for name, count in sorted(counts.items()) if count]
    return f" [{', '.join(said)}]" if said else ""


def _cell(cell: Node) -> str:
    attrs = cell["attrs"]
    signs = ["#"] if cell["type"] == "tableHeader" else []
    signs += [f"{attrs['colspan']}x{attrs['rowspan']}"] if (attrs["colspan"], attrs["rowspan"]) != (1, 1) else []
    signs += [attrs["align"]] if attrs["align"] else []
    blocks = [_first_words(b) + _marks(b) if b["type"] == "paragraph" else f"<{b['type']}>" for b in cell["content"]]
    return " ".join([*signs, " ¶ ".join(blocks)]).strip()
