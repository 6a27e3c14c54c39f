"""Characters that the typesetter's fonts lack: known in a moment, long before the document is made."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from hemicycle.rendering.compile import RenderingRefused, render
from hemicycle.rendering.text_tree import Tree
from hemicycle.rendering.typography import french

#: What every one of the fonts has, and nearly every text is made of; tests hold the typesetter to it.
_SURE = re.compile("[ -~\u00a0-\u00ac\u00ae-\u017f‐-―‘-‚“-„†-•…‰′″‹›\u202f€№™Ω←-↓−≤≥≠≈∞√]*")
#: Missing characters told at most; each costs one run of the typesetter.
MOST = 10
_AT = datetime(2026, 1, 1, tzinfo=UTC)


def missing_characters(tree: Tree) -> tuple[str, ...]:
    """The characters of a text tree that cannot be printed, in order, `MOST` at most; none for nearly every text.

    The typesetter itself is asked, and only where the text holds unusual characters (some 100 ms then).
    """
    return missing_in("".join(_texts(tree)))


def missing_in(text: str) -> tuple[str, ...]:
    """The same, of a text."""
    return _asked("".join(dict.fromkeys(c for c in french(text) if not _SURE.fullmatch(c) and not c.isspace())))


@lru_cache(maxsize=512)
def _asked(doubtful: str) -> tuple[str, ...]:
    """The typesetter's answer, which is the same as long as its fonts are: a page shown again asks nothing."""
    unusual = dict.fromkeys(doubtful)
    missing: list[str] = []
    while unusual and len(missing) < MOST:
        refused = _refused("".join(unusual))
        if refused is None:
            break
        missing.append(refused)
        if refused not in unusual:
            break
        del unusual[refused]
    return tuple(missing)


def told(missing: Iterable[str], where: str, quoted: str = "") -> str:
    """« Le rapport contient un caractère qui ne peut pas être imprimé : « 🙂 » (U+1F642). Remplacez-le… ».

    `quoted`: the words around the first of them.
    """
    shown = [f"«\u00a0{c}\u00a0» (U+{ord(c):04X}{_name(c)})" for c in missing]
    place = f", dans «\u00a0{quoted}\u00a0»" if quoted else ""
    if len(shown) == 1:
        fault = "contient un caractère qui ne peut pas être imprimé"
        return f"{where} {fault} : {shown[0]}{place}. Remplacez-le ou supprimez-le."
    characters = ", ".join(shown)
    return f"{where} contient des caractères qui ne peuvent pas être imprimés : {characters}{place}. Remplacez-les."


def _name(character: str) -> str:
    name = unicodedata.name(character, "")
    return f" {name}" if name else ""


def _refused(characters: str) -> str | None:
    """The first of the characters that the typesetter refuses, in the three faces a text is set in."""
    # One by one between spaces: nothing is shaped together.
    data: dict[str, Any] = {
        "document": {"title": "essai", "author": "", "subject": "", "number": "", "short_title": ""},
        "verbatim": " ".join(characters),
    }
    try:
        render("coverage.typ", data, at=_AT)
    except RenderingRefused as refusal:
        named = re.search(r"U\+([0-9A-F]{4,6})", str(refusal))
        if named is None:
            raise
        return chr(int(named[1], 16))
    return None


def _texts(node: Tree) -> Iterator[str]:
    yield str(node.get("text") or "")
    attrs = node.get("attrs") or {}
    yield str(attrs.get("caption") or "")
    for child in node.get("content") or ():
        yield from _texts(child)
