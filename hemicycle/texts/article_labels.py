"""The words « Article 3 » that open an article: read, and told apart from what follows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hemicycle.texts.inline import Node, Run, runs_of
from hemicycle.texts.tree import inline_text

_SPACE = "[ \u00a0\u202f]"
_LABEL = re.compile(
    rf"article{_SPACE}*(?P<number>premier|unique|(?:\d+|[IVX]+\b)(?:-\d+)*)(?:{_SPACE}*(?:er|ère|ᵉʳ|e|ème))?(?!\w)",
    re.I,
)


@dataclass(frozen=True, kw_only=True)
class Label:
    """The number of an article as it is written, and where its label ends in the paragraph, in characters."""

    number: str
    end: int


def label_of(node: Node) -> Label | None:
    """The label that a paragraph or heading opens with: « Article 1er », « Article 12-1 », « ARTICLE II »."""
    if node["type"] not in ("paragraph", "heading"):
        return None
    found = _LABEL.match(inline_text(node))
    if found is None:
        return None
    written = found["number"].lower()
    return Label(number="1" if written in ("premier", "unique") else found["number"], end=found.end())


def until_label(node: Node, label: Label) -> list[Run]:
    """The runs of the label itself."""
    left, kept = label.end, []
    for text, marks in runs_of(node["content"]):
        if head := text[:left]:
            kept.append((head, marks))
        left = max(0, left - len(text))
    return kept


def after_label(node: Node, label: Label) -> list[Run]:
    """The runs that follow the label."""
    left, kept = label.end, []
    for text, marks in runs_of(node["content"]):
        if remainder := text[left:]:
            kept.append((remainder, marks))
        left = max(0, left - len(text))
    return kept
