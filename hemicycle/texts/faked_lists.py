"""Word's lists: on a clipboard they are paragraphs, each with its level in a style and its bullet as text."""

from __future__ import annotations

import re

from hemicycle.texts.inline import Node
from hemicycle.texts.tree import MAX_START

_LEVEL = re.compile(r"mso-list:[^;]*\blevel([1-9])")
_BULLET = re.compile(r"^\s*(?:[·•▪§o–-]|(\d+|[a-z])[.)])[\s\u00a0]+")


def level_of(style: str) -> int:
    """The level, from 1, that the style of a paragraph gives it in a list; 0 where it is in none."""
    found = _LEVEL.search(style)
    return int(found[1]) if found else 0


def gathered(blocks: list[Node]) -> list[Node]:
    """Word's list paragraphs as lists: each under the last of the level above."""
    made: list[Node] = []
    open_lists: list[Node] = []
    for block in blocks:
        level = block.pop("word_level", 0)
        found = _BULLET.match("".join(n.get("text", "") for n in block["content"])) if level else None
        if found is None:
            open_lists = []
            made.append(block)
            continue
        del open_lists[level:]
        while len(open_lists) < min(level, 9):
            fresh = _list_for(found)
            holder = open_lists[-1]["content"][-1]["content"] if open_lists and open_lists[-1]["content"] else None
            (made if holder is None else holder).append(fresh)
            open_lists.append(fresh)
            if len(open_lists) < level:
                fresh["content"].append({"type": "listItem", "content": []})
        item = {"type": "paragraph", "content": _without_bullet(block["content"], found.end())}
        open_lists[-1]["content"].append({"type": "listItem", "content": [item]})
    return made


def _list_for(bullet: re.Match[str]) -> Node:
    number = bullet[1]
    if number is None:
        return {"type": "bulletList", "content": []}
    start = int(number) if number.isdigit() and int(number) <= MAX_START else 1
    return {"type": "orderedList", "attrs": {"start": start}, "content": []}


def _without_bullet(content: list[Node], length: int) -> list[Node]:
    kept: list[Node] = []
    for node in content:
        text = node.get("text", "")
        if length and node["type"] == "text":
            taken = min(length, len(text))
            length -= taken
            node = {**node, "text": text[taken:]}
        kept.append(node)
    return kept
