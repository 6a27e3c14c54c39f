"""From Pandoc's inline elements to runs of text, settling tracked changes on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from hemicycle.texts.inline import BREAK, Mark, Marks, Run, in_order, link_target
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
    #: The alternative text of each image, or an empty string.
    images: list[str] = field(default_factory=list)
    #: Pandoc's blocks of each footnote, in the order of their calls.
    footnotes: list[list[dict[str, Any]]] = field(default_factory=list)
    struck: int = 0
    levels_lowered: int = 0
    letters_numbered: int = 0


def runs(inlines: list[Any], found: Findings, marks: Marks = ()) -> Iterator[Run]:
    """The runs of Pandoc's inline elements: insertions kept, deletions dropped, both recorded in `found`."""
    for element in inlines:
        name, content = element["t"], element.get("c")
        if name == "Str":
            yield content, marks
        elif name in ("Space", "SoftBreak"):
            yield " ", marks
        elif name == "LineBreak":
            yield BREAK
        elif name in _EMPHASIS:
            yield from runs(content, found, in_order([*marks, (_EMPHASIS[name], "")]))
        elif name == "Span":
            yield from _span(content, found, marks)
        elif name == "Link":
            yield from runs(content[1], found, in_order([*marks, *_link(content[2][0])]))
        elif name == "Image":
            yield from _image(content[1], found, marks)
        elif name == "Note":
            found.footnotes.append(content)
            yield f"({len(found.footnotes)})", in_order([*marks, ("superscript", "")])
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


def _image(alternative: list[Any], found: Findings, marks: Marks) -> Iterator[Run]:
    text = _text(alternative, Findings()).strip()
    found.images.append(text)
    if text:
        yield f"[Image : {text}]", marks


def has_deleted_end(inlines: list[Any]) -> bool:
    """Whether the end of the paragraph itself was deleted: the next one continues it."""
    return any(e["t"] == "Span" and "paragraph-deletion" in e["c"][0][1] for e in inlines)
