"""HTML that a rich editor sends, or that is pasted from Word or a page, brought to the text tree.

nh3 parses as browsers do and keeps only listed elements; what is left is read into the tree, and `clean` judges
it like any other. The HTML itself is never kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import nh3
from lxml import etree, html

from hemicycle.texts import clipboard_notes, faked_lists
from hemicycle.texts.attributes import NARROWEST, WIDEST
from hemicycle.texts.grid import MAX_COLUMNS
from hemicycle.texts.inline import (
    BREAK,
    NOTE_CLOSES,
    NOTE_OPENS,
    Mark,
    Marks,
    Node,
    Run,
    in_order,
    link_target,
    nodes_of,
)
from hemicycle.texts.refusal import TextRefused
from hemicycle.texts.tree import MAX_LEVEL, MAX_ROWS, MAX_START, Doc, clean

#: Characters of HTML: Word pastes ten times more markup than words.
MAX_HTML = 5_000_000
#: Elements inside one another; a real page has some thirty.
_MAX_NESTING = 200
#: The same before parsing, where elements whose end is optional may seem to be nested.
_MAX_UNCLOSED = 2_000
_TAG = re.compile(
    r"<(/?)(?!(?:br|hr|img|input|meta|link|col|wbr|p|li|td|th|tr|tbody|thead|tfoot|dt|dd|option)\b)[a-z]", re.I
)

_MARKS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "sup": "superscript",
    "sub": "subscript",
}
#: How html.py writes the delimiters of a footnote, which are no part of its text.
_SHOWN_BEFORE_NOTE, _SHOWN_AFTER_NOTE = re.compile(r"\A\s*\[note\s*:\s*"), re.compile(r"\]\s*\Z")
_INLINE = {*_MARKS, "a", "br", "span", "font", "small", "code", "cite", "q", "abbr", "time", "mark"}
_BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "div", "section", "article"}
_TABLES = {"table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"}
_OTHERS = {
    "img",
    "pre",
    "dl",
    "dt",
    "dd",
    "figure",
    "figcaption",
    "header",
    "footer",
    "main",
    "address",
    "hr",
    "center",
}
_ALLOWED = _INLINE | _BLOCKS | _TABLES | _OTHERS
_ATTRIBUTES = {
    "a": {"href"},
    "ol": {"start"},
    "td": {"colspan", "rowspan", "style", "class", "align"},
    "th": {"colspan", "rowspan", "style", "class", "align"},
    "p": {"style", "class"},
    "span": {"style", "class"},
    "img": {"data-sha256", "alt", "width"},
}
_DROPPED = {"script", "style", "head", "title", "template", "noscript", "iframe", "object", "svg", "math", "select"}
_ALIGN = re.compile(r"\b(?:text-align: *|align-)(left|right|center)\b")
_BOLD = re.compile(r"font-weight: *(?:bold|[6-9]00)\b")
#: What neither UTF-8 nor XML can say, written as it is or as an entity.
_UNSAYABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FOREIGN_IMAGE = re.compile(r"<img(?![^>]*data-sha256)[^>]*>")


def from_html(source: str) -> Doc:
    """The clean document that the HTML shows. What the tree cannot say is dropped, its words kept.

    Raises TextRefused: too long, nested without end, or beyond the limits of the tree.
    """
    if len(source) > MAX_HTML:
        raise TextRefused("Le texte collé dépasse 5 millions de caractères ; importez plutôt le fichier .docx ou .odt.")
    if _nesting(source) > _MAX_UNCLOSED:
        raise TextRefused("Le texte collé emboîte trop d’éléments ; collez-le sans sa mise en forme.")
    source = re.sub(r"<!\[if[^>]*>|<!\[endif\]>|<\?xml[^>]*>", "", _UNSAYABLE.sub("", source))
    safe = nh3.clean(
        source,
        tags=_ALLOWED,
        attributes=_ATTRIBUTES,
        clean_content_tags=_DROPPED,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    safe = _FOREIGN_IMAGE.sub("", _UNSAYABLE.sub("", safe))
    if not safe.strip():
        return {"type": "doc", "content": []}
    if _nesting(safe) > _MAX_NESTING:
        raise TextRefused("Le texte collé emboîte trop d’éléments ; collez-le sans sa mise en forme.")
    try:
        root = html.fragment_fromstring(safe, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError) as invalid:
        raise TextRefused("Le texte collé est illisible ; collez-le sans sa mise en forme.") from invalid
    clipboard_notes.gather(root)
    for head in root.iter("thead"):
        # Not those of a table in one of its cells.
        for cell in head.iterfind("tr/td"):
            cell.tag = "th"
    return clean({"type": "doc", "content": _blocks(root)})


def _nesting(safe: str) -> int:
    """How deep the elements go, those that are never closed left out.

    Judged before any recursion: nh3 takes a time that grows with the square of the depth, lxml cuts at 256.
    """
    deepest = depth = 0
    for found in _TAG.finditer(safe):
        depth += -1 if found[1] else 1
        deepest = max(deepest, depth)
    return deepest


def _blocks(parent: html.HtmlElement) -> list[Node]:
    """The blocks inside an element; loose text makes paragraphs of its own."""
    made: list[Node] = []
    loose: list[Run] = [(parent.text or "", ())]
    for child in parent:
        if child.tag in _INLINE and not _holds_blocks(child):
            loose += _runs(child, ())
        else:
            _flush(loose, made)
            made += _block(child)
        loose.append((child.tail or "", ()))
    _flush(loose, made)
    return faked_lists.gathered(made)


def _holds_blocks(element: html.HtmlElement) -> bool:
    return any(descendant.tag not in _INLINE for descendant in element.iterdescendants())


def _flush(loose: list[Run], made: list[Node]) -> None:
    if any(text.strip() for text, _ in loose):
        made.append({"type": "paragraph", "content": nodes_of(_flat(loose))})
    loose.clear()


def _flat(runs: list[Run]) -> Iterator[Run]:
    """HTML's newlines are spaces; only <br> breaks a line."""
    for run in runs:
        yield run if run is BREAK else (run[0].replace("\n", " "), run[1])


