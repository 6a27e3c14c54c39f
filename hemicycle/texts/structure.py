"""A draft deliberation, or an arrêté, read as what it is: opening, visas, considérants, verb, articles.

The order is that of the extracts of the registers (« Vu », « Sur le rapport », « Considérant », « Après en
avoir délibéré », « DÉCIDE », articles). Authors write it in many ways; reading is tolerant, writing is one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from hemicycle.texts.inline import Node, Run, nodes_of, runs_of
from hemicycle.texts.tree import Doc, clean, inline_text

Part = Literal["recital", "report", "whereas", "hinge", "verb", "article", "other"]

VERBS = ("DÉCIDE", "ARRÊTE")

_SPACE = "[ \u00a0\u202f]"
_PARTS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    ("recital", re.compile(rf"vus?{_SPACE}", re.I)),
    ("report", re.compile(rf"(?:sur|vu){_SPACE}(?:le{_SPACE})?(?:rapport|proposition)\b", re.I)),
    ("whereas", re.compile(r"consid[ée]rant\b", re.I)),
    ("hinge", re.compile(rf"apr[èe]s{_SPACE}(?:en{_SPACE})?avoir{_SPACE}(?:en{_SPACE})?d[ée]lib[ée]r[ée]", re.I)),
    ("article", re.compile(rf"article{_SPACE}*(?:\d+|1er|premier|unique|[IVX]+\b)", re.I)),
)
_VERB = re.compile(rf"(?:(?:a|ont){_SPACE})?(d[ée]cide(?:nt)?|d[ée]cid[ée]|arr[êe]te(?:nt)?){_SPACE}*[:.,;]?", re.I)
#: The heading of an article: its number, however written, and the sign that separates it from its text.
_ARTICLE = re.compile(
    rf"article{_SPACE}*(?P<number>premier|unique|\d+|[IVX]+\b)(?:-\d+\b)*{_SPACE}*(?:er|ère|ᵉʳ|e|ème)?\b{_SPACE}*"
    rf"(?:[-–—:.]+{_SPACE}*)*",
    re.I,
)
_ROMAN = {"I": 1, "V": 5, "X": 10}


@dataclass(frozen=True, kw_only=True)
class Article:
    """An article of the operative part; its number is that of its place."""

    #: The number written by the author, which may be wrong; `write_deliberation` numbers afresh.
    number: int
    #: Blocks without the words "Article n –".
    content: tuple[Node, ...]


@dataclass(frozen=True, kw_only=True)
class Deliberation:
    """The parts of a deliberation. Inline parts are lists of inline nodes, one per paragraph."""

    #: Headings and lines that stand before the opening (« Délibération », « Objet : … »).
    title: tuple[Node, ...] = ()
    #: « Le conseil départemental, »
    opening: tuple[Node, ...] = ()
    recitals: tuple[tuple[Node, ...], ...] = ()
    #: « Sur le rapport du président, » or nothing.
    report: tuple[Node, ...] = ()
    whereas: tuple[tuple[Node, ...], ...] = ()
    #: « Après en avoir délibéré, » or nothing.
    hinge: tuple[Node, ...] = ()
    #: One of VERBS, or an empty string where none was found.
    verb: str = ""
    articles: tuple[Article, ...] = ()
    #: Blocks that found no place before the articles, in their order.
    rest: tuple[Node, ...] = ()
    #: French sentences: what is missing or doubtful.
    problems: tuple[str, ...] = ()


class _Reader:
    """The state of a reading that goes once down the document."""

    def __init__(self) -> None:
        self.title: list[Node] = []
        self.opening: tuple[Node, ...] = ()
        self.inline: dict[Part, list[tuple[Node, ...]]] = {}
        self.verb = ""
        self.articles: list[tuple[int, list[Node]]] = []
        self.rest: list[Node] = []

    def take(self, block: Node) -> None:
        if self.verb or self.articles:
            self._operative(block)
        elif block["type"] not in ("paragraph", "heading"):
            self._misplaced(block)
        else:
            self._preamble(block)

    def _preamble(self, block: Node) -> None:
        text = inline_text(block).strip()
        part = part_of(text)
        if part == "verb":
            self.verb = _verb(text)
        elif part == "article":
            self._operative(block)
        elif part != "other":
            self.inline.setdefault(part, []).append(tuple(block["content"]))
        elif block["type"] == "paragraph" and not self.inline and text.endswith(","):
            self.title += [{"type": "paragraph", "content": list(self.opening)}] if self.opening else []
            self.opening = tuple(block["content"])
        else:
            self._misplaced(block)

    def _misplaced(self, block: Node) -> None:
        started = bool(self.opening or self.inline)
        (self.rest if started else self.title).append(block)

    def _operative(self, block: Node) -> None:
        if block["type"] == "orderedList" and not self.articles:
            # Articles numbered by the word processor: each item is one.
            start = block["attrs"]["start"]
            self.articles += [(start + n, list(item["content"])) for n, item in enumerate(block["content"])]
            return
        heading = _article(block)
        if heading is not None:
            number, remainder = heading
            self.articles.append((number, [{"type": "paragraph", "content": remainder}] if remainder else []))
        elif self.articles:
            self.articles[-1][1].append(block)
        else:
            self.articles.append((1, [block]))


def part_of(text: str) -> Part:
    """Which part of a deliberation a paragraph beginning so belongs to."""
    if _VERB.fullmatch(text):
        return "verb"
    found: Part = "other"
    for part, pattern in _PARTS:
        if pattern.match(text):
            found = part
            if part == "report" and text[:2].lower() == "vu":
                found = "recital"
            if part != "recital":
                break
    return found


def read_deliberation(doc: Doc) -> Deliberation:
    """The structure of a draft, every word of it kept in one part or another. `doc` is clean."""
    reader = _Reader()
    for block in doc["content"]:
        reader.take(block)
    single = {part: reader.inline.get(part, []) for part in ("report", "hinge")}
    found = Deliberation(
        title=tuple(reader.title),
        opening=reader.opening,
        recitals=tuple(reader.inline.get("recital", [])),
        report=_one(single["report"]),
        whereas=tuple(reader.inline.get("whereas", [])),
        hinge=_one(single["hinge"]),
        verb=reader.verb,
        articles=tuple(Article(number=n, content=tuple(content)) for n, content in reader.articles),
        rest=tuple(reader.rest),
    )
    return replace(found, problems=tuple(_problems(found, [n for n, _ in reader.articles])))


def _one(paragraphs: list[tuple[Node, ...]]) -> tuple[Node, ...]:
    """Several paragraphs of a part that has one, as one, so that no word is lost."""
    joined: list[Node] = []
    for paragraph in paragraphs:
        joined += [{"type": "hardBreak"}, *paragraph] if joined else paragraph
    return tuple(joined)


def _verb(text: str) -> str:
    return "ARRÊTE" if text.lower().lstrip("ont ").startswith("arr") else "DÉCIDE"


def _article(block: Node) -> tuple[int, list[Node]] | None:
    """The number and the remaining inline nodes of a paragraph that opens an article."""
    if block["type"] not in ("paragraph", "heading"):
        return None
    found = _ARTICLE.match(inline_text(block))
    if found is None:
        return None
    return _number(found["number"]), nodes_of(_after(runs_of(block["content"]), found.end()))


def _number(written: str) -> int:
    if written.isdigit():
        return int(written[:6])
    if written.lower() in ("premier", "unique"):
        return 1
    values = [_ROMAN[letter] for letter in written.upper()]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))


def _after(runs: list[Run], skipped: int) -> list[Run]:
    """The runs without their first characters, nor the spaces and breaks that then come first."""
    kept: list[Run] = []
    for text, marks in runs:
        if skipped >= len(text):
            skipped -= len(text)
            continue
        remainder = text[skipped:] if kept else text[skipped:].lstrip()
        skipped = 0
        if remainder:
            kept.append((remainder, marks))
    return kept


def _problems(found: Deliberation, numbers: list[int]) -> list[str]:
    problems = []
    if not found.opening:
        problems.append("La première ligne (« Le conseil départemental, ») n’a pas été trouvée.")
    if not found.recitals:
        problems.append("Aucun visa « Vu … » n’a été trouvé.")
    if found.verb != "ARRÊTE" and not found.hinge:
        problems.append("La formule « Après en avoir délibéré, » n’a pas été trouvée.")
    if not found.verb:
        problems.append("Le mot « DÉCIDE » n’a pas été trouvé seul sur sa ligne.")
    if not found.articles:
        problems.append("Aucun article n’a été trouvé après « DÉCIDE ».")
    problems += [f"L’article {n} est vide." for n, a in enumerate(found.articles, 1) if not a.content]
    if numbers != list(range(1, len(numbers) + 1)):
        problems.append("Les articles ne se suivaient pas : ils ont été renumérotés à partir de 1.")
    if found.rest:
        problems.append("Un passage placé avant « DÉCIDE » n’est ni un visa ni un considérant ; relisez-le.")
    return problems


def write_deliberation(structure: Deliberation) -> Doc:
    """The document of a structure, in the order of an act, its articles numbered from 1."""
    lines = [structure.opening, *structure.recitals, structure.report, *structure.whereas]
    content: list[Node] = [*structure.title, *(_line(line) for line in lines), *structure.rest]
    content.append(_line(structure.hinge))
    if structure.verb:
        content.append(_line(({"type": "text", "text": structure.verb},)))
    for number, article in enumerate(structure.articles, start=1):
        content += _written_article(number, article.content)
    return clean({"type": "doc", "content": content})


def _line(content: tuple[Node, ...]) -> Node:
    return {"type": "paragraph", "content": list(content)}


def _written_article(number: int, content: tuple[Node, ...]) -> list[Node]:
    label: list[Node] = [{"type": "text", "text": f"Article {number}", "marks": [{"type": "bold"}]}]
    if not content or content[0]["type"] != "paragraph":
        return [{"type": "paragraph", "content": label}, *content]
    dash: Node = {"type": "text", "text": " – "}
    return [{"type": "paragraph", "content": [*label, dash, *content[0]["content"]]}, *content[1:]]
