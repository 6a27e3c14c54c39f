"""Every kind of document, rendered once for the whole test session."""

from __future__ import annotations

from functools import cache

from hemicycle.rendering.act_register import render_act_register
from hemicycle.rendering.agenda import render_agenda
from hemicycle.rendering.annex import render_annex
from hemicycle.rendering.attendance import render_attendance
from hemicycle.rendering.comparison import render_comparison
from hemicycle.rendering.decision_list import render_decision_list
from hemicycle.rendering.deliberation import render_deliberation
from hemicycle.rendering.draft_deliberation import render_draft_deliberation
from hemicycle.rendering.evidence import render_journey_sheet
from hemicycle.rendering.extract import render_extract
from hemicycle.rendering.notice import render_notice
from hemicycle.rendering.receipt import render_receipt
from hemicycle.rendering.report import render_report
from hemicycle.rendering.summons import render_summons
from tests.rendering import comparison_samples, register_samples, samples, sending_samples, sitting_samples


@cache
def gallery() -> dict[str, bytes]:
    """Name to PDF."""
    at = samples.AT
    return {
        "report": render_report(samples.report(), at=at),
        "draft": render_draft_deliberation(samples.draft(), at=at),
        "deliberation": render_deliberation(samples.deliberation(), at=at),
        "agenda": render_agenda(sitting_samples.agenda(), at=at),
        "summons": render_summons(sitting_samples.summons(), at=at),
        "attendance": render_attendance(sitting_samples.attendance(), at=at),
        "annex": render_annex(samples.annex(), at=at),
        "notice": render_notice(sending_samples.notice(), at=at),
        "receipt": render_receipt(sending_samples.receipt(), at=at),
        "decisions": render_decision_list(sitting_samples.decisions(), at=at),
        "comparison": render_comparison(comparison_samples.comparison(), at=at),
        "register": render_act_register(register_samples.act_register(), at=at),
        "extract": render_extract(register_samples.extract(), at=at),
        "journey": render_journey_sheet(sending_samples.journey(), at=at),
    }
