"""Asking that a proof be prolonged."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.signing.actions.ask_prolonging import AlreadyAsked, NothingToProlong, ask_prolonging
from hemicycle.dossier import journal
from hemicycle.dossier.models import Errand
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.signed_acts import an_act_proven, an_act_to_sign

NothingWritten = Callable[[], AbstractContextManager[None]]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["clerk", "administrator"])
def test_it_is_asked_once_and_a_courier_does_it(cast: Cast, nothing_written: NothingWritten, who: str) -> None:
    act = an_act_proven(cast)

    proof = ask_prolonging(dossier_id=act.dossier_id, agent=getattr(cast, who), at=NOON)

    assert proof.asked_at == NOON
    assert journal.of(act.dossier)[-1].event == "signing.prolonging_asked"
    with pytest.raises(AlreadyAsked), nothing_written():
        ask_prolonging(dossier_id=act.dossier_id, agent=cast.clerk, at=NOON)


def test_what_was_given_up_is_asked_again(cast: Cast) -> None:
    act = an_act_proven(cast)
    ask_prolonging(dossier_id=act.dossier_id, agent=cast.clerk, at=NOON)
    Errand.objects.filter(entry__event="signing.prolonging_asked").update(
        carrier="prolong_proof", state="failed", last_error="Refusé."
    )

    proof = ask_prolonging(dossier_id=act.dossier_id, agent=cast.clerk, at=NOON)

    assert proof.asked_at == NOON


def test_an_act_not_signed_has_nothing_to_prolong(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = an_act_to_sign(cast)

    with pytest.raises(NothingToProlong), nothing_written():
        ask_prolonging(dossier_id=dossier.id, agent=cast.clerk, at=NOON)


def test_a_signatory_does_not_prolong(cast: Cast, nothing_written: NothingWritten) -> None:
    act = an_act_proven(cast)

    with pytest.raises(NotEntitled), nothing_written():
        ask_prolonging(dossier_id=act.dossier_id, agent=cast.president, at=NOON)
