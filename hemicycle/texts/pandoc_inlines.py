"""From Pandoc's inline elements to runs of text, settling tracked changes on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from hemicycle.texts import private_signs
from hemicycle.texts.gallery import Gallery
from hemicycle.texts.inline import BREAK, NOTE_CLOSES, NOTE_OPENS, Mark, Marks, Node, Run, in_order, link_target
from hemicycle.texts.refusal import TextRefused
from hemicycle.texts.revisions import Revision

_EMPHASIS = {
    "Strong": "bold",
    "Emph": "italic",
    "Underline": "underline",
    "Superscript": "superscript",
    "Subscript": "subscript",
}
_QUOTES = {"SingleQuote": ("‘", "’"), "DoubleQuote": ("“", "”")}


@dataclass(kw_only=True)
class Findings:
    """What was met on the way and that the author should know."""

    revisions: list[Revision] = field(default_factory=list)
    #: The author and the text of each comment of the margin.
    comments: list[tuple[str, str]] = field(default_factory=list)
    #: The images met, and their bytes.
    gallery: Gallery = field(default_factory=Gallery)
    #: Images called in the paragraph being read: blocks that stand after it.
    waiting: list[Node] = field(default_factory=list)
    #: Footnotes moved out of a heading, which may not call any.
    notes_of_headings: int = 0
    underlining: bool = False
    #: Whether only what is said of each cell aligns it.
    cells_alone: bool = False
    struck: int = 0
    levels_lowered: int = 0
    letters_numbered: int = 0


def runs(inlines: list[Any], found: Findings, marks: Marks = ()) -> Iterator[Run]:
    """The runs of Pandoc's inline elements: insertions kept, deletions dropped, both recorded in `found`."""
    for element in inlines:
        name, content = element["t"], element.get("c")
        if name == "Str":
            yield from _word(content, found, marks)
        elif name in ("Space", "SoftBreak"):
            yield from _word(" ", found, marks)
        elif name == "LineBreak":
            yield BREAK
        elif name in _EMPHASIS:
            yield from runs(content, found, in_order([*marks, (_EMPHASIS[name], "")]))
        elif name == "Span":
            yield from _span(content, found, marks)
        elif name == "Link":
            yield from runs(content[1], found, in_order([*marks, *_link(content[2][0])]))
        elif name == "Image":
            yield from _image(content, found, marks)
        elif name == "Note":
            yield from (NOTE_OPENS, *runs(_flat(content), found), NOTE_CLOSES)
        else:
            yield from _rarer(name, content, found, marks)


def _rarer(name: str, content: Any, found: Findings, marks: Marks) -> Iterator[Run]:
    if name == "Strikeout":
        found.struck += 1
        yield from runs(content, found, marks)
    elif name == "SmallCaps":
        yield from runs(content, found, marks)
    elif name == "Quoted":
        before, after = _QUOTES[content[0]["t"]]
        yield before, marks
        yield from runs(content[1], found, marks)
        yield after, marks
    elif name == "Cite":
        yield from runs(content[1], found, marks)
    elif name in ("Code", "Math"):
        yield content[1], marks


def _span(content: Any, found: Findings, marks: Marks) -> Iterator[Run]:
    (_, classes, pairs), inner = content
    attributes = dict(pairs)
    author = str(attributes.get("author") or "").strip() or "auteur inconnu"
    if "deletion" in classes:
        # What is deleted must leave no other trace: its images and notes are not read.
        found.revisions.append(Revision(kind="deletion", author=author, text=_text(inner, Findings())))
    elif "comment-start" in classes:
        found.comments.append((author, _text(inner, Findings())))
    else:
        if "insertion" in classes:
            found.revisions.append(Revision(kind="insertion", author=author, text=_text(inner, Findings())))
        yield from runs(inner, found, marks)


def _text(inlines: list[Any], found: Findings) -> str:
    return "".join(text for text, _ in runs(inlines, found))


def _link(url: str) -> list[Mark]:
    try:
        return [("link", link_target(url))]
    except TextRefused:
        # Cross-references inside the document: the words stay, the link has nowhere to go.
        return []


def _word(content: str, found: Findings, marks: Marks) -> Iterator[Run]:
    """A word, underlined where a signal said so."""
    for piece in private_signs.UNDERLINE.split(content):
        if piece in (private_signs.UNDERLINE_ON, private_signs.UNDERLINE_OFF):
            found.underlining = piece == private_signs.UNDERLINE_ON
        elif piece:
            yield piece, in_order([*marks, ("underline", "")]) if found.underlining else marks


def _flat(note: list[Any]) -> list[Any]:
    """The inline elements of the blocks of a note, one after the other: our notes are one paragraph."""
    flat: list[Any] = []
    for block in note:
        if block["t"] in ("Para", "Plain"):
            flat += [{"t": "Space"}, *block["c"]] if flat else block["c"]
        else:
            for inner in _inner_blocks(block.get("c")):
                flat += [{"t": "Space"}, *inner]
    return flat


def _inner_blocks(content: Any) -> Iterator[list[Any]]:
    """The inline elements of every paragraph that a list, a quotation or a table holds."""
    if isinstance(content, dict) and content.get("t") in ("Para", "Plain"):
        yield content["c"]
    elif isinstance(content, dict) and content.get("t") == "Header":
        yield content["c"][2]
    elif isinstance(content, dict) and content.get("t") == "CodeBlock":
        yield [{"t": "Str", "c": content["c"][1]}]
    elif isinstance(content, dict):
        yield from _inner_blocks(content.get("c"))
    elif isinstance(content, list):
        for child in content:
            yield from _inner_blocks(child)


def _image(content: Any, found: Findings, marks: Marks) -> Iterator[Run]:
    """An image of the file becomes a block after its paragraph; what cannot be kept leaves its description."""
    (_, _, pairs), alternative, (target, _) = content
    text = _text(alternative, Findings()).strip()
    block = found.gallery.block(str(target), text, dict(pairs))
    if block is not None:
        found.waiting.append(block)
    elif text:
        yield f"[Image : {text}]", marks


def has_deleted_end(inlines: list[Any]) -> bool:
    """Whether the end of the paragraph itself was deleted: the next one continues it."""
    return any(e["t"] == "Span" and "paragraph-deletion" in e["c"][0][1] for e in inlines)
