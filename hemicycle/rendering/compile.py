"""Data in, PDF/A-2a + PDF/UA-1 bytes out, by Typst.

Typst runs in a process of its own, one per document. It costs about 60 ms for an act instead of 40 in a warm process,
and buys three things: a document that makes the compiler run for ever, exhaust the memory or crash takes nothing down
with it; no document can see what another left in a cache; the same input gives the same bytes whatever ran before.
"""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from hemicycle.rendering.pictures import MAX_TOTAL, NONE, Pictures, file_name
from hemicycle.rendering.typography import french

TEMPLATES = Path(__file__).parent / "templates"
TYPESETTER = Path(__file__).parent / "typesetter.py"
#: Seconds a document may take on a busy machine; 200 pages full of tables take about 5.
TIME_LIMIT = 60
_REFUSED = 3
#: Addresses and codes: printed as they are, never given no-break spaces or curly apostrophes.
_VERBATIM = frozenset({"href", "verbatim", "file"})


class RenderingRefused(Exception):
    """The document cannot be made; str() is a French sentence for the person who asked for it."""


def render(
    template: str, data: Mapping[str, Any], *, at: datetime, tagged: bool = True, pictures: Pictures = NONE
) -> bytes:
    """Typeset a template of this package.

    `data` must be plain JSON; `data["document"]` gives title, author and subject (see `blocks.typ`). `at`, aware,
    becomes the document's date: nothing is read from a clock, and equal inputs give equal bytes. The bytes end with
    exactly one newline after %%EOF, without which an incremental signature breaks PDF/A (ISO 19005-2, 6.1.9).

    `pictures` holds the images that `data` names. `tagged=False` makes a drawing to be laid over another file:
    PDF/A-2b, no structure. Raises RenderingRefused.
    """
    if at.tzinfo is None:
        raise ValueError("at must be aware")
    if sum(len(picture.data) for picture in pictures.values()) > MAX_TOTAL:
        raise RenderingRefused("Les images du texte dépassent 100 Mo ; réduisez-les ou joignez-les en annexe.")
    body = _typographic(data)
    body["document"] = {**body["document"], "date": [at.year, at.month, at.day]}
    order = {
        "template": template,
        "root": str(TEMPLATES),
        "data": body,
        "timestamp": int(at.timestamp()),
        "standards": ["a-2a", "ua-1"] if tagged else ["a-2b"],
        "tagged": tagged,
        "pictures": {file_name(sha256, p): base64.b64encode(p.data).decode() for sha256, p in pictures.items()},
    }
    return _typeset(order).rstrip(b"\r\n") + b"\n"


def _typeset(order: Mapping[str, Any]) -> bytes:
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(TYPESETTER)],
            input=json.dumps(order).encode(),
            capture_output=True,
            timeout=TIME_LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise RenderingRefused(
            f"La mise en page n’a pas abouti en {TIME_LIMIT} secondes ; allégez le document, "
            "par exemple en joignant les plus grands tableaux en annexe."
        ) from late
    if done.returncode == 0 and done.stdout.startswith(b"%PDF-"):
        return done.stdout
    raise RenderingRefused(_sentence(done.returncode, done.stderr.decode(errors="replace")))


def _sentence(code: int, report: str) -> str:
    """What the author can do about it: a refused character is named, the rest is for the log."""
    if code != _REFUSED:
        return "La mise en page s’est interrompue ; allégez le document ou prévenez l’administrateur."
    message = str(json.loads(report)["message"])
    refused = re.search(r"text `\"(.*?)\"` could not be displayed|disallowed codepoint `\"(.*?)\"`", message)
    if refused is None:
        return f"La mise en page a été refusée par le compositeur ({message}) ; prévenez l’administrateur."
    found = _unescaped(refused[1] or refused[2])
    points = ", ".join(f"U+{ord(c):04X} {unicodedata.name(c, '')}".strip() for c in found[:3])
    shown = f"« {found[:3]} » " if found.isprintable() else ""
    return (
        f"Le texte contient un caractère qui ne peut pas être imprimé : {shown}({points}). "
        "Remplacez-le ou supprimez-le."
    )


def _unescaped(text: str) -> str:
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda found: chr(int(found[1], 16)), text)


def _typographic(value: Any, key: str = "") -> Any:
    """The same tree with French spacing in every string that is prose."""
    if isinstance(value, str):
        return value if key in _VERBATIM else french(value)
    if isinstance(value, Mapping):
        return {name: _typographic(inner, name) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_typographic(inner, key) for inner in value]
    return value
