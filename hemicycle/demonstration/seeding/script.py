"""Everybody's moves in the order of time, whatever dossier they are about: the journal reads as it would have."""

from __future__ import annotations

import datetime as dt
import heapq
import itertools
from collections.abc import Callable

from django.db import transaction

Move = Callable[[dt.datetime], object]


class Script:
    """Moves to be played, each with its moment; a move may add later ones."""

    def __init__(self) -> None:
        self._moves: list[tuple[dt.datetime, int, bool, Move]] = []
        self._rank = itertools.count()

    def at(self, moment: dt.datetime, move: Move, *, couriers: bool = False) -> None:
        """Play `move(moment)` in its turn. `couriers`: it leaves the building, hence outside any transaction."""
        heapq.heappush(self._moves, (moment, next(self._rank), couriers, move))

    def play(self) -> None:
        """Play everything; what lies between two rounds of the couriers is written whole or not at all."""
        while self._moves:
            if self._couriers_next():
                self._one()
                continue
            with transaction.atomic():
                while self._moves and not self._couriers_next():
                    self._one()

    def _couriers_next(self) -> bool:
        return self._moves[0][2]

    def _one(self) -> None:
        moment, _, _, move = heapq.heappop(self._moves)
        move(moment)
