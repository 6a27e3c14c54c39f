"""The attributes of the nodes and marks of a text tree: each checked, refused in words, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from hemicycle.texts.inline import MARKS, Mark, Node, link_target, tidy
from hemicycle.texts.refusal import TextRefused

MAX_CAPTION = 500
#: Characters of the alternative text of an image.
MAX_ALT = 500
#: Of an image, per cent of the width of the text.
NARROWEST, WIDEST = 10, 100
ALIGNMENTS = (None, "left", "right", "center")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def of(node: Node) -> dict[str, Any]:
    """The attributes of a node. Raises TextRefused."""
    attrs = node.get("attrs") or {}
    if not isinstance(attrs, dict):
        raise unknown(node)
    return attrs


def unknown(node: Node) -> TextRefused:
    """The refusal of a node that has no place where it stands."""
    name = str(node.get("type"))[:30]
    return TextRefused(f"L’élément « {name} » n’est pas accepté à cet endroit d’un texte.")


def integer(node: Node, name: str, low: int, high: int, default: int | None = None) -> int:
    """A whole number between its bounds. Raises TextRefused."""
    value = of(node).get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise TextRefused(
            f"La valeur « {str(value)[:20]} » ({name}) n’est pas acceptée : un entier de {low} à {high} est attendu."
        )
    return value


def marks(node: Node) -> Iterator[Mark]:
    """The marks of a text node. Raises TextRefused."""
    for mark in node.get("marks") or ():
        name = mark.get("type") if isinstance(mark, dict) else None
        if name not in MARKS:
            raise TextRefused(f"La mise en forme « {str(name)[:30]} » n’est pas acceptée dans un texte.")
        yield (name, link_target(of(mark).get("href")) if name == "link" else "")


def alignment(cell: Node) -> str | None:
    """The alignment of a cell. Raises TextRefused."""
    align: str | None = of(cell).get("align")
    if align not in ALIGNMENTS:
        raise TextRefused(f"L’alignement « {str(align)[:20]} » d’une cellule de tableau n’est pas accepté.")
    return align


def caption(table: Node) -> str:
    """The caption of a table, on one line. Raises TextRefused."""
    written = of(table).get("caption") or ""
    if not isinstance(written, str) or len(written) > MAX_CAPTION:
        raise TextRefused(f"La légende d’un tableau dépasse {MAX_CAPTION} caractères ; raccourcissez-la.")
    return _on_one_line(written)


def image(node: Node) -> dict[str, Any]:
    """The attributes of an image: the SHA-256 of its bytes, its alternative text, its width. Raises TextRefused."""
    sha256 = of(node).get("sha256")
    if not isinstance(sha256, str) or not _SHA256.fullmatch(sha256) or node.get("content"):
        raise TextRefused("Une image du texte n’est pas enregistrée ; insérez-la de nouveau depuis son fichier.")
    alt = of(node).get("alt")
    described = _on_one_line(alt) if isinstance(alt, str) else ""
    if not described:
        raise TextRefused(
            "Une image n’a pas de texte de remplacement ; décrivez en une phrase ce qu’elle montre, "
            "pour ceux qui ne la voient pas."
        )
    if len(described) > MAX_ALT:
        raise TextRefused(f"Le texte de remplacement d’une image dépasse {MAX_ALT} caractères ; raccourcissez-le.")
    width = integer(node, "width", NARROWEST, WIDEST, default=WIDEST)
    return {"sha256": sha256, "alt": described, "width": width}


def _on_one_line(text: str) -> str:
    runs = tidy([(text.replace("\n", " "), ())])
    return runs[0][0] if runs else ""
