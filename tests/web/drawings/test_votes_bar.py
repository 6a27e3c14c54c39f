"""The bar of a vote: the whole width, each side in proportion, words beside."""

from __future__ import annotations

import pytest
from lxml import html

from hemicycle.web.drawings.votes_bar import GAP, WIDTH, Votes, votes_bar_html


def test_the_sides_fill_the_bar_in_proportion() -> None:
    drawn = html.fromstring(votes_bar_html(Votes(in_favour=30, against=10, abstention=10)))

    widths = [float(side.get("width")) for side in drawn.findall(".//rect")]
    assert sum(widths) + 2 * GAP == pytest.approx(WIDTH, abs=0.2)
    assert widths[0] == pytest.approx(3 * widths[1], abs=0.2)


def test_the_words_agree_with_the_numbers() -> None:
    drawn = html.fromstring(votes_bar_html(Votes(in_favour=33, against=1, abstention=2, no_part=1)))

    assert drawn.find(".//title").text == (
        "Résultat du vote : 33 voix pour, 1 voix contre, 2 abstentions, 1 ne prend pas part au vote"
    )


def test_a_side_without_a_voice_is_not_drawn() -> None:
    drawn = html.fromstring(votes_bar_html(Votes(in_favour=36, against=0)))

    assert len(drawn.findall(".//rect")) == len(drawn.findall(".//li")) == 1


def test_a_vote_without_a_voice_says_so() -> None:
    assert "Aucune voix" in votes_bar_html(Votes(in_favour=0, against=0))


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="négatif"):
        Votes(in_favour=-1, against=0)
