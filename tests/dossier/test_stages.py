"""The one table of moves."""

from __future__ import annotations

import pytest

from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import MoveNotAllowed
from hemicycle.dossier.stages import MOVES, Move, Stage
from tests.cast import NOON, Cast
from tests.factories import a_dossier

#: Where a dossier's journey may end.
ENDS = {Stage.ARCHIVED, Stage.REJECTED, Stage.WITHDRAWN}
#: The one thing that may still happen to an act in the archive: the préfecture cancels its transmission.
AFTER_THE_ARCHIVE = {Move.TRANSMISSION_CANCELLED}


def test_every_move_has_its_line() -> None:
    assert set(MOVES) == set(Move)


def test_every_stage_is_reached_from_drafting() -> None:
    reached, grown = {Stage.DRAFTING}, True
    while grown:
        more = {p.target for p in MOVES.values() if reached & set(p.sources)} - reached
        reached |= more
        grown = bool(more)

    assert reached == set(Stage)


def test_only_the_ends_lead_nowhere() -> None:
    left = {source for move, p in MOVES.items() if move not in AFTER_THE_ARCHIVE for source in p.sources}

    assert set(Stage) - left == ENDS


def test_no_move_stays_in_place() -> None:
    assert [m for m, p in MOVES.items() if p.target in p.sources] == []


def test_the_labels_are_all_different() -> None:
    labels = [p.label for p in MOVES.values()]

    assert len(set(labels)) == len(labels)


@pytest.mark.django_db
def test_a_move_is_dated(cast: Cast) -> None:
    dossier = a_dossier(cast)

    dossier.move(Move.WITHDRAWN, at=NOON.replace(hour=15))

    kept = Dossier.objects.get(id=dossier.id)
    assert (kept.stage, kept.stage_since) == (Stage.WITHDRAWN, NOON.replace(hour=15))


@pytest.mark.django_db
@pytest.mark.parametrize("move", [m for m in Move if Stage.DRAFTING not in MOVES[m].sources])
def test_a_move_that_does_not_start_here_is_refused_with_a_sentence(cast: Cast, move: Move) -> None:
    dossier = a_dossier(cast)

    with pytest.raises(MoveNotAllowed, match=f"{dossier.number} est « en rédaction »"):
        dossier.move(move, at=NOON)

    assert Dossier.objects.get(id=dossier.id).stage == Stage.DRAFTING
