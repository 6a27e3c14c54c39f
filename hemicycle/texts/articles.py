"""Articles that number themselves: each takes the number of its place, and the act's own references follow.

Only what cannot be mistaken is rewritten. « l’article 3 du code du sport », « son article 3 », what stands between
« » or in a quotation belong to another text, and stay as they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from hemicycle.texts.inline import Node, Run, nodes_of, runs_of
from hemicycle.texts.references import Edit, key_of, rewritten
from hemicycle.texts.structure import part_of
from hemicycle.texts.tree import Doc, clean, inline_text, lines

_S = "[ \u00a0\u202f]"
_DASH = "[-–—:.]"
#: « Article 3 – », « ARTICLE 1er : », « Article premier », and « Article – » whose number is left to us.
_HEADING = re.compile(
    rf"article(?:{_S}*(?P<label>(?:premier|unique|1{_S}?(?:er|ᵉʳ)|\d{{1,4}}(?:-\d+)*(?:e|ème)?|[IVX]+\b(?!\.{_S}*\d)|[n?…]+)"
    rf"(?:{_S}(?:bis|ter|quater|quinquies)\b)?)(?![\w°]))?(?P<after>{_S}*(?:{_DASH}|$))?",
    re.I,
)
#: A paragraph that begins so speaks of an article, of ours or of a code, and is none.
_SPEAKS_OF = re.compile(rf"{_S}*(?:,|du\b|de\b|des\b|d[’']|et\b|ou\b|à\b|ci-|susvis|précit)", re.I)
_ALIKE = 0.6


@dataclass(frozen=True, kw_only=True)
class Renumbered:
    """A text whose articles follow one another from 1."""

    doc: Doc
    #: French sentences: what was renumbered, which references followed, which ones must be read again.
    changes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class _Article:
    """One article as written."""

    #: Rank of its first block in the document.
    at: int
    #: The number as the author wrote it, and where it stands in the text of the block; empty where there is none.
    label: str
    start: int
    end: int
    text: str


def renumbered(doc: Doc, before: Doc | None = None) -> Renumbered:
    """The clean document with its articles numbered from 1, and its own references to them rewritten.

    `before`, the text as it was saved last, tells which of two articles of the same number its references meant.
    Idempotent. A reference that cannot be followed is left as written, and told.
    """
    articles = _articles(doc)
    labels = _new_labels(articles)
    if all(article.label == label for article, label in zip(articles, labels, strict=True)):
        return Renumbered(doc=doc, changes=())
    meant = _meant(articles, labels, before)
    told = [
        f"L’article {article.label} devient l’article {label}."
        for article, label in zip(articles, labels, strict=True)
        if key_of(article.label) and key_of(article.label) != key_of(label)
    ]
    references: list[str] = []
    content = list(doc["content"])
    for rank in range(articles[0].at, len(content)):
        content[rank] = _followed(content[rank], meant, references)
    for article, label in zip(articles, labels, strict=True):
        # References inside the block come after its label: its place has not moved.
        content[article.at] = _labelled(content[article.at], article, label)
    changes = dict.fromkeys([*told, *references])
    return Renumbered(doc=clean({**doc, "content": content}), changes=tuple(changes))


def _articles(doc: Doc) -> list[_Article]:
    """The articles of the operative part, each with its label."""
    found: list[tuple[int, re.Match[str]]] = []
    decided = False
    for rank, block in enumerate(doc["content"]):
        if block["type"] not in ("paragraph", "heading"):
            continue
        text = inline_text(block)
        heading = _HEADING.match(text)
        if heading and _is_heading(heading, text) and (decided or found or heading["after"]):
            found.append((rank, heading))
        decided = decided or part_of(text.strip()) == "verb"
    ends = [*(rank for rank, _ in found[1:]), len(doc["content"])][: len(found)]
    return [_article(doc, rank, heading, end) for (rank, heading), end in zip(found, ends, strict=True)]


def _is_heading(found: re.Match[str], text: str) -> bool:
    if found["label"] is None:
        # « Article – Le montant… »: nothing but a dash can say that a number is missing.
        return bool((found["after"] or "").strip())
    return bool(found["after"]) or not _SPEAKS_OF.match(text[found.end("label") :])


def _article(doc: Doc, rank: int, heading: re.Match[str], end: int) -> _Article:
    start, stop = heading.span("label") if heading["label"] else (len("article"), len("article"))
    said = "\n".join(line for block in doc["content"][rank:end] for line in lines(block))
    return _Article(at=rank, label=heading["label"] or "", start=start, end=stop, text=said[stop:])


def _new_labels(articles: list[_Article]) -> list[str]:
    """The label of each place; the author's own way of writing it is kept: 1, 1er, premier, unique, I."""
    first = next((a.label for a in articles if key_of(a.label) == "1" and a.label.lower() != "unique"), "1")
    roman = bool(articles) and all(re.fullmatch("[IVX]+", a.label) for a in articles)
    labels = []
    for place, article in enumerate(articles, start=1):
        if key_of(article.label) == str(place) and (article.label.lower() != "unique" or len(articles) == 1):
            labels.append(article.label)
        elif place == 1:
            labels.append("I" if roman else first)
        else:
            labels.append(_roman(place) if roman else str(place))
    return labels


