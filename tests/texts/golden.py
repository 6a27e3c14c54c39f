"""A comparison in a compact form that is read at a glance and kept as expected text.

= kept   ~ changed   + added   - removed   > moved here   < moved away   Y split   A merged   # renumbered
* restyled          [-removed-]{+added+} words          ¶ end of paragraph          (facts)
"""

from __future__ import annotations

from collections.abc import Iterator

from hemicycle.texts.change import Change, Comparison
from hemicycle.texts.tree import lines
from hemicycle.texts.word_changes import BOUNDARY, Segment

_SIGNS = {
    "same": "=",
    "changed": "~",
    "restyled": "*",
    "renumbered": "#",
    "added": "+",
    "removed": "-",
    "moved": ">",
    "moved_away": "<",
    "split": "Y",
    "merged": "A",
}


def golden(comparison: Comparison) -> str:
    """One line a block, row or item, indented by its depth."""
    return "\n".join(line for change in comparison.changes for line in _lines(change, 0))


def _lines(change: Change, depth: int) -> Iterator[str]:
    sign = f"{'  ' * depth}{_SIGNS[change.kind]} "
    facts = [*change.facts, *(f"colonne {name} {came}" for came, name in change.columns)]
    facts += [f"article {' → '.join(change.article)}"] if change.article else []
    facts += [change.place] if change.place else []
    told = f" ({' ; '.join(facts)})" if facts else ""
    if change.node["type"] == "tableRow":
        yield f"{sign}| {' | '.join(_cell(change))} |{told}"
    elif change.children:
        caption = "".join(map(_words, change.segments))
        yield f"{sign}{change.node['type']}{': ' * bool(caption)}{caption}{told}"
        for child in change.children:
            yield from _lines(child, depth + 1)
    else:
        yield f"{sign}{_text(change)}{told}"


def _cell(row: Change) -> Iterator[str]:
    if not row.children:
        yield from (" / ".join(lines(cell)) for cell in row.node["content"])
        return
    for cell in row.children:
        sign = "" if cell.kind in ("same", "changed") else f"{_SIGNS[cell.kind]}"
        inside = " / ".join(_text(child) for child in cell.children) or _text(cell)
        yield f"{sign}{inside}"


def _text(change: Change) -> str:
    if change.segments:
        return "".join(map(_words, change.segments)).replace(BOUNDARY[0], "¶")
    node = change.old if change.kind == "moved_away" and change.old else change.node
    return " / ".join(lines(node))


def _words(segment: Segment) -> str:
    if segment.fate == "kept":
        return segment.text if segment.before is None else f"*{segment.text}*"
    return f"[-{segment.text}-]" if segment.fate == "removed" else f"{{+{segment.text}+}}"
