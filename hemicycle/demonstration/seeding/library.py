"""The texts of the demonstration, written in the light markup beside this module."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hemicycle.texts.markup import from_markup
from hemicycle.texts.tree import Doc, clean
from hemicycle.texts.typography import typeset

FOLDER = Path(__file__).parent / "texts"
REPORT, DELIBERATION = "rapport", "deliberation"
#: A footnote, which the light markup cannot say: [[note: its words]], called from where it stands.
_NOTE = re.compile(r"\[\[note: (.*?)\]\]")


def text(key: str, name: str, *, year: int, first: tuple[tuple[str, str], ...] = ()) -> Doc:
    """The text of that name of the dossier `key`; {an} and {suivante} stand for the year and the next one.

    `first`: pairs (final words, what the first version said instead).
    """
    source = (FOLDER / key / f"{name}.md").read_text(encoding="utf-8")
    source = source.replace("{an}", str(year)).replace("{suivante}", str(year + 1))
    for final, before in first:
        if final not in source and name == REPORT:
            raise ValueError(f"{key}/{name}: no such words: {final}")
        source = source.replace(final, before)
    return typeset(clean(_with_notes(from_markup(source))))


def _with_notes(node: dict[str, Any]) -> dict[str, Any]:
    made: list[Any] = []
    for child in node.get("content", []):
        if child["type"] != "text":
            made.append(_with_notes(child))
            continue
        # Words and notes in turn: what stands between brackets comes at every other place.
        for rank, words in enumerate(_NOTE.split(child["text"])):
            if words and rank % 2:
                made.append({"type": "footnote", "content": [{"type": "text", "text": words}]})
            elif words:
                made.append({**child, "text": words})
    return {**node, "content": made} if "content" in node else node
