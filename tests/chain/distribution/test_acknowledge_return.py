"""Taking note of the act come back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.distribution.actions.acknowledge_return import NotReturned, acknowledge_return
from hemicycle.chain.distribution.actions.return_to_direction import return_to_direction
from hemicycle.chain.distribution.models import Return
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain import told
from tests.factories import a_dossier

NothingWritten = Callable[[], AbstractContextManager[None]]


def returned(cast: Cast) -> Dossier:
    dossier = a_dossier(cast, acknowledged=True)
    return_to_direction(dossier_id=dossier.id, agent=cast.courier, at=NOON)
    return dossier


@pytest.mark.parametrize(
    ("who", "role"),
    [
        ("drafter", "drafter"),
        ("colleague", "drafter"),
        ("head_of_service", "head_of_service"),
        ("director", "director"),
    ],
)
def test_someone_of_the_direction_has_seen_it(cast: Cast, who: str, role: str) -> None:
    dossier = returned(cast)
    agent = getattr(cast, who)

    acknowledge_return(dossier_id=dossier.id, agent=agent, at=NOON)

    found = Return.objects.get(dossier=dossier)
    assert (found.seen_at, found.seen_by) == (NOON, agent)
    assert told.by(agent, role, "distribution.return_seen")


def test_the_first_sight_is_the_one_dated(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = returned(cast)
    acknowledge_return(dossier_id=dossier.id, agent=cast.drafter, at=NOON)

    with nothing_written():
        acknowledge_return(dossier_id=dossier.id, agent=cast.director, at=NOON)


@pytest.mark.parametrize("who", ["neighbour", "clerk", "outsider"])
def test_others_take_no_note(cast: Cast, who: str, nothing_written: NothingWritten) -> None:
    dossier = returned(cast)

    with pytest.raises(NotEntitled, match="Direction des sports"), nothing_written():
        acknowledge_return(dossier_id=dossier.id, agent=getattr(cast, who), at=NOON)


def test_what_has_not_come_back_is_not_seen(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = a_dossier(cast, acknowledged=True)

    with pytest.raises(NotReturned), nothing_written():
        acknowledge_return(dossier_id=dossier.id, agent=cast.drafter, at=NOON)
