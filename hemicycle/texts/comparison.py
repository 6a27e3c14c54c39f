"""What changed between two versions of a text: block by block, cell by cell, word by word; nothing is lost.

Reading the old side of a comparison gives the old text, reading the new side the new one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from hemicycle.texts import comparison_tables, presentation, word_changes
from hemicycle.texts.alignment import Alignment, Entry, align
from hemicycle.texts.article_labels import Label, after_label, label_of, until_label
from hemicycle.texts.change import TEXTS, Change, Comparison, Kind, text_of
from hemicycle.texts.comparison_summary import summary
from hemicycle.texts.comparison_tables import Columns
from hemicycle.texts.inline import Node, Run, runs_of
from hemicycle.texts.revisions import excerpt
from hemicycle.texts.tree import Doc, lines
from hemicycle.texts.word_changes import BOUNDARY

__all__ = ["Change", "Comparison", "compare", "summary", "text_of"]

_FAMILIES = {"heading": "paragraph", "bulletList": "list", "orderedList": "list", "tableHeader": "tableCell"}
#: Children among which a move means something to a reader.
_MOVABLE = ("doc", "listItem", "bulletList", "orderedList", "blockquote")


def compare(old: Doc, new: Doc) -> Comparison:
    """The changes from one clean document to another."""
    return Comparison(changes=_children(old, new))


def _children(old: Node, new: Node) -> tuple[Change, ...]:
    olds, news = old["content"], new["content"]
    alignment = align(list(_entries(olds)), list(_entries(news)))
    if old["type"] not in _MOVABLE:
        alignment = replace(alignment, moves={})
    return _aligned(olds, news, alignment, _pair)


def _aligned(
    olds: list[Node], news: list[Node], alignment: Alignment, pair: Callable[[Node, Node], Change]
) -> tuple[Change, ...]:
    moves = alignment.moves
    arrived = {j: i for i, j in moves.items()}
    numbers = {i: number for number, i in enumerate(sorted(moves), start=1)}
    at_old = {i: at for at, (left, _) in enumerate(alignment.links) for i in left}
    at_new = {j: at for at, (_, right) in enumerate(alignment.links) for j in right}
    changes = []
    for left, right in alignment.links:
        if len(left) + len(right) > 2:
            changes.append(_regrouped([olds[i] for i in left], [news[j] for j in right]))
        elif left and right:
            changes.append(pair(olds[left[0]], news[right[0]]))
        elif left and (i := left[0]) in moves:
            place = _place(news, moves[i], below=at_new[moves[i]] > at_old[i])
            changes.append(Change(kind="moved_away", old=olds[i], new=news[moves[i]], place=place, move=numbers[i]))
        elif left:
            changes.append(Change(kind="removed", old=olds[left[0]], new=None))
        elif (j := right[0]) in arrived:
            i = arrived[j]
            place = _place(olds, i, below=at_old[i] > at_new[j])
            changes.append(replace(pair(olds[i], news[j]), kind="moved", place=place, move=numbers[i]))
        else:
            changes.append(Change(kind="added", old=None, new=news[j]))
    return tuple(changes)


def _place(nodes: list[Node], rank: int, *, below: bool) -> str:
    """« plus haut, après « Vu le code général… » »."""
    way = "plus bas" if below else "plus haut"
    before = " ".join(lines(nodes[rank - 1])) if rank else ""
    return f"{way}, après «\u00a0{excerpt(before)}\u00a0»" if before else f"{way}, au début"


def _entries(nodes: Sequence[Node]) -> Iterator[Entry]:
    for rank, node in enumerate(nodes):
        kind = str(node["type"])
        text = "\n".join(lines(node))
        family = _FAMILIES.get(kind, kind)
        key = json.dumps(node, ensure_ascii=False, sort_keys=True)
        if label := label_of(node):
            # An article is known by its words, not by its number; « Article 3 » alone, by the block that follows.
            text = text[label.end :]
            key = f"article {json.dumps(after_label(node, label))}"
            if not text.strip(" .:–—-") and rank + 1 < len(nodes):
                text = "\n".join(lines(nodes[rank + 1]))
                key += json.dumps(nodes[rank + 1], ensure_ascii=False, sort_keys=True)
                family = "article"
        yield Entry(key=key, text=text, family=family, divisible=family == "paragraph" and kind != "heading")


def _pair(old: Node, new: Node) -> Change:
    if old == new:
        return Change(kind="same", old=old, new=new)
    if old["type"] in TEXTS:
        return _text(old, new)
    if old["type"] == "image":
        return _image(old, new)
    if old["type"] == "table":
        return _table(old, new)
    facts = presentation.facts(old, new)
    children = _children(old, new)
    quiet = all(child.kind in ("same", "restyled") for child in children)
    return Change(kind="restyled" if quiet else "changed", old=old, new=new, children=children, facts=facts)


def _text(old: Node, new: Node) -> Change:
    was, now = label_of(old), label_of(new)
    if was is not None and now is not None and was.number != now.number:
        return _renumbered(old, was, new, now)
    segments = word_changes.segments(runs_of(old["content"]), runs_of(new["content"]))
    quiet = all(segment.fate == "kept" for segment in segments)
    facts = presentation.facts(old, new)
    return Change(kind="restyled" if quiet else "changed", old=old, new=new, segments=segments, facts=facts)


def _renumbered(old: Node, was: Label, new: Node, now: Label) -> Change:
    """The number is compared apart from the words, so that a change of both is read as two."""
    before, after = after_label(old, was), after_label(new, now)
    segments = word_changes.segments(until_label(old, was), until_label(new, now))
    return Change(
        kind="renumbered" if before == after and old["type"] == new["type"] else "changed",
        old=old,
        new=new,
        segments=segments + word_changes.segments(before, after),
        facts=presentation.facts(old, new),
        article=(was.number, now.number),
    )


def _image(old: Node, new: Node) -> Change:
    was, now = "\n".join(lines(old)), "\n".join(lines(new))
    segments = word_changes.segments([(was, ())], [(now, ())]) if was != now else ()
    same = was == now and old["attrs"]["sha256"] == new["attrs"]["sha256"]
    kind: Kind = "restyled" if same else "changed"
    return Change(kind=kind, old=old, new=new, segments=segments, facts=presentation.facts(old, new))


def _table(old: Node, new: Node) -> Change:
    caption = word_changes.segments([(old["attrs"]["caption"], ())], [(new["attrs"]["caption"], ())])
    columns = comparison_tables.columns(old["content"], new["content"])
    alignment = comparison_tables.aligned_rows(old["content"], new["content"], columns)
    children = _aligned(old["content"], new["content"], alignment, partial(_row, columns=columns))
    quiet = all(child.kind in ("same", "restyled") for child in children)
    quiet = quiet and all(segment.fate == "kept" for segment in caption)
    return Change(
        kind="restyled" if quiet else "changed",
        old=old,
        new=new,
        segments=caption,
        children=children,
        facts=presentation.facts(old, new),
        columns=comparison_tables.named(old["content"], new["content"], columns),
    )


def _row(old: Node, new: Node, *, columns: Columns | None) -> Change:
    """Cell facing cell of its column, whatever they hold: a column keeps its meaning."""
    if old == new:
        return Change(kind="same", old=old, new=new)
    olds, news = old["content"], new["content"]
    if columns is None and len(olds) != len(news):
        children = _children(old, new)
    else:
        paired = columns or [(place, place) for place in range(len(olds))]
        children = tuple(_cell(olds, news, i, j) for i, j in paired)
    quiet = all(child.kind in ("same", "restyled") for child in children)
    return Change(kind="restyled" if quiet else "changed", old=old, new=new, children=children)


def _cell(olds: list[Node], news: list[Node], i: int | None, j: int | None) -> Change:
    if i is not None and j is not None:
        return _pair(olds[i], news[j])
    if i is not None:
        return Change(kind="removed", old=olds[i], new=None)
    assert j is not None
    return Change(kind="added", old=None, new=news[j])


def _regrouped(olds: list[Node], news: list[Node]) -> Change:
    """Paragraphs cut or joined, compared as one text."""
    segments = word_changes.segments(_end_to_end(olds), _end_to_end(news))
    return Change(kind="split" if len(olds) == 1 else "merged", old=olds[0], new=news[0], segments=segments)


def _end_to_end(paragraphs: list[Node]) -> list[Run]:
    runs: list[Run] = []
    for paragraph in paragraphs:
        runs += [BOUNDARY, *runs_of(paragraph["content"])] if runs else runs_of(paragraph["content"])
    return runs
