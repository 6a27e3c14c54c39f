"""The texts of the demonstration, written in the light markup beside this module."""

from __future__ import annotations

from pathlib import Path

from hemicycle.texts.markup import from_markup
from hemicycle.texts.tree import Doc

FOLDER = Path(__file__).parent / "texts"
REPORT, DELIBERATION = "rapport", "deliberation"


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
    return from_markup(source)
