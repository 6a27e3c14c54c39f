"""A number that will not be used stays in its register, struck with its reason."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.registers.actions.cancel_number import ReasonMissing, SignatureUnderWay, cancel_number
from hemicycle.chain.signing.models import Act
from hemicycle.dossier import journal, register
from hemicycle.dossier.models import RegisterLine
from hemicycle.dossier.refusals import MoveNotAllowed, NotEntitled
from hemicycle.dossier.stages import Stage
from tests.cast import NOON, TODAY, Cast
from tests.factories import a_dossier

pytestmark = pytest.mark.django_db
NothingWritten = Callable[[], AbstractContextManager[None]]
WHY = "Le vote est repris à la séance suivante : le rapport présentait un mauvais montant."


@pytest.mark.parametrize("trait", ["adopted", "to_sign"])
def test_the_number_is_struck_and_the_dossier_leaves_the_chain(cast: Cast, trait: str) -> None:
    dossier = a_dossier(cast, **{trait: True})

    line = cancel_number(dossier_id=dossier.id, reason=WHY, agent=cast.clerk, at=NOON)

    dossier.refresh_from_db()
    assert (line.act_number, line.cancelled_reason, line.cancelled_at) == (dossier.act_number, WHY, NOON)
    assert dossier.stage == Stage.WITHDRAWN
    (entry,) = journal.of(dossier)
    assert entry.event == "registers.number_cancelled"
    assert entry.sealed["facts"] == {"number": dossier.act_number, "reason": WHY}


def test_the_number_is_never_given_again(cast: Cast) -> None:
    dossier, other = a_dossier(cast, adopted=True), a_dossier(cast)
    cancel_number(dossier_id=dossier.id, reason=WHY, agent=cast.clerk, at=NOON)

    register.number_act(other, on=TODAY, at=NOON)

    numbers = RegisterLine.objects.order_by("number").values_list("number", "cancelled_reason")
    assert list(numbers) == [(1, WHY), (2, "")]


def test_an_act_that_waited_for_its_signatory_waits_no_more(cast: Cast) -> None:
    dossier = a_dossier(cast, to_sign=True)

    cancel_number(dossier_id=dossier.id, reason=WHY, agent=cast.clerk, at=NOON)

    act = Act.objects.get(dossier=dossier)
    assert (act.state, act.refusal_reason) == (Act.State.REFUSED, WHY)


def test_an_act_that_the_prefecture_refused_for_good_may_be_cancelled(cast: Cast) -> None:
    dossier = a_dossier(cast, signed=True)
    dossier.stage = Stage.REFUSED_BY_PREFECTURE
    dossier.save()

    cancel_number(dossier_id=dossier.id, reason=WHY, agent=cast.clerk, at=NOON)

    assert Act.objects.get(dossier=dossier).state == Act.State.SIGNED


def test_not_while_the_signature_is_being_made(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = a_dossier(cast, to_sign=True)
    Act.objects.filter(dossier=dossier).update(state=Act.State.ORDERED)

    with pytest.raises(SignatureUnderWay), nothing_written():
        cancel_number(dossier_id=dossier.id, reason=WHY, agent=cast.clerk, at=NOON)


@pytest.mark.parametrize("trait", ["signed", "transmitted", "acknowledged", "published", "archived"])
def test_a_signed_act_keeps_its_number(cast: Cast, nothing_written: NothingWritten, trait: str) -> None:
    dossier = a_dossier(cast, **{trait: True})

    with pytest.raises(MoveNotAllowed, match="numéro annulé"), nothing_written():
        cancel_number(dossier_id=dossier.id, reason=WHY, agent=cast.clerk, at=NOON)


def test_a_dossier_without_number_has_none_to_cancel(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = a_dossier(cast, ready=True)

    with pytest.raises(MoveNotAllowed, match="n’a pas de numéro"), nothing_written():
        cancel_number(dossier_id=dossier.id, reason=WHY, agent=cast.clerk, at=NOON)


def test_the_reason_is_needed(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = a_dossier(cast, adopted=True)

    with pytest.raises(ReasonMissing), nothing_written():
        cancel_number(dossier_id=dossier.id, reason=" \n", agent=cast.clerk, at=NOON)


@pytest.mark.parametrize("who", ["drafter", "president", "cabinet", "administrator", "outsider"])
def test_only_the_service_des_assemblees_cancels(cast: Cast, nothing_written: NothingWritten, who: str) -> None:
    dossier = a_dossier(cast, adopted=True)

    with pytest.raises(NotEntitled), nothing_written():
        cancel_number(dossier_id=dossier.id, reason=WHY, agent=getattr(cast, who), at=NOON)
