"""What the norm lets one answer."""

from __future__ import annotations

import pytest

from hemicycle.chain.correspondence import rules


@pytest.mark.parametrize(
    ("kind", "codes"),
    [("simple", ["2-2"]), ("pieces", ["3-4", "3-3"]), ("observations", ["4-4", "4-3"]), ("referral", [])],
)
def test_each_letter_admits_the_answers_of_the_norm(kind: str, codes: list[str]) -> None:
    assert [rules.code_of(root) for root in rules.answers_to(kind)] == codes


def test_every_answer_has_its_words() -> None:
    roots = {root for kind in rules.ROOT_OF for root in rules.answers_to(kind)}

    assert roots == set(rules.CHOICES)


def test_pieces_alone_are_several_and_a_simple_letter_has_no_receipt() -> None:
    assert [root for root in rules.CHOICES if rules.takes_several(root)] == ["PieceComplementaire"]
    assert [root for root in rules.CHOICES if not rules.awaits_receipt(root)] == ["ReponseCourrierSimple"]
