"""What people type in a field, as it may travel to a PDF, an XML message and the archive: nothing invisible."""

from __future__ import annotations

import re

from hemicycle.texts.inline import readable


def one_line(text: str, most: int) -> str:
    """The text on one line, `most` characters at most, without controls, overrides or zero-width characters.

    No-break spaces stay. The reader, an XML parser and a typesetter then see the same thing.
    """
    return re.sub(" +", " ", readable(text)).strip()[:most]


def several_lines(text: str, most: int) -> str:
    """The same, its lines kept."""
    return "\n".join(readable(line).strip() for line in text.splitlines()).strip()[:most]
