"""A comment follows its passage from one state of the text to the next."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.drafting.passages import Finder, passages_of
from tests.factories import a_text

OLD = (
    "Le club de Clérande demande une aide de 12 000 €.",
    "Il organise chaque année un tournoi ouvert aux personnes en situation de handicap.",
    "Il est proposé de lui accorder cette aide, versée en une fois après la signature.",
)


def anchor(rank: int, *paragraphs: str) -> dict[str, Any]:
    passage = passages_of(a_text(*paragraphs))[rank]
    return {"text": "report", "block": rank, "digest": passage.digest, "quote": passage.text}


def test_a_passage_that_stays_is_where_it_was() -> None:
    assert Finder(a_text(*OLD)).rank_of(anchor(1, *OLD)) == 1


def test_a_passage_that_moved_is_found_where_it_went() -> None:
    assert Finder(a_text(OLD[2], "Un ajout.", OLD[0], OLD[1])).rank_of(anchor(1, *OLD)) == 3


def test_a_passage_that_changed_a_little_is_still_the_same() -> None:
    changed = OLD[1].replace("chaque année", "tous les ans").replace("ouvert", "accessible")

    assert Finder(a_text(OLD[2], changed, OLD[0])).rank_of(anchor(1, *OLD)) == 1


def test_a_passage_written_anew_or_taken_out_is_gone() -> None:
    assert Finder(a_text(OLD[0], "Le tournoi a lieu en juin.", OLD[2])).rank_of(anchor(1, *OLD)) is None
    assert Finder(a_text(OLD[0], OLD[2])).rank_of(anchor(1, *OLD)) is None
    assert Finder({}).rank_of(anchor(1, *OLD)) is None


def test_among_equal_passages_the_nearest_is_taken() -> None:
    twice = ("Vu.", "A", "B", "Vu.", "C")

    assert Finder(a_text(*twice)).rank_of(anchor(3, *twice)) == 3
    assert Finder(a_text("Ajout.", *twice)).rank_of(anchor(0, *twice)) == 1


@pytest.mark.parametrize("kind", ["bulletList", "blockquote"])
def test_a_list_is_one_passage(kind: str) -> None:
    inside = a_text("Premier point.", "Second point.")["content"]
    content = [{"type": "listItem", "content": [block]} for block in inside] if kind == "bulletList" else inside

    (passage,) = passages_of({"type": "doc", "content": [{"type": kind, "content": content}]})

    assert passage.text == "Premier point.\nSecond point."
