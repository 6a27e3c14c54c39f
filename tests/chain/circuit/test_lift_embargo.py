"""Lifting an embargo."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.circuit.actions.lift_embargo import NoEmbargo, lift_embargo
from hemicycle.dossier import access
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, TODAY, Cast
from tests.chain import told
from tests.factories import a_dossier

pytestmark = pytest.mark.django_db


def test_everyone_reads_again_who_may(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True, embargo=True)
    assert not access.may_read(cast.director, dossier, on=TODAY)

    lift_embargo(dossier_id=dossier.id, agent=cast.cabinet, at=NOON)

    assert access.may_read(cast.director, dossier, on=TODAY)
    assert told.by(cast.cabinet, "cabinet", "circuit.embargo_lifted")
    assert told.last()["facts"] == {"why": ""}


@pytest.mark.parametrize("who", ["drafter", "clerk", "president", "director"])
def test_the_cabinet_alone_lifts_it(cast: Cast, who: str, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True, embargo=True)

    with pytest.raises(NotEntitled), nothing_written():
        lift_embargo(dossier_id=dossier.id, agent=getattr(cast, who), at=NOON)


def test_there_is_one_to_lift(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, ready=True)

    with pytest.raises(NoEmbargo), nothing_written():
        lift_embargo(dossier_id=dossier.id, agent=cast.cabinet, at=NOON)
