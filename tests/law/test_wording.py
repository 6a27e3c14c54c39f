"""The sentences of results, as documents print them."""

from __future__ import annotations

from datetime import date

import pytest

from hemicycle.law.ballot import BallotKind, Figures, IncoherentBallot, Outcome, PresidentVote, outcome
from hemicycle.law.wording import (
    MemberVote,
    Vote,
    dealt_with_together,
    off_the_agenda,
    taken_note,
    wording,
)


def _result(figures: Figures, president: PresidentVote = "absent") -> Outcome:
    return outcome(
        for_=figures.for_,
        against=figures.against,
        abstentions=figures.abstentions,
        no_part=figures.no_part,
        blank=figures.blank,
        present=figures.total,
        represented=0,
        kind=figures.kind,
        president_vote=president,
        body="council",
        on=date(2026, 6, 18),
    )


def _group(group: str, count: int, vote: Vote) -> list[MemberVote]:
    return [MemberVote(name=f"M. {group}{n}", group=group, vote=vote) for n in range(count)]


def _one(name: str, group: str, vote: Vote, note: str = "") -> MemberVote:
    return MemberVote(name=name, group=group, vote=vote, note=note)


def test_unanimity_needs_no_figures() -> None:
    figures = Figures(for_=42, against=0)

    words = wording(_result(figures), figures, _group("X", 42, "for"))

    assert words.text == "Adopté à l’unanimité."


def test_those_who_take_no_part_are_named_after_unanimity_of_the_votes_cast() -> None:
    figures = Figures(for_=40, against=0, no_part=2)
    votes = [
        *_group("X", 40, "for"),
        _one("M. X", "X", "no_part"),
        _one("Mme Y", "X", "no_part", "déport"),
    ]

    words = wording(_result(figures), figures, votes)

    assert words.text == (
        "Adopté à l’unanimité des suffrages exprimés. N’ont pas pris part au vote : M. X, Mme Y (déport)."
    )


def test_abstentions_are_named_after_unanimity_of_the_votes_cast() -> None:
    figures = Figures(for_=40, against=0, abstentions=2)
    votes = [*_group("X", 40, "for"), *_group("Z", 2, "abstention")]

    words = wording(_result(figures), figures, votes)

    assert words.text == "Adopté à l’unanimité des suffrages exprimés. Abstentions (2) : groupe Z."


def test_whole_groups_come_first_and_those_who_differ_by_name() -> None:
    figures = Figures(for_=28, against=11, abstentions=3)
    votes = [
        *_group("X", 28, "for"),
        _one("Mme A", "X", "abstention"),
        *_group("Y", 11, "against"),
        *_group("Z", 2, "abstention"),
    ]

    words = wording(_result(figures), figures, votes)

    assert words.sentence == "Adopté à la majorité des suffrages exprimés."
    assert words.figures == "Pour : 28. Contre : 11. Abstentions : 3."
    assert words.lines == ["Contre (11) : groupe Y.", "Abstentions (3) : groupe Z, Mme A (groupe X)."]


def test_a_member_of_no_group_and_one_alone_of_his_group_are_named() -> None:
    figures = Figures(for_=5, against=2)
    votes = [*_group("X", 5, "for"), _one("M. Seul", "", "against"), _one("Mme B", "Y", "against")]

    words = wording(_result(figures), figures, votes)

    assert words.lines == ["Contre (2) : M. Seul, Mme B (groupe Y)."]


@pytest.mark.parametrize(
    ("vote", "gender", "sentence"),
    [
        ("for", "M", "Partage égal des voix ; la voix du Président étant prépondérante, adopté."),
        ("against", "F", "Partage égal des voix ; la voix de la Présidente étant prépondérante, rejeté."),
        ("abstention", "F", "Partage égal des voix : rejeté."),
    ],
)
def test_a_tie_says_whose_vote_prevailed(vote: PresidentVote, gender: str, sentence: str) -> None:
    figures = Figures(for_=18, against=18, abstentions=6)

    words = wording(_result(figures, vote), figures, president="F" if gender == "F" else "M")

    assert words.sentence == sentence
    assert words.figures == "Pour : 18. Contre : 18. Abstentions : 6."
    assert words.lines == []


def test_a_rejected_text_gives_its_figures_and_names() -> None:
    figures = Figures(for_=2, against=3, no_part=1)
    votes = [
        *_group("X", 2, "for"),
        *_group("Y", 3, "against"),
        _one("M. Z", "Y", "no_part", "déport"),
    ]

    words = wording(_result(figures), figures, votes)

    assert words.text == (
        "Rejeté. Pour : 2. Contre : 3. Abstentions : 0. Ne prennent pas part au vote : 1. "
        "Pour (2) : groupe X. Contre (3) : M. Y0 (groupe Y), M. Y1 (groupe Y), M. Y2 (groupe Y). "
        "N’a pas pris part au vote : M. Z (déport)."
    )


def test_a_ballot_without_votes_cast_adopts_nothing() -> None:
    figures = Figures(for_=0, against=0, abstentions=12)

    words = wording(_result(figures), figures)

    assert words.sentence == "Aucun suffrage exprimé : le rapport n’est pas adopté."
    assert words.lines == []


def test_a_public_ballot_keeps_the_sense_of_every_vote() -> None:
    figures = Figures(for_=3, against=2, kind="public")

    words = wording(_result(figures), figures, [*_group("X", 3, "for"), *_group("Y", 2, "against")])

    assert words.lines == ["Pour (3) : groupe X.", "Contre (2) : groupe Y."]


def test_a_secret_ballot_names_nobody() -> None:
    figures = Figures(for_=30, against=9, blank=2, no_part=1, kind="secret")

    words = wording(_result(figures), figures, [_one("M. Z", "X", "no_part")])

    assert words.figures == (
        "Au scrutin secret : votants 41, blancs ou nuls 2, exprimés 39, majorité absolue 20. "
        "Pour : 30. Contre : 9. Ne prennent pas part au vote : 1."
    )
    assert words.lines == ["N’a pas pris part au vote : M. Z."]


def test_names_in_a_secret_ballot_are_refused() -> None:
    figures = Figures(for_=2, against=0, kind="secret")

    with pytest.raises(IncoherentBallot, match="ne nomme aucun votant"):
        wording(_result(figures), figures, _group("X", 2, "for"))


@pytest.mark.parametrize("kind", ["ordinary", "public"])
def test_names_that_do_not_add_up_to_the_figures_are_refused(kind: BallotKind) -> None:
    figures = Figures(for_=3, against=0, kind=kind)

    with pytest.raises(IncoherentBallot, match="2 voix « pour » au lieu de 3"):
        wording(_result(figures), figures, _group("X", 2, "for"))


def test_what_is_not_voted_has_its_sentence_too() -> None:
    assert taken_note("Le conseil départemental", "du rapport d’activité 2025") == (
        "Le conseil départemental prend acte du rapport d’activité 2025."
    )
    assert off_the_agenda("withdrawn") == "Retiré de l’ordre du jour par le Président."
    assert off_the_agenda("to_committee") == "Renvoyé en commission."
    assert off_the_agenda("adjourned", until="21 septembre 2026") == "Ajourné à la séance du 21 septembre 2026."
    assert dealt_with_together(("07-01", "07-06"), "adoptés à l’unanimité") == (
        "Les rapports n° 07-01 à 07-06 sont mis aux voix ensemble et adoptés à l’unanimité."
    )