def _block(element: html.HtmlElement) -> list[Node]:
    tag = element.tag
    if tag == "p" or tag in ("dt", "figcaption", "address"):
        return _paragraph(element)
    if re.fullmatch("h[1-6]", tag):
        return _heading(element, min(int(tag[1]), MAX_LEVEL))
    if tag == "ul":
        return [{"type": "bulletList", "content": _items(element)}]
    if tag == "ol":
        start = _number(element.get("start"), 0, MAX_START)
        return [{"type": "orderedList", "attrs": {"start": start}, "content": _items(element)}]
    if tag == "blockquote":
        return [{"type": "blockquote", "content": _blocks(element)}]
    if tag == "table":
        return [_table(element)]
    if tag == "img":
        return _image(element)
    if tag == "pre":
        lines = (element.text_content() or "").splitlines()
        return [{"type": "paragraph", "content": [{"type": "text", "text": line}]} for line in lines]
    return _blocks(element)


def _paragraph(element: html.HtmlElement) -> list[Node]:
    node: Node = {"type": "paragraph", "content": nodes_of(_flat(list(_runs(element, ()))))}
    if level := faked_lists.level_of(element.get("style") or ""):
        # Read again, and removed, by faked_lists.gathered.
        node["word_level"] = level
    return [node, *(image for found in element.iter("img") for image in _image(found))]


def _heading(element: html.HtmlElement, level: int) -> list[Node]:
    content = nodes_of(_flat(list(_runs(element, ()))))
    return [{"type": "heading", "attrs": {"level": level}, "content": content}]


def _items(element: html.HtmlElement) -> list[Node]:
    items: list[Node] = []
    for child in element:
        content = _blocks(child) if child.tag == "li" else _block(child)
        if child.tag != "li" and items:
            # A list directly inside a list, as old editors write it, belongs to the item before.
            items[-1]["content"] += content
        else:
            items.append({"type": "listItem", "content": content})
    return items


def _table(element: html.HtmlElement) -> Node:
    caption = next((e.text_content() for e in element.iterchildren("caption")), "")
    rows = [row for part in element for row in ([part] if part.tag == "tr" else part.iterchildren("tr"))]
    content = [{"type": "tableRow", "content": [_cell(c) for c in row if c.tag in ("td", "th")]} for row in rows]
    return {"type": "table", "attrs": {"caption": caption}, "content": content}


def _cell(element: html.HtmlElement) -> Node:
    shown = " ".join([element.get("style") or "", element.get("class") or ""])
    inner = " ".join(p.get("style") or "" for p in element.iterchildren("p"))
    align = _ALIGN.search(shown) or _ALIGN.search(f"align-{element.get('align') or ''}") or _ALIGN.search(inner)
    attrs = {
        "colspan": _number(element.get("colspan"), 1, MAX_COLUMNS),
        "rowspan": _number(element.get("rowspan"), 1, MAX_ROWS),
        "align": align[1] if align else None,
    }
    kind = "tableHeader" if element.tag == "th" else "tableCell"
    return {"type": kind, "attrs": attrs, "content": _blocks(element)}


def _image(element: html.HtmlElement) -> list[Node]:
    """An image of ours, named by its content; any other has no bytes here."""
    sha256, percent = element.get("data-sha256"), (element.get("width") or "").removesuffix("%")
    if not sha256:
        return []
    width = int(percent) if re.fullmatch("[0-9]{1,3}", percent) else WIDEST
    attrs = {"sha256": sha256, "alt": element.get("alt") or "", "width": max(NARROWEST, min(width, WIDEST))}
    return [{"type": "image", "attrs": attrs}]


def _number(written: str | None, low: int, high: int) -> int:
    number = int(written) if written and re.fullmatch("[0-9]{1,6}", written) else 1
    return number if low <= number <= high else 1


def _runs(element: html.HtmlElement, marks: Marks) -> Iterator[Run]:
    if element.tag == "br":
        yield BREAK
        return
    if element.tag == "span" and element.get("class") == "note":
        element.attrib.pop("class")
        yield from _note(list(_runs(element, ())))
        return
    marks = in_order([*_marks_of(element), *marks])
    yield element.text or "", marks
    for child in element:
        yield from _runs(child, marks)
        yield child.tail or "", marks


def _note(inside: list[Run]) -> list[Run]:
    """The runs of a footnote, without the delimiters that were shown around it."""
    runs = [run for run in inside if run[0]]
    if runs and _SHOWN_BEFORE_NOTE.match(runs[0][0]):
        for at, delimiter in ((0, _SHOWN_BEFORE_NOTE), (-1, _SHOWN_AFTER_NOTE)):
            runs[at] = (delimiter.sub("", runs[at][0]), runs[at][1])
    return [NOTE_OPENS, *runs, NOTE_CLOSES]


def _marks_of(element: html.HtmlElement) -> Iterator[Mark]:
    style = element.get("style") or ""
    if element.tag in _MARKS:
        yield _MARKS[element.tag], ""
    elif element.tag == "a" and element.get("href"):
        try:
            yield "link", link_target(element.get("href"))
        except TextRefused:
            return
    elif element.tag == "span":
        found = {
            "bold": bool(_BOLD.search(style)),
            "italic": bool(re.search(r"font-style: *italic", style)),
            "underline": bool(re.search(r"text-decoration[^;]*: *underline", style)),
        }
        yield from ((name, "") for name, present in found.items() if present)
