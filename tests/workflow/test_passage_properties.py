"""What no walk through a circuit can ever break."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.workflow.circuit import WorkflowRefused
from hemicycle.workflow.passage import Passage, awaited, complete, current, may_act, settled
from tests.workflow.walks import PEOPLE, gestures, passages, play

WALKS = st.lists(gestures(), max_size=40)


def _walk(passage: Passage, walk: list[tuple[str, str, int]]) -> list[Passage]:
    states = [passage]
    for gesture in walk:
        try:
            states.append(play(states[-1], gesture))
        except WorkflowRefused as refusal:
            assert str(refusal).endswith(".")
    return states


@settings(deadline=None)
@given(passage=passages(), walk=WALKS)
def test_no_passage_completes_with_a_required_visa_missing(passage: Passage, walk: list[tuple[str, str, int]]) -> None:
    for state in _walk(passage, walk):
        given_roles = {state.stations[visa.station].step.role for visa in state.visas}
        missing = [required for required in state.required if required.role not in given_roles]
        assert not (complete(state) and missing)


@settings(deadline=None)
@given(passage=passages(), walk=WALKS)
def test_no_station_is_reached_before_those_that_precede_it(passage: Passage, walk: list[tuple[str, str, int]]) -> None:
    for state in _walk(passage, walk):
        for visa in state.visas:
            assert all(settled(state, rank) for rank in range(visa.station))


@settings(deadline=None)
@given(passage=passages(), walk=WALKS)
def test_a_station_of_all_needs_every_holder(passage: Passage, walk: list[tuple[str, str, int]]) -> None:
    for state in _walk(passage, walk):
        passed = {step.station for step in state.passed_over}
        for rank, station in enumerate(state.stations):
            given_by = {visa.holder for visa in state.visas if visa.station == rank}
            if station.step.kind == "all_of" and settled(state, rank) and rank not in passed:
                assert given_by == set(station.holders)


@settings(deadline=None)
@given(passage=passages(), walk=WALKS)
def test_a_visa_is_only_ever_given_by_somebody_awaited(passage: Passage, walk: list[tuple[str, str, int]]) -> None:
    for state in _walk(passage, walk):
        for visa in state.visas:
            assert visa.holder in state.stations[visa.station].holders
        given_pairs = [(visa.station, visa.holder) for visa in state.visas]
        assert len(given_pairs) == len(set(given_pairs))


@settings(deadline=None)
@given(passage=passages(), walk=WALKS)
def test_an_unfinished_passage_always_awaits_somebody(passage: Passage, walk: list[tuple[str, str, int]]) -> None:
    for state in _walk(passage, walk):
        if complete(state) or state.with_drafter:
            assert current(state) is None
            assert not any(may_act(state, person) for person in PEOPLE)
        else:
            assert awaited(state)


@settings(deadline=None)
@given(passage=passages(), walk=WALKS)
def test_nothing_given_is_ever_forgotten(passage: Passage, walk: list[tuple[str, str, int]]) -> None:
    states = _walk(passage, walk)

    kept = [len(state.visas) + len(state.passed_over) + len(state.undone) for state in states]

    assert kept == sorted(kept)


@settings(deadline=None)
@given(passage=passages(), walk=WALKS)
def test_whatever_happened_everybody_awaited_can_still_bring_it_to_its_end(
    passage: Passage, walk: list[tuple[str, str, int]]
) -> None:
    state = _walk(passage, walk)[-1]
    if state.with_drafter:
        state = play(state, ("resume", "ana", 0))

    while awaited(state):
        state = play(state, ("give", awaited(state)[0], 0))

    assert complete(state)
    given_roles = {state.stations[visa.station].step.role for visa in state.visas}
    assert {required.role for required in state.required} <= given_roles
