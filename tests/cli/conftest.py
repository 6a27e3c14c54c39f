"""The journeys of the corpus, whose artefacts the commands read."""

from __future__ import annotations

from tests.journeys.conftest import journey, journeys, sport, voirie

__all__ = ["journey", "journeys", "sport", "voirie"]
