"""Footnotes of a clipboard: a call here, its text at the end, brought together where the note is called."""

from __future__ import annotations

import re

from lxml import html

#: Word, LibreOffice and the online editors: where a call leads to, and where the note leads back to.
_CALL = re.compile(r"#_?(?P<kind>ftn|edn|ftnt|sdfootnote|sdendnote)(?P<number>\d+)(?:sym)?")
_RETURN = re.compile(r"#_?(?P<kind>ftn|edn|ftnt_|sdfootnote|sdendnote)(?:ref)?(?P<number>\d+)(?:anc)?")
_BLOCKS = {"div", "p", "li", "section", "blockquote"}


def gather(root: html.HtmlElement) -> int:
    """Put the text of each footnote inside a `span.note` at its call; the number of notes so brought together."""
    calls: dict[tuple[str, str], html.HtmlElement] = {}
    bodies: dict[tuple[str, str], html.HtmlElement] = {}
    for anchor in root.iter("a"):
        href = anchor.get("href") or ""
        if found := _CALL.fullmatch(href):
            calls.setdefault((found["kind"][:8], found["number"]), anchor)
        elif found := _RETURN.fullmatch(href):
            bodies.setdefault((found["kind"].rstrip("_")[:8], found["number"]), anchor)
    pairs = [(calls[key], bodies[key]) for key in calls if key in bodies]
    texts = [(call, _body(back)) for call, back in pairs]
    for call, (body, words) in texts:
        holder = _whole_call(call)
        span = html.Element("span")
        span.set("class", "note")
        span.text = words
        span.tail = holder.tail
        holder.tail = None
        parent = holder.getparent()
        if parent is not None:
            parent.replace(holder, span)
        _remove(body)
    return len(texts)


def _body(back: html.HtmlElement) -> tuple[html.HtmlElement, str]:
    """The element that holds the note, and its words without the number that leads back."""
    body = back
    for ancestor in back.iterancestors():
        if ancestor.tag in _BLOCKS:
            body = ancestor
            break
    tail = back.tail or ""
    number = back.text_content()
    words = body.text_content() if body is not back else tail
    return body, " ".join(words.replace(number, "", 1).split())


def _whole_call(call: html.HtmlElement) -> html.HtmlElement:
    """The call with the superscripts and spans that hold nothing else."""
    holder = call
    parent = holder.getparent()
    while parent is not None and parent.tag in ("sup", "span", "font") and parent.text_content() == call.text_content():
        holder, parent = parent, parent.getparent()
    return holder


def _remove(element: html.HtmlElement) -> None:
    parent = element.getparent()
    if parent is not None:
        element.drop_tree()
