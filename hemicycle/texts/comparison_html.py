"""A comparison as HTML: <ins> and <del>, which are also said in words to those who do not see them."""

from __future__ import annotations

from html import escape

from hemicycle.texts.comparison import Change, Comparison
from hemicycle.texts.html import block_html, container_element, marked_html, row_scope, text_element
from hemicycle.texts.revisions import excerpt
from hemicycle.texts.tree import lines
from hemicycle.texts.word_changes import Fate, Segment

_ELEMENTS: dict[Fate, tuple[str, str]] = {"added": ("ins", "ajouté"), "removed": ("del", "supprimé")}


def to_html(comparison: Comparison, *, heading_shift: int = 1) -> str:
    """The new text with what was added and, in its place, what was removed.

    Classes for the page's style sheet: change-moved, change-moved-away, change-restyled, change-note,
    visually-hidden. Words are never carried by colour alone.
    """
    return "".join(_change(change, heading_shift) for change in comparison.changes)


def _added(inner: str) -> str:
    return _marked("added", inner)


def _removed(inner: str) -> str:
    return _marked("removed", inner)


def _marked(fate: Fate, inner: str) -> str:
    element, word = _ELEMENTS[fate]
    before = f'<span class="visually-hidden">[{word} : </span>'
    return f'<{element}>{before}{inner}<span class="visually-hidden">]</span></{element}>'


def _change(change: Change, shift: int, scope: str = "row") -> str:
    if change.kind == "same":
        return block_html(change.node, shift, scope=scope)
    if change.kind == "added":
        return block_html(change.node, shift, _added, scope)
    if change.kind == "removed":
        return block_html(change.node, shift, _removed, scope)
    if change.kind == "moved_away":
        return _moved_away(change)
    if change.kind == "moved":
        return _moved(change, shift)
    if change.kind == "restyled" and not change.children:
        return _noted(change, "change-restyled", "Mise en forme modifiée", _inside(change, shift), shift)
    return _whole(change, shift, scope)


def _whole(change: Change, shift: int, scope: str = "row") -> str:
    node = change.node
    if node["type"] == "table":
        return _table(change, shift)
    if node["type"] in ("paragraph", "heading"):
        return text_element(node, _inside(change, shift), shift)
    return container_element(node, _inside(change, shift), scope)


def _inside(change: Change, shift: int) -> str:
    """The inside of a changed node, its own element left out."""
    if change.segments:
        return _segments(change.segments)
    children = change.children
    in_cell = change.node["type"] in ("tableCell", "tableHeader", "listItem")
    alone = in_cell and len(children) == 1 and children[0].node["type"] == "paragraph" and children[0].segments
    if alone and children[0].kind == "changed":
        return _segments(children[0].segments)
    return "".join(_change(child, shift, row_scope(change.node)) for child in children)


def _segments(segments: tuple[Segment, ...]) -> str:
    return "".join(_run(fate, run) for fate, run in _gathered(segments))


def _gathered(segments: tuple[Segment, ...]) -> list[tuple[Fate, list[Segment]]]:
    """Neighbours of one fate together: one <ins>, whatever the emphasis inside."""
    gathered: list[tuple[Fate, list[Segment]]] = []
    for segment in segments:
        if gathered and gathered[-1][0] == segment.fate:
            gathered[-1][1].append(segment)
        else:
            gathered.append((segment.fate, [segment]))
    return gathered


def _run(fate: Fate, segments: list[Segment]) -> str:
    inner = "".join(marked_html(escape(s.text).replace("\n", "<br>"), s.marks) for s in segments)
    return inner if fate == "kept" else _marked(fate, inner)


def _table(change: Change, shift: int) -> str:
    caption = f"<caption>{_segments(change.segments)}</caption>" if change.segments else ""
    return f"<table>{caption}<tbody>{''.join(_change(row, shift) for row in change.children)}</tbody></table>"


def _moved(change: Change, shift: int) -> str:
    note = '<span class="change-note">Déplacé ici : </span>'
    if change.node["type"] == "listItem":
        inside = _inside(change, shift) if change.children else block_html(change.node, shift)[4:-5]
        return f'<li class="change-moved">{note}{inside}</li>'
    whole = _whole(change, shift) if change.segments or change.children else block_html(change.node, shift)
    return f'<div class="change-moved">{note}{whole}</div>'


def _moved_away(change: Change) -> str:
    words = escape(excerpt(" ".join(lines(change.node if change.old is None else change.old))))
    element = "li" if change.node["type"] == "listItem" else "p"
    note = f'<span class="change-note">Passage déplacé : « {words} »</span>'
    return f'<{element} class="change-moved-away">{note}</{element}>'


def _noted(change: Change, css: str, words: str, inside: str, shift: int) -> str:
    node = change.node
    note = f'<span class="visually-hidden">[{words}] </span>'
    if node["type"] not in ("paragraph", "heading"):
        return _whole(change, shift)
    return text_element(node, f'<span class="{css}">{note}{inside}</span>', shift)
