"""What a clipboard brings from Word, LibreOffice, Excel or a page, as a text of ours."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hemicycle.texts import table_heads
from hemicycle.texts.html_reading import from_html
from hemicycle.texts.refusal import TextRefused
from hemicycle.texts.tree import Doc, clean

#: Bytes of HTML of one clipboard; a 100-page report weighs about 3 million.
MAX_PASTED = 5_000_000
_START, _END = re.compile(r"<!--\s*StartFragment\s*-->", re.I), re.compile(r"<!--\s*EndFragment\s*-->", re.I)
_IMAGE = re.compile(r"<(?:img|v:imagedata)\b", re.I)
#: Word tells its tracked changes so; other programs use <ins> for underlined text.
_INSERTED = re.compile(r"</?ins\b[^>]*>", re.I)


@dataclass(frozen=True, kw_only=True)
class Pasted:
    """A clipboard read."""

    #: A clean text tree; empty where the clipboard held nothing that can be read.
    doc: Doc
    #: French sentences: what was left out or decided.
    notes: tuple[str, ...]


def from_clipboard(html: str) -> Pasted:
    """The clean document that the HTML of a clipboard shows; what the tree cannot say is dropped, its words kept.

    Raises TextRefused: over 5 MB, nested without end, or beyond the limits of the tree.
    """
    if len(html) > MAX_PASTED or len(html.encode(errors="replace")) > MAX_PASTED:
        raise TextRefused("Le texte collé dépasse 5 Mo ; importez plutôt le fichier .docx ou .odt.")
    notes: list[str] = []
    shown, _ = _without(html, "<!--[if", "<![endif]-->")
    if start := _START.search(shown):
        end = _END.search(shown, start.end())
        shown = shown[start.end() : end.start() if end else None]
    shown, deletions = _without(shown, "<del", "</del>")
    if deletions:
        notes.append("Le texte supprimé sous suivi des modifications n’a pas été collé.")
    if deletions or "msoIns" in shown:
        shown = _INSERTED.sub("", shown)
    doc, heads = table_heads.declared(from_html(shown))
    if heads:
        notes.append(
            "La première ligne d’un tableau, en gras, est devenue sa ligne d’en-tête."
            if heads == 1
            else f"La première ligne de {heads} tableaux, en gras, est devenue leur ligne d’en-tête."
        )
    # Ours are named by their content, and stay.
    if (images := len(_IMAGE.findall(shown)) - shown.count("data-sha256=")) > 0:
        notes.append(
            "Une image n’a pas été collée ; insérez-la depuis son fichier."
            if images == 1
            else f"{images} images n’ont pas été collées ; insérez-les depuis leurs fichiers."
        )
    return Pasted(doc=clean(doc) if heads else doc, notes=tuple(notes))


def _without(html: str, opening: str, closing: str) -> tuple[str, int]:
    """The HTML without what stands between two signs, and how often; in one pass, whatever is left open."""
    kept, at, count = [], 0, 0
    while (start := html.find(opening, at)) >= 0:
        end = html.find(closing, start)
        if end < 0:
            break
        kept.append(html[at:start])
        at, count = end + len(closing), count + 1
    return "".join([*kept, html[at:]]), count
