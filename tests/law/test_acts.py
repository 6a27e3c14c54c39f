"""Executory date, transmission and terms beyond the dated cases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.law.appeal import appeal_term, gracious_appeal
from hemicycle.law.calendar import is_working_day
from hemicycle.law.control import PrefectRequest, referral_clock, referral_term, untransmitted_referral
from hemicycle.law.executory import entry_into_force, executory_date
from hemicycle.law.publication import withdrawal_limit
from hemicycle.law.rule import LawError
from hemicycle.law.transmission import transmission_duty

VOTED = date(2026, 6, 18)
DAYS = st.dates(min_value=date(2022, 7, 1), max_value=date(2040, 12, 31))


def test_an_act_not_yet_received_is_not_executory_and_says_what_it_awaits() -> None:
    result = executory_date(None, date(2026, 6, 23), None, transmissible=True, individual=False, on=VOTED)

    assert result.date is None
    assert result.missing == ("réception par le représentant de l’État",)
    assert result.explanation == (
        "Acte non exécutoire : réception par le représentant de l’État en attente "
        "(déjà acquis : mise en ligne le 23 juin 2026)."
    )


def test_putting_an_individual_decision_online_does_not_make_it_executory() -> None:
    result = executory_date(date(2026, 6, 19), date(2026, 6, 20), None, transmissible=True, individual=True, on=VOTED)

    assert result.date is None
    assert result.missing == ("notification à l’intéressé",)


def test_posting_does_not_replace_putting_online_out_of_urgency() -> None:
    result = executory_date(
        date(2026, 6, 19), None, None, transmissible=True, individual=False, on=VOTED, posted_on=VOTED
    )

    assert result.date is None


@settings(deadline=None)
@given(received=DAYS, online=DAYS)
def test_an_act_is_never_executory_before_reception_nor_before_publicity(received: date, online: date) -> None:
    result = executory_date(received, online, None, transmissible=True, individual=False, on=date(2022, 7, 1))

    assert result.date == max(received, online)


def test_an_act_that_states_its_day_enters_into_force_that_day() -> None:
    entry = entry_into_force(executory_on=VOTED, regulatory=True, stated_on=date(2026, 9, 1))

    assert entry.date == date(2026, 9, 1)


def test_a_contract_without_amount_cannot_be_judged() -> None:
    with pytest.raises(LawError, match="montant hors taxes"):
        transmission_duty("contract", on=VOTED)


@pytest.mark.parametrize(("category", "required"), [("deliberation", True), ("road_tariff_or_alignment", False)])
def test_the_category_decides_the_transmission(category: str, required: bool) -> None:
    assert transmission_duty(category, on=VOTED).required is required  # type: ignore[arg-type]


@settings(deadline=None)
@given(start=DAYS)
def test_a_term_ends_on_a_working_day_after_two_full_months(start: date) -> None:
    term = appeal_term(made_public_on=start)

    assert is_working_day(term.earliest)
    assert is_working_day(term.latest)
    assert timedelta(days=59) < term.latest - start < timedelta(days=70)
    assert term.earliest <= term.latest
    assert (term.certainty == "to_verify") == (term.earliest != term.latest)


def test_an_action_between_the_two_readings_is_neither_in_time_nor_late() -> None:
    term = appeal_term(made_public_on=date(2026, 2, 28))

    assert term.holds(date(2026, 4, 29)) is True
    assert term.holds(date(2026, 4, 30)) is None
    assert term.holds(date(2026, 5, 5)) is False
    assert not term.is_over(date(2026, 5, 4))


def test_an_explicit_rejection_inside_the_term_of_the_implicit_one_opens_it_again() -> None:
    term = appeal_term(made_public_on=date(2026, 3, 2))

    effect = gracious_appeal(term, received_on=date(2026, 4, 20), answered_on=date(2026, 7, 10))

    assert effect.implicit_rejection == date(2026, 6, 20)
    assert effect.term.last_day == date(2026, 9, 11)


def test_a_second_request_for_pieces_does_not_move_the_clock_again() -> None:
    asked = PrefectRequest(kind="pieces", received_on=date(2026, 5, 5), answered_on=date(2026, 5, 26))
    again = PrefectRequest(kind="pieces", received_on=date(2026, 7, 1), answered_on=date(2026, 7, 20))

    clock = referral_clock(date(2026, 3, 10), [asked, again])

    assert clock.term.last_day == date(2026, 7, 27)
    assert [effect.interrupts for effect in clock.effects] == [True, False]
    assert "seconde de son espèce" in clock.effects[1].explanation


def test_a_request_after_the_term_moves_nothing() -> None:
    late = PrefectRequest(kind="observations", received_on=date(2026, 5, 12))

    clock = referral_clock(date(2026, 3, 10), [late])

    assert clock.term == referral_term(date(2026, 3, 10))
    assert clock.effects[0].in_time is False


def test_an_act_asked_too_late_by_the_prefect_cannot_be_referred() -> None:
    term = untransmitted_referral(
        executory_on=date(2026, 5, 4), asked_on=date(2026, 7, 7), communicated_on=date(2026, 7, 10)
    )

    assert term is None


def test_an_illegal_act_is_withdrawn_within_four_months() -> None:
    assert withdrawal_limit(taken_on=VOTED).no_later_than == date(2026, 10, 18)
