"""Texts of real affairs, imported, edited as people do, compared: never a word lost."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from hemicycle.texts.comparison import compare, summary, text_of
from hemicycle.texts.comparison_extract import extract
from hemicycle.texts.comparison_html import to_html
from hemicycle.texts.comparison_tree import passages
from hemicycle.texts.reading import read_document
from hemicycle.texts.tree import clean, plain_text

Node = dict[str, Any]


@pytest.fixture(scope="module")
def imported(shared: Path) -> dict[str, Node]:
    corpus = shared / "corpus"
    files = [*corpus.glob("affaires/*/*.docx"), *corpus.glob("affaires/*/*.odt"), *corpus.glob("fichiers/*.docx")]
    return {path.name: read_document(path.read_bytes(), path.name).doc for path in files}


@pytest.mark.parametrize("seed", range(6))
def test_importing_then_editing_then_comparing_loses_no_word(imported: dict[str, Node], seed: int) -> None:
    for name, old in imported.items():
        new = _edited(old, random.Random(f"{name} {seed}"))

        comparison = compare(old, new)

        assert text_of(comparison, "old") == plain_text(old), name
        assert text_of(comparison, "new") == plain_text(new), name
        assert (summary(comparison) == "") == (old == new)
        assert to_html(extract(comparison)) and len(passages(extract(comparison))) <= len(comparison.changes)


def _edited(doc: Node, chance: random.Random) -> Node:
    """Blocks dropped, moved, cut, joined; words dropped, changed and emphasised; rows dropped and swapped."""
    blocks: list[Node] = []
    for block in doc["content"]:
        act = chance.choice(("keep", "keep", "keep", "drop", "move", "cut", "join", "words", "rows"))
        if act == "move":
            blocks.insert(chance.randint(0, len(blocks)), block)
        elif act == "cut" and block["type"] == "paragraph":
            at = chance.randint(0, len(block["content"]))
            blocks += [{**block, "content": block["content"][:at]}, {**block, "content": block["content"][at:]}]
        elif act == "join" and block["type"] == "paragraph" and blocks and blocks[-1]["type"] == "paragraph":
            blocks[-1] = {
                **block,
                "content": [*blocks[-1]["content"], {"type": "text", "text": " "}, *block["content"]],
            }
        elif act == "words":
            blocks.append(_reworded(block, chance))
        elif act == "rows" and block["type"] == "table":
            rows = [row for row in block["content"] if chance.random() < 0.8] or block["content"]
            chance.shuffle(rows)
            blocks.append({**block, "content": rows})
        elif act != "drop":
            blocks.append(block)
    return clean({"type": "doc", "content": blocks})


def _reworded(node: Node, chance: random.Random) -> Node:
    if node["type"] == "text":
        words = [word for word in node["text"].split(" ") if chance.random() < 0.9]
        words = [word if chance.random() < 0.9 else "nouveau" for word in words]
        marks = [{"type": "bold"}] if chance.random() < 0.2 else node.get("marks", [])
        return {**node, "text": " ".join(words), "marks": marks}
    if "content" not in node:
        return node
    return {**node, "content": [_reworded(child, chance) for child in node["content"]]}
