"""What each paragraph of an act is: opening, recital, whereas, hinge, operative word, article.

The words and their order are the author's; only their setting on the page follows from the role.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from hemicycle.rendering.pictures import NONE, Pictures
from hemicycle.rendering.text_tree import Block, Tree, blocks

_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "decides",
        re.compile(r"(?:a\s+)?(?:d[ée]cid[eé]|d[ée]lib[eè]re|arr[eê]te|approuve|prend acte)\s*:?\Z", re.I),
    ),
    ("hinge", re.compile(r"apr[eè]s en avoir d[ée]lib[ée]r[ée]", re.I)),
    ("recital", re.compile(r"(?:vus?|sur)\s", re.I)),
    ("whereas", re.compile(r"consid[ée]rant\b", re.I)),
    ("article", re.compile(r"article\s+(?:1er|premier|\d+|unique)\b", re.I)),
)
_OWN_TITLE = re.compile(r"(?:projet de\s+)?d[ée]lib[ée]ration\s*\Z", re.I)


def act_blocks(tree: Tree, pictures: Pictures = NONE, *, below: int = 2) -> list[Block]:
    """The tree's blocks with a role where one is recognised; `below`: the level of the heading that precedes them.

    A first heading that only says « Délibération » is left out: the act's title says it with its number.
    """
    found = blocks(tree, below=below, pictures=pictures)
    if found and found[0]["kind"] in ("heading", "paragraph") and _OWN_TITLE.match(_words(found[0])):
        found = found[1:]
    decided = False
    for block in found:
        role = _role(block)
        # Past the operative word, « Vu » and « Considérant » open ordinary sentences.
        if role and not (decided and role in ("recital", "whereas", "hinge")):
            block["role"] = role
        decided = decided or role == "decides"
    return found


def act_text(
    *, opening: str, recitals: Sequence[str], whereas: Sequence[str], articles: Sequence[tuple[str, str]]
) -> Tree:
    """A text tree for an act held as separate fields; articles are (« Article 1 », text) pairs."""
    plain = [opening, *recitals, *whereas, "Après en avoir délibéré,", "DÉCIDE"]
    body: list[dict[str, Any]] = [
        {"type": "paragraph", "content": [{"type": "text", "text": words}]} for words in plain if words
    ]
    for label, words in articles:
        head = {"type": "text", "text": label, "marks": [{"type": "bold"}]}
        body.append({"type": "paragraph", "content": [head, {"type": "text", "text": f" – {words}"}]})
    return {"type": "doc", "content": body}


def _role(block: Block) -> str:
    if block["kind"] not in ("paragraph", "heading"):
        return ""
    words = _words(block)
    return next((role for role, pattern in _ROLES if pattern.match(words)), "")


def _words(block: Block) -> str:
    return "".join(piece.get("text", " ") for piece in block["inline"]).strip()
