"""Files, as an answer."""

from __future__ import annotations

from django.http import HttpResponse

#: What a browser may show in its own window; the rest is saved.
SHOWN = {"application/pdf"}


def file_answer(data: bytes, *, name: str, media_type: str) -> HttpResponse:
    """The file, shown when it is a PDF, offered for saving otherwise; never guessed, never run."""
    answer = HttpResponse(data, content_type=media_type if media_type in SHOWN else "application/octet-stream")
    disposition = "inline" if media_type in SHOWN else "attachment"
    ascii_name = "".join(c for c in name if c.isascii() and c.isprintable() and c not in '"\\') or "fichier"
    answer["Content-Disposition"] = f'{disposition}; filename="{ascii_name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
