"""The table of what follows each event speaks of events that can happen."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import hemicycle.chain
from hemicycle.couriers.itinerary import ITINERARY


def events_of_the_chain() -> set[str]:
    rooms = [file.parent.name for file in Path(hemicycle.chain.__path__[0]).glob("*/events.py")]
    modules = [import_module(f"hemicycle.chain.{room}.events") for room in rooms]
    return {
        one.name
        for module in modules
        for one in vars(module).values()
        if isinstance(one, type) and hasattr(one, "name")
    }


def test_every_event_that_has_a_consequence_is_an_event_of_some_room() -> None:
    known = events_of_the_chain()

    assert set(ITINERARY) - known == set()
    assert len(known) > len(ITINERARY)
