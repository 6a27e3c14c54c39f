"""The legal dates, in order."""

from __future__ import annotations

from datetime import date

from lxml import html

from hemicycle.web.drawings.legal_calendar import Milestone, legal_calendar_html

SITTING = Milestone(on=date(2026, 12, 17), label="Séance", state="todo")
SUMMONS = Milestone(on=date(2026, 12, 4), label="Convocations", state="late", note="12 jours francs")


def test_dates_come_in_their_order_with_their_day() -> None:
    drawn = html.fromstring(legal_calendar_html([SITTING, SUMMONS]))

    days = [when.text.replace("\u00a0", " ") for when in drawn.xpath("//span[@class='when']")]
    assert days == ["vendredi 4 décembre 2026", "jeudi 17 décembre 2026"]


def test_a_missed_date_says_that_it_is_missed() -> None:
    drawn = html.fromstring(legal_calendar_html([SUMMONS]))

    assert drawn.xpath("string(//li/span[@class='visually-hidden'])") == "Dépassé"


def test_no_date_draws_nothing() -> None:
    assert legal_calendar_html([]) == ""
