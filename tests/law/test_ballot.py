"""What figures decide."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.law.ballot import BallotKind, IncoherentBallot, Outcome, PresidentVote, outcome

ON = date(2026, 6, 18)
COUNT = st.integers(min_value=0, max_value=60)


def _decide(
    for_: int,
    against: int,
    abstentions: int = 0,
    no_part: int = 0,
    blank: int = 0,
    *,
    kind: BallotKind = "ordinary",
    president: PresidentVote = "absent",
    missing: int = 0,
) -> Outcome:
    return outcome(
        for_=for_,
        against=against,
        abstentions=abstentions,
        no_part=no_part,
        blank=blank,
        present=for_ + against + abstentions + no_part + blank + missing,
        represented=0,
        kind=kind,
        president_vote=president,
        body="council",
        on=ON,
    )


@pytest.mark.parametrize(
    ("figures", "adopted", "reason"),
    [
        ((42, 0), True, "unanimity"),
        ((40, 0, 0, 2), True, "unanimity_of_votes_cast"),
        ((30, 0, 12), True, "unanimity_of_votes_cast"),
        ((1, 0, 41), True, "unanimity_of_votes_cast"),
        ((28, 11, 3), True, "majority"),
        ((11, 28, 3), False, "minority"),
        ((0, 5, 3), False, "minority"),
        ((0, 0, 40, 2), False, "no_vote_cast"),
    ],
)
def test_the_majority_is_counted_on_the_votes_cast(figures: tuple[int, ...], adopted: bool, reason: str) -> None:
    result = _decide(*figures)

    assert (result.adopted, result.reason, result.casting) == (adopted, reason, False)


@pytest.mark.parametrize(
    ("kind", "president", "adopted", "casting", "certainty"),
    [
        ("public", "for", True, True, "confirmed"),
        ("public", "against", False, True, "confirmed"),
        ("ordinary", "for", True, True, "secondary"),
        ("ordinary", "abstention", False, False, "secondary"),
        ("ordinary", "absent", False, False, "secondary"),
        ("secret", "for", False, False, "to_verify"),
    ],
)
def test_a_tie_is_carried_by_the_president_if_he_voted_and_may_be_known(
    kind: BallotKind, president: PresidentVote, adopted: bool, casting: bool, certainty: str
) -> None:
    result = _decide(18, 18, 6, kind=kind, president=president)

    assert (result.adopted, result.casting, result.certainty) == (adopted, casting, certainty)
    assert "L3121-15" in result.article


@pytest.mark.parametrize("missing", [-1, 1])
def test_figures_that_do_not_account_for_the_members_are_refused(missing: int) -> None:
    with pytest.raises(IncoherentBallot, match=r"compte 42 voix .* corrigez le relevé ou la présence"):
        _decide(30, 10, 2, missing=missing)


def test_blank_papers_outside_a_secret_ballot_are_refused() -> None:
    with pytest.raises(IncoherentBallot, match="scrutin secret"):
        _decide(30, 10, blank=2)


def test_a_negative_number_is_refused() -> None:
    with pytest.raises(IncoherentBallot, match="négatif"):
        _decide(30, -1)


def test_a_president_who_voted_where_nobody_did_is_refused() -> None:
    with pytest.raises(IncoherentBallot, match="vote du président"):
        _decide(30, 0, president="against")


@settings(deadline=None)
@given(for_=COUNT, against=COUNT, abstentions=COUNT, no_part=COUNT)
def test_abstaining_and_taking_no_part_never_change_the_result(
    for_: int, against: int, abstentions: int, no_part: int
) -> None:
    with_them = _decide(for_, against, abstentions, no_part)

    assert with_them.adopted == _decide(for_, against).adopted == (for_ > against)
