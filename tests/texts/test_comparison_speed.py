"""Long texts are compared while one waits: bounds ten times what they take, so that only a blow-up fails."""

from __future__ import annotations

import random
import time
from typing import Any

from hemicycle.texts.comparison import compare, summary
from tests.texts.trees import Node, doc, table

WORDS = [f"mot{rank}" for rank in range(800)]


def _seconds(old: Node, new: Node) -> tuple[float, str]:
    start = time.perf_counter()
    said = summary(compare(old, new))
    return time.perf_counter() - start, said


def test_a_report_of_sixty_pages_rewritten_everywhere_is_compared_at_once() -> None:
    chance = random.Random(60)
    paragraphs = [" ".join(chance.choices(WORDS, k=50)) for _ in range(600)]
    edited = [f"{paragraph} précisé" for paragraph in paragraphs]

    spent, said = _seconds(doc(*paragraphs), doc(*edited))

    assert said == "600 paragraphes modifiés"
    assert spent < 3


def test_a_table_of_a_thousand_rows_recomputed_and_sorted_is_compared_at_once() -> None:
    chance = random.Random(1000)
    rows: list[list[Any]] = [[f"Club {rank} de {chance.choice(WORDS)}", f"{rank} €", "oui"] for rank in range(1000)]
    recomputed = [[name, f"{chance.randrange(9999)} €", given] for name, _, given in rows]
    chance.shuffle(recomputed)

    spent, said = _seconds(doc(table(*rows)), doc(table(*recomputed)))

    assert "déplacées" in said
    assert spent < 8
