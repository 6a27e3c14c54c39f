"""What in a text would print badly or not at all, each with its place and its remedy. Pure: a clean tree in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hemicycle.texts import grid
from hemicycle.texts.article_labels import label_of
from hemicycle.texts.images import UNDESCRIBED
from hemicycle.texts.inline import NBSP, Node
from hemicycle.texts.table_heads import reads_as_head
from hemicycle.texts.tree import Doc, inline_text

#: Words of a passage quoted to say where it is.
QUOTED = 48
#: What a person types where a figure is still to come: « … € », « XX % », « ____ euros ».
_NO_FIGURE = re.compile(r"(?:…|\.{3,}|_{3,}|\b[Xx]{2,})\s*(?:€|%|k€|M€|euros\b)")
#: A passage between brackets that tells its author what to write there, or names what is missing.
_GUIDANCE = re.compile(
    r"\[[\s….]*(?:à\s+(?:compléter|préciser|remplir|adapter|renseigner|choisir|supprimer|reprendre)\b|"
    r"(?:compléter|préciser|indiquer|décrire|présenter|rappeler|expliquer|citer|dire|choisir|insérer|détailler|"
    r"nom|date|montant|xx+)\b)[^\]]{0,400}\]",
    re.I,
)


@dataclass(frozen=True, kw_only=True)
class TextFault:
    """« {the text} {what}, {place} ; {remedy}. »"""

    what: str
    place: str
    remedy: str
    #: Whether the act cannot be made of it; otherwise it is a doubt.
    stops: bool

    def sentence(self, text: str) -> str:
        """In one sentence, of `text` (« Le rapport du dossier R2026-0412 »)."""
        return f"{text} {self.what}, {self.place} ; {self.remedy}."


def faults_of(doc: Doc) -> list[TextFault]:
    """Images that nobody described, tables without headings, headings that skip a level, guidance left by a model."""
    found: list[TextFault] = []
    level = tables = 0
    for node, place in located(doc):
        kind = node["type"]
        if kind == "heading":
            found += _skipped(node, level, place)
            level = node["attrs"]["level"]
        elif kind == "table":
            tables += 1
            found += _headless(node, tables, place)
        elif kind == "image" and node["attrs"]["alt"].startswith(UNDESCRIBED):
            found.append(_undescribed(place))
        said = inline_text(node) if kind in ("heading", "paragraph") else node.get("attrs", {}).get("caption", "")
        found += [_left(words, place) for words in guidance_in(said)]
    return found


def located(doc: Doc) -> Iterator[tuple[Node, str]]:
    """Every block of the document, in reading order, with where it stands: « à l’article 2 », « sous « Quoi ? » »."""
    place = "au début du texte"
    for node in doc.get("content", ()):
        if article := label_of(node):
            place = f"à l’article{NBSP}{article.number}"
        elif node["type"] == "heading":
            place = f"au titre «{NBSP}{shortened(inline_text(node))}{NBSP}»"
        yield from ((inner, place) for inner in _blocks(node))
        if node["type"] == "heading" and article is None:
            place = f"sous le titre «{NBSP}{shortened(inline_text(node))}{NBSP}»"


def guidance_in(text: str) -> tuple[str, ...]:
    """The passages that still wait for their author, as they are written: « [préciser le lieu] », « … € »."""
    return tuple(dict.fromkeys(m[0] for pattern in (_GUIDANCE, _NO_FIGURE) for m in pattern.finditer(text)))


def shortened(text: str) -> str:
    """The first words of a passage, to name it."""
    words = " ".join(text.split())
    return words if len(words) <= QUOTED else f"{words[:QUOTED].rsplit(' ', 1)[0]}…"


def _blocks(node: Node) -> Iterator[Node]:
    if node["type"] not in ("listItem", "tableRow", "tableCell", "tableHeader", "bulletList", "orderedList"):
        yield node
    if node["type"] not in ("paragraph", "heading"):
        for child in node.get("content", ()):
            yield from _blocks(child)


def _undescribed(place: str) -> TextFault:
    return TextFault(
        what="contient une image à décrire",
        place=place,
        remedy="écrivez ce qu’elle montre, pour ceux qui ne la voient pas",
        stops=True,
    )


def _left(words: str, place: str) -> TextFault:
    return TextFault(
        what=f"contient encore «{NBSP}{shortened(words)}{NBSP}»", place=place, remedy="complétez-le", stops=True
    )


def _skipped(node: Node, above: int, place: str) -> list[TextFault]:
    """PDF/UA forbids an outline with holes (ISO 14289-1, 7.4.2): it will be printed one level under the former."""
    level = node["attrs"]["level"]
    if not above or level <= above + 1:
        return []
    what = f"passe d’un titre de niveau{NBSP}{above} à un titre de niveau{NBSP}{level}"
    remedy = f"choisissez le niveau{NBSP}{above + 1}, celui où il sera imprimé"
    return [TextFault(what=what, place=place, remedy=remedy, stops=False)]


def _headless(node: Node, number: int, place: str) -> list[TextFault]:
    """A table whose first row looks like headings and is not declared as such says nothing to those who listen to it
    (ISO 14289-1, 7.5); one without any heading is only doubtful.
    """
    rows = grid.columns_of(node["content"])
    wide = max((len(row) for row in rows), default=0) > 1 and len(rows) > 1
    if not wide or grid.header_rows(rows) or all(row and row[0][1]["type"] == "tableHeader" for row in rows[1:]):
        return []
    caption = node["attrs"]["caption"]
    name = f"le tableau{NBSP}{number}" + (f" («{NBSP}{shortened(caption)}{NBSP}»)" if caption else "")
    remedy = "placez le curseur dans sa première ligne, puis choisissez « Première ligne en titres »"
    if reads_as_head(node):
        what = f"contient {name}, dont la première ligne se lit comme des titres sans être déclarée comme telle"
        return [TextFault(what=what, place=place, remedy=remedy, stops=True)]
    what = f"contient {name}, sans ligne de titres"
    return [TextFault(what=what, place=place, remedy=f"si ses colonnes ont un nom, {remedy}", stops=False)]
