"""Files and texts of acts, as an answer or inside a page."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.safestring import SafeString, mark_safe

from hemicycle.texts.html import to_html
from hemicycle.texts.tree import clean

#: What a browser may show in its own window; the rest is saved.
SHOWN = {"application/pdf"}


def file_answer(data: bytes, *, name: str, media_type: str) -> HttpResponse:
    """The file, shown when it is a PDF, offered for saving otherwise; never guessed, never run."""
    answer = HttpResponse(data, content_type=media_type if media_type in SHOWN else "application/octet-stream")
    disposition = "inline" if media_type in SHOWN else "attachment"
    ascii_name = name.encode("ascii", "ignore").decode().replace('"', "").replace("\\", "") or "fichier"
    answer["Content-Disposition"] = f'{disposition}; filename="{ascii_name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def text_html(tree: Any, *, heading_shift: int = 2) -> SafeString:
    """The text as HTML under a page's own headings; empty when nothing is written."""
    if not tree or not tree.get("content"):
        return mark_safe("")
    return mark_safe(to_html(clean(tree), heading_shift=heading_shift))  # noqa: S308 - escaped by texts.html
