"""What Pandoc's readers leave unsaid, written into the file as private characters before they read it.

`readable` takes private characters out of every text, so that none of these can come from an author or stay.
"""

from __future__ import annotations

import re

UNDERLINE_ON, UNDERLINE_OFF = "\ue001", "\ue002"
#: At the head of the first paragraph of a cell.
ALIGNED = {"left": "\ue010", "right": "\ue011", "center": "\ue012"}
HEADER = "\ue013"
#: At the head of a paragraph that is the caption of the table after it.
CAPTION = "\ue014"
#: At the head of an item that is more of the item before it.
CONTINUES = "\ue015"
#: In every cell of a row that is only there to be counted.
COUNTED = "\ue016"
#: At the head of a paragraph that is a heading, from level 1 to 6.
HEADINGS = "\ue021\ue022\ue023\ue024\ue025\ue026"
#: Around the number of the first item of an ordered list, at the head of that item.
START = "\ue017"

FOREIGN = re.compile("[\ue000-\uf8ff]")
UNDERLINE = re.compile(f"([{UNDERLINE_ON}{UNDERLINE_OFF}])")
STARTS = re.compile(f"{START}(\\d{{1,6}}){START}")
OF_CELL = re.compile(f"[{''.join(ALIGNED.values())}{HEADER}]+")
_ALIGNMENTS = {sign: name for name, sign in ALIGNED.items()}


def level(text: str) -> int:
    """The level of the heading that a paragraph is, beyond the signs of its cell; 0 where it is none."""
    return HEADINGS.find(OF_CELL.sub("", text[:3])[:1] or " ") + 1


def alignment(signs: str) -> str | None:
    """The alignment that the signs of a cell tell, if they tell one."""
    return next((_ALIGNMENTS[sign] for sign in signs if sign in _ALIGNMENTS), None)
