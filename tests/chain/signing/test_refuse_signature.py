"""Refusing to sign."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.signing.actions.refuse_signature import ReasonMissing, refuse_signature
from hemicycle.chain.signing.authority import AlreadyOrdered, NotTheSignatory
from hemicycle.chain.signing.models import Act
from hemicycle.dossier import journal
from hemicycle.dossier.refusals import MoveNotAllowed
from hemicycle.dossier.stages import Stage
from tests.cast import NOON, Cast
from tests.factories import a_dossier
from tests.signed_acts import an_act_to_sign

NothingWritten = Callable[[], AbstractContextManager[None]]


def test_the_refused_act_goes_back_with_its_reason_and_keeps_its_number(cast: Cast) -> None:
    dossier, act = an_act_to_sign(cast)

    refuse_signature(dossier_id=dossier.id, reason="Le nom du  club est faux.", agent=cast.president, at=NOON)

    act.refresh_from_db()
    dossier.refresh_from_db()
    assert (act.state, act.refusal_reason) == (Act.State.REFUSED, "Le nom du club est faux.")
    assert (dossier.stage, dossier.act_number) == (Stage.ADOPTED, act.number)
    (entry,) = journal.of(dossier)
    assert entry.sealed["facts"] == {"number": act.number, "reason": "Le nom du club est faux."}


def test_the_clerk_does_not_refuse_for_the_president(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = an_act_to_sign(cast)

    with pytest.raises(NotTheSignatory), nothing_written():
        refuse_signature(dossier_id=dossier.id, reason="Non.", agent=cast.clerk, at=NOON)


def test_a_refusal_says_why(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = an_act_to_sign(cast)

    with pytest.raises(ReasonMissing), nothing_written():
        refuse_signature(dossier_id=dossier.id, reason="  ", agent=cast.president, at=NOON)


def test_a_signature_being_made_is_not_refused(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = an_act_to_sign(cast, ordered=True)

    with pytest.raises(AlreadyOrdered), nothing_written():
        refuse_signature(dossier_id=dossier.id, reason="Trop tard.", agent=cast.president, at=NOON)


def test_a_signed_act_is_not_refused(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = a_dossier(cast, signed=True)

    with pytest.raises(MoveNotAllowed), nothing_written():
        refuse_signature(dossier_id=dossier.id, reason="Trop tard.", agent=cast.president, at=NOON)
