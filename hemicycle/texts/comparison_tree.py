"""A comparison as text trees to be printed: the same nodes, with three marks more that no text of a dossier holds.

"inserted" and "deleted" are what they say; "remark" is what the comparison itself says, in French.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hemicycle.texts import presentation
from hemicycle.texts.change import CELLS, TEXTS, Change, Comparison
from hemicycle.texts.inline import Marks, Node, nodes_of, runs_of
from hemicycle.texts.revisions import excerpt
from hemicycle.texts.tree import lines
from hemicycle.texts.word_changes import BOUNDARY, Segment

INSERTED: Marks = (("inserted", ""),)
DELETED: Marks = (("deleted", ""),)
REMARK: Marks = (("remark", ""),)

_WORDS = {
    "added": "Ajouté",
    "removed": "Supprimé",
    "moved": "Déplacé",
    "moved_away": "Déplacé",
    "split": "Scindé",
    "merged": "Réunis",
    "renumbered": "Renuméroté",
    "restyled": "Mise en forme",
}


@dataclass(frozen=True, kw_only=True)
class Passage:
    """One block of a comparison, printed as one node or, when cut, several."""

    nodes: tuple[Node, ...]
    changed: bool
    #: One or two words for the margin: « Déplacé ».
    word: str = ""
    #: What is said of it above: « Était plus haut, après « … » ».
    note: str = ""
    #: Blocks left out in its place.
    unseen: int = 0


def passages(comparison: Comparison) -> list[Passage]:
    """The blocks of a comparison, in reading order."""
    return [_passage(change) for change in comparison.changes]


def _passage(change: Change) -> Passage:
    if change.kind == "unseen":
        return Passage(nodes=(), changed=False, unseen=change.count)
    if change.kind == "same":
        return Passage(nodes=tuple(_plain(change.node)), changed=False)
    notes = [f"Était {change.place}."] if change.kind == "moved" else []
    notes += [f"Auparavant article {change.article[0]}."] if change.article else []
    notes += [f"{fact[0].upper()}{fact[1:]}." for fact in change.facts]
    notes += [f"Colonne « {name} » {'ajoutée' if came == 'added' else 'supprimée'}." for came, name in change.columns]
    word = "Renuméroté" if change.article else _WORDS.get(change.kind, "Modifié")
    return Passage(nodes=tuple(_nodes(change)), changed=True, word=word, note=" ".join(notes))


def _nodes(change: Change) -> Iterator[Node]:
    node = change.node
    if change.kind == "same":
        yield from _plain(node)
    elif change.kind in ("added", "removed"):
        yield from _marked(node, INSERTED if change.kind == "added" else DELETED)
    elif change.kind == "moved_away":
        yield _moved_away(change)
    elif change.kind == "unseen":
        yield _unseen(change)
    elif change.kind in ("split", "merged"):
        yield from _regrouped(change.segments)
    elif node["type"] in TEXTS or node["type"] == "image":
        content = list(_inline(change.segments)) if change.segments else _flat(node, ())
        shown = node if node["type"] in TEXTS else {"type": "paragraph"}
        yield {**shown, "content": content}
    else:
        yield from _container(change)


def _container(change: Change) -> Iterator[Node]:
    node = change.node
    if not change.children:
        yield from _plain(node)
        return
    if any(segment.fate != "kept" for segment in change.segments):
        caption = [_text("Légende du tableau : ", REMARK), *_inline(change.segments)]
        yield {"type": "paragraph", "content": caption}
    children = [made for child in change.children for made in _nodes(child)]
    if change.kind == "moved" and node["type"] in ("listItem", "tableRow"):
        _say(children, "[Déplacé ici] ")
    if node["type"] in CELLS and change.facts:
        _say(children, f"[{', '.join(change.facts)}] ")
    yield {**node, "content": children}


def _say(nodes: list[Node], words: str) -> None:
    """Put a remark at the head of the first paragraph of nodes just made."""
    first = nodes[0] if nodes else None
    while first is not None and first["type"] not in TEXTS:
        first = first["content"][0] if first.get("content") else None
    if first is not None:
        first["content"] = [_text(words, REMARK), *first["content"]]


def _plain(node: Node) -> Iterator[Node]:
    """The node as it is, its images as their alternative texts: a comparison is of words."""
    if node["type"] == "image":
        yield {"type": "paragraph", "content": _flat(node, REMARK)}
    elif node["type"] in TEXTS:
        yield node
    else:
        yield {**node, "content": [made for child in node["content"] for made in _plain(child)]}


def _marked(node: Node, marks: Marks) -> Iterator[Node]:
    """The node with every word of it marked; a heading that is no more does not open a section."""
    if node["type"] in (*TEXTS, "image"):
        heading = node["type"] == "heading" and marks == INSERTED
        shown = node if heading else {"type": "paragraph"}
        extra: Marks = (("bold", ""),) if node["type"] == "heading" and not heading else ()
        yield {**shown, "content": _flat(node, (*extra, *marks))}
        return
    if node["type"] == "table" and node["attrs"]["caption"]:
        yield {"type": "paragraph", "content": [_text(node["attrs"]["caption"], marks)]}
        node = {**node, "attrs": {"caption": ""}}
    yield {**node, "content": [made for child in node["content"] for made in _marked(child, marks)]}


def _flat(node: Node, marks: Marks) -> list[Node]:
    """The inline nodes of a paragraph or image, footnotes as words where they are called."""
    runs = runs_of(node["content"]) if "content" in node else [(" ".join(lines(node)), ())]
    return [made for text, own in runs for made in _texts(text, (*own, *marks))]


def _inline(segments: Sequence[Segment]) -> Iterator[Node]:
    for segment in segments:
        fate = {"added": INSERTED, "removed": DELETED}.get(segment.fate, ())
        yield from _texts(segment.text, (*segment.marks, *fate))
        if segment.before is not None and (said := presentation.marks_changed(segment.before, segment.marks)):
            yield _text(f" [{said}]", REMARK)


def _texts(text: str, marks: Marks) -> Iterator[Node]:
    for place, line in enumerate(text.split("\n")):
        if place:
            yield {"type": "hardBreak"}
        if line:
            yield _text(line, tuple(mark for mark in marks if mark[0] != "footnote"))


def _text(text: str, marks: Marks) -> Node:
    (node,) = nodes_of([(text, marks)])
    return node


def _regrouped(segments: Sequence[Segment]) -> Iterator[Node]:
    content: list[Node] = []
    for segment in segments:
        fate = {"added": INSERTED, "removed": DELETED}.get(segment.fate, ())
        for place, piece in enumerate(segment.text.split(BOUNDARY[0])):
            if place and segment.fate != "kept":
                content.append(_text("¶", fate))
            if place and segment.fate != "removed":
                yield {"type": "paragraph", "content": content}
                content = []
            if piece.strip(" ") or segment.fate == "kept":
                content += _texts(piece, (*segment.marks, *fate))
            elif piece:
                content.append(_text(" ", ()))
    yield {"type": "paragraph", "content": content}


def _moved_away(change: Change) -> Node:
    node = change.node if change.old is None else change.old
    words = f"[Passage déplacé {change.place.split(',')[0]} : « {excerpt(' '.join(lines(node)))} »]"
    return _said(node, words)


def _unseen(change: Change) -> Node:
    many = change.count > 1
    noun = "ligne" if change.node["type"] == "tableRow" else "élément"
    agreed = "inchangée" if noun == "ligne" else "inchangé"
    return _said(change.node, f"[{change.count} {noun}{'s' * many} {agreed}{'s' * many}]")


def _said(node: Node, words: str) -> Node:
    """A remark in the place of a block, an item or a row."""
    paragraph: Node = {"type": "paragraph", "content": [_text(words, REMARK)]}
    if node["type"] == "listItem":
        return {"type": "listItem", "content": [paragraph]}
    if node["type"] != "tableRow":
        return paragraph
    width = sum(cell["attrs"]["colspan"] for cell in node["content"])
    attrs = {"colspan": width, "rowspan": 1, "align": "left"}
    return {"type": "tableRow", "content": [{"type": "tableCell", "attrs": attrs, "content": [paragraph]}]}
