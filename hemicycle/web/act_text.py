"""Texts of acts on a page: their headings follow the page's own, their tables scroll where the screen is narrow."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from hemicycle.texts.html import to_html
from hemicycle.texts.tree import clean

_TABLE = re.compile(r"<(/?)table>")
_HEADING = re.compile(r"<(/?)h[1-6]>")


def act_html(
    tree: Any,
    *,
    under: int = 2,
    tables: str = "Tableau",
    dossier: UUID | None = None,
    image_src: Callable[[str], str] | None = None,
) -> SafeString:
    """The text as HTML below a heading of level `under`, without a gap in the levels; empty when nothing is written.

    `tables` is what each table is called, before its number: two texts of one page name theirs apart. The images are
    shown to the readers of `dossier`, or wherever `image_src` says; without either, their alternative texts alone.
    """
    if not tree or not tree.get("content"):
        return SafeString("")
    levelled = _levelled(clean(tree), [], under)
    source = image_src if dossier is None else partial(_image_of, dossier)
    return mark_safe(scrolling(to_html(levelled, heading_shift=0, image_src=source), tables))  # noqa: S308 - escaped by texts.html


def act_passages(
    tree: Any, *, under: int = 2, tables: str = "Tableau", dossier: UUID | None = None
) -> list[SafeString]:
    """The same text, block by block: each may then have its comments beside it."""
    if not tree or not tree.get("content"):
        return []
    levelled = _levelled(clean(tree), [], under)
    source = None if dossier is None else partial(_image_of, dossier)
    numbers = count(1)
    made = (to_html({**levelled, "content": [one]}, heading_shift=0, image_src=source) for one in levelled["content"])
    return [mark_safe(_scrolling(html, tables, numbers)) for html in made]  # noqa: S308 - escaped by texts.html


def _image_of(dossier: UUID, sha256: str) -> str:
    return reverse("text_image", args=[dossier, sha256])


def _levelled(node: dict[str, Any], above: list[int], under: int) -> dict[str, Any]:
    """The same tree, its headings renumbered so that none skips a level (WCAG 1.3.1)."""
    if node["type"] == "heading":
        level = node["attrs"]["level"]
        above[:] = [*(a for a in above if a < level), level]
        return {**node, "attrs": {"level": under + len(above)}}
    if not isinstance(node.get("content"), list):
        return node
    return {**node, "content": [_levelled(child, above, under) for child in node["content"]]}


def scrolling(html: str, tables: str = "Tableau") -> str:
    """Each table inside a region of its own that scrolls, and that the keyboard can reach."""
    return _scrolling(html, tables, count(1))


def _scrolling(html: str, tables: str, numbers: Iterator[int]) -> str:
    return _TABLE.sub(lambda tag: "</table></div>" if tag[1] else _region(f"{tables} {next(numbers)}"), html)


def _region(name: str) -> str:
    return f'<div class="table-scroll" tabindex="0" role="region" aria-label="{name}"><table>'


def without_headings(html: str) -> str:
    """Headings as plain paragraphs: in an extract they would promise a structure that is not there."""
    return _HEADING.sub(lambda tag: "</p>" if tag[1] else '<p class="heading-line">', html)
