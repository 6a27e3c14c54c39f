"""A matter walks its circuit."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from hemicycle.workflow.circuit import Circuit, Facts, Rule, Step, WorkflowRefused
from hemicycle.workflow.passage import (
    NotRunning,
    NotYourTurn,
    Passage,
    ReasonMissing,
    TextHasChanged,
    awaited,
    complete,
    current,
    give,
    may_act,
    pass_over,
    resume,
    send_back,
    start,
)
from hemicycle.workflow.progress import deadline, due_on, entered_at, overdue, required_status, stale
from tests.workflow.walks import NOON

CIRCUIT = Circuit(
    name="Ordinaire",
    steps=(
        Step(label="Visa du chef de service", kind="one", role="chef", unit_scope="own", days=2),
        Step(label="Visa des finances", kind="one_of", role="finances", required=False),
        Step(label="Visas des DGA", kind="all_of", role="dga"),
        Step(label="Visa du cabinet", kind="one", role="cabinet"),
    ),
    rules=(Rule(role="finances", explanation="Montant supérieur à 90 000 €.", amount_over=Decimal(90_000)),),
)
HOLDERS = (["chef"], ["ana", "bob"], ["dga1", "dga2"], ["cabinet"])


def _started(amount: int = 0) -> Passage:
    return start(CIRCUIT, Facts(amount=Decimal(amount)), HOLDERS, at=NOON)


def _give(passage: Passage, holder: str, version: str = "v1", hours: int = 0) -> Passage:
    at = NOON + timedelta(hours=hours)
    return give(passage, holder=holder, actor=holder, read=version, version=version, at=at)


def test_a_matter_walks_every_station_in_order_to_the_end() -> None:
    passage = _started()

    for holder in ("chef", "bob", "dga2", "dga1", "cabinet"):
        assert not complete(passage)
        passage = _give(passage, holder)

    assert complete(passage)
    assert current(passage) is None


def test_another_person_cannot_give_a_visa_out_of_turn() -> None:
    passage = _started()

    with pytest.raises(NotYourTurn, match="Visa du chef de service"):
        _give(passage, "cabinet")


def test_a_visa_on_an_older_text_is_refused() -> None:
    passage = _started()

    with pytest.raises(TextHasChanged, match="relisez-le"):
        give(passage, holder="chef", actor="chef", read="v1", version="v2", at=NOON)


def test_all_of_several_are_awaited_until_the_last() -> None:
    passage = _give(_give(_give(_started(), "chef"), "ana"), "dga1")

    assert awaited(passage) == ("dga2",)
    assert not may_act(passage, "dga1")


def test_a_visa_given_for_somebody_keeps_both_names() -> None:
    passage = give(_started(), holder="chef", actor="adjoint", read="v1", version="v1", at=NOON)

    assert (passage.visas[0].holder, passage.visas[0].actor) == ("chef", "adjoint")


def test_an_optional_step_is_passed_over_with_a_reason() -> None:
    passage = _give(_started(), "chef")

    with pytest.raises(ReasonMissing):
        pass_over(passage, holder="ana", actor="ana", reason=" ", at=NOON)
    passed = pass_over(passage, holder="ana", actor="ana", reason="Sans incidence financière.", at=NOON)

    assert awaited(passed) == ("dga1", "dga2")


def test_a_visa_required_by_the_amount_cannot_be_passed_over() -> None:
    passage = _give(_started(amount=90_001), "chef")

    with pytest.raises(WorkflowRefused, match="Montant supérieur à 90 000 €"):
        pass_over(passage, holder="ana", actor="ana", reason="pressé", at=NOON)


def test_an_optional_step_that_nobody_holds_is_left_out() -> None:
    passage = start(CIRCUIT, Facts(), (["chef"], [], ["dga1"], ["cabinet"]), at=NOON)

    assert [station.step.role for station in passage.stations] == ["chef", "dga", "cabinet"]


def test_a_required_visa_that_nobody_can_give_stops_the_start() -> None:
    with pytest.raises(WorkflowRefused, match="Personne ne tient le rôle « finances »"):
        start(CIRCUIT, Facts(amount=Decimal(100_000)), (["chef"], [], ["dga1"], ["cabinet"]), at=NOON)


def test_a_step_of_one_held_by_two_is_refused() -> None:
    with pytest.raises(WorkflowRefused, match="choisissez laquelle"):
        start(CIRCUIT, Facts(), (["chef", "autre"], ["ana"], ["dga1"], ["cabinet"]), at=NOON)


def test_a_matter_sent_back_to_its_drafter_starts_over_once_resumed() -> None:
    passage = _give(_started(), "chef")

    back = send_back(passage, holder="ana", actor="ana", to=None, reason="Chiffrage absent.", at=NOON)

    assert awaited(back) == ()
    assert len(back.undone) == 1
    with pytest.raises(NotRunning, match="chez son rédacteur"):
        _give(back, "ana")
    assert awaited(resume(back, at=NOON)) == ("chef",)


def test_a_matter_sent_back_to_a_station_awaits_it_again() -> None:
    passage = _give(_give(_started(), "chef"), "ana")

    back = send_back(passage, holder="dga1", actor="dga1", to=1, reason="Imputation.", at=NOON)

    assert awaited(back) == ("ana", "bob")
    assert [visa.holder for visa in back.visas] == ["chef"]
    assert back.returns[0].reason == "Imputation."


@pytest.mark.parametrize("to", [1, 2, -1])
def test_a_matter_is_not_sent_back_to_a_station_not_yet_passed(to: int) -> None:
    passage = _give(_started(), "chef")

    with pytest.raises(WorkflowRefused, match="déjà franchie"):
        send_back(passage, holder="ana", actor="ana", to=to, reason="?", at=NOON)


def test_sending_back_needs_a_reason() -> None:
    with pytest.raises(ReasonMissing, match="se motive"):
        send_back(_started(), holder="chef", actor="chef", to=None, reason="", at=NOON)


def test_nothing_more_is_given_once_complete() -> None:
    passage = _started()
    for holder in ("chef", "bob", "dga2", "dga1", "cabinet"):
        passage = _give(passage, holder)

    with pytest.raises(NotRunning, match="a terminé son circuit"):
        _give(passage, "cabinet")


def test_a_matter_that_follows_its_circuit_is_not_resumed() -> None:
    with pytest.raises(NotRunning):
        resume(_started(), at=NOON)


def test_required_visas_are_listed_given_stale_awaited_or_missing() -> None:
    passage = _give(_give(_started(amount=100_000), "chef", "v1"), "ana", "v2")

    status = required_status(passage, version="v2")

    assert {line.role: line.state for line in status} == {
        "chef": "stale",
        "finances": "given",
        "dga": "awaited",
        "cabinet": "missing",
    }
    assert [visa.holder for visa in stale(passage, version="v2")] == ["chef"]
    assert [line.why for line in status if line.role == "finances"] == ["Montant supérieur à 90 000 €."]


def test_the_deadline_counts_working_days_from_the_entry_in_the_station() -> None:
    passage = _started()

    limit = deadline(passage, working=lambda day: day.weekday() < 5)

    assert limit is not None
    assert limit.isoformat() == "2026-06-22"
    assert not overdue(passage, on=limit, working=lambda day: day.weekday() < 5)
    assert overdue(passage, on=limit + timedelta(days=1), working=lambda day: day.weekday() < 5)


def test_a_station_without_delay_is_never_late() -> None:
    passage = _give(_started(), "chef", hours=3)

    assert deadline(passage, working=lambda day: True) is None
    assert not overdue(passage, on=NOON.date() + timedelta(days=900), working=lambda day: True)
    assert entered_at(passage) == NOON + timedelta(hours=3)


def test_no_day_given_is_the_day_itself() -> None:
    assert due_on(NOON.date(), 0, working=lambda day: False) == NOON.date()