def _roman(number: int) -> str:
    written = ""
    for value, letters in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        written += letters * (number // value)
        number %= value
    return written


def _meant(articles: list[_Article], labels: list[str], before: Doc | None) -> dict[str, str]:
    """Number as written → number now, for the references; an empty string where it cannot be known."""
    keys = [key_of(article.label) for article in articles]
    counts = Counter(keys)
    meant = {key: label if counts[key] == 1 else "" for key, label in zip(keys, labels, strict=True) if key}
    former = {key_of(article.label): article.text for article in _articles(before)} if before else {}
    for key in [key for key, label in meant.items() if not label]:
        candidates = [
            (_likeness(former.get(key, ""), a.text), rank) for rank, a in enumerate(articles) if keys[rank] == key
        ]
        best, rank = max(candidates)
        if best >= _ALIKE and [score for score, _ in candidates].count(best) == 1:
            meant[key] = labels[rank]
    if former:
        # An article just removed was still meant by those who called it.
        meant |= {key: "" for key in former if key and key not in meant}
    return meant


def _likeness(one: str, other: str) -> float:
    return 1.0 if one == other else SequenceMatcher(None, one[:2_000], other[:2_000], autojunk=False).ratio()


def _followed(node: Node, meant: dict[str, str], told: list[str]) -> Node:
    if node["type"] in ("blockquote", "image"):
        return node
    if node["type"] not in ("paragraph", "heading"):
        return {**node, "content": [_followed(child, meant, told) for child in node["content"]]}
    edits = list(rewritten(inline_text(node), meant, told))
    return {**node, "content": nodes_of(_edited(runs_of(node["content"]), edits))} if edits else node


def _labelled(block: Node, article: _Article, label: str) -> Node:
    if article.label == label:
        return block
    edit = Edit(start=article.start, end=article.end, new=label)
    if not article.label:
        # Between « Article » and its dash; the last letter gives the new number its marks.
        edit = Edit(start=article.start - 1, end=article.end, new=f"{inline_text(block)[article.start - 1]} {label}")
    return {**block, "content": nodes_of(_edited(runs_of(block["content"]), [edit]))}


def _edited(runs: list[Run], edits: list[Edit]) -> Iterator[Run]:
    """The runs with stretches of their joined text replaced; what is new bears the marks of what it replaces."""
    at = 0
    for text, marks in runs:
        kept, position = "", 0
        for edit in edits:
            start, end = edit.start - at, edit.end - at
            if start < len(text) and end > 0:
                kept += text[position : max(start, 0)] + (edit.new if start >= 0 else "")
                position = min(end, len(text))
        if kept + text[position:]:
            yield kept + text[position:], marks
        at += len(text)
