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
_FRAGMENT = re.compile(r"<!--\s*StartFragment\s*-->(.*)<!--\s*EndFragment\s*-->", re.S | re.I)
_IMAGE = re.compile(r"<(?:img|v:imagedata)\b(?![^>]*data-sha256)", re.I)
_CONDITIONAL = re.compile(r"<!--\[if.*?<!\[endif\]-->", re.S)
#: Word tells its tracked changes so; other programs use <ins> for underlined text.
_DELETED = re.compile(r"<del\b[^>]*>.*?</del>", re.S | re.I)
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
    shown = _CONDITIONAL.sub("", html)
    if found := _FRAGMENT.search(shown):
        shown = found[1]
    shown, deletions = _DELETED.subn("", shown)
    if deletions:
        notes.append("Le texte supprimé sous suivi des modifications n’a pas été collé.")
    if deletions or "msoIns" in shown or "msoDel" in shown:
        shown = _INSERTED.sub("", shown)
    doc, heads = table_heads.declared(from_html(shown))
    if heads:
        notes.append(
            "La première ligne d’un tableau, en gras, est devenue sa ligne d’en-tête."
            if heads == 1
            else f"La première ligne de {heads} tableaux, en gras, est devenue leur ligne d’en-tête."
        )
    if images := len(_IMAGE.findall(shown)):
        notes.append(
            "Une image n’a pas été collée ; insérez-la depuis son fichier."
            if images == 1
            else f"{images} images n’ont pas été collées ; insérez-les depuis leurs fichiers."
        )
    return Pasted(doc=clean(doc), notes=tuple(notes))
