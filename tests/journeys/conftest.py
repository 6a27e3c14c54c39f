"""The journeys of the corpus, for the tests that read what they left."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys import playing
from tests.journeys.playing import SPORT, VOIRIE, Played


@pytest.fixture(scope="session")
def journeys(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Played]:
    found = playing.played(shared, tmp_path_factory)
    for journey in found.values():
        if journey.code:
            pytest.fail(f"{journey.affair} did not end archived: {journey.complaint or journey.told[-500:]}")
    return found


@pytest.fixture(params=[VOIRIE, SPORT])
def journey(request: pytest.FixtureRequest, journeys: dict[str, Played]) -> Played:
    """Each affair in turn."""
    return journeys[request.param]


@pytest.fixture
def voirie(journeys: dict[str, Played]) -> Played:
    """The council, whose tie the president carries."""
    return journeys[VOIRIE]


@pytest.fixture
def sport(journeys: dict[str, Played]) -> Played:
    """The standing committee, whose legal service asks for a correction."""
    return journeys[SPORT]
