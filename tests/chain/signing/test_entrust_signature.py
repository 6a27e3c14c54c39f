"""Passing an act to a delegate, and back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.signing import drawing
from hemicycle.chain.signing.actions.draw_up_act import draw_up_act
from hemicycle.chain.signing.actions.entrust_signature import NothingChanges, entrust_signature
from hemicycle.chain.signing.authority import AlreadyOrdered
from hemicycle.chain.signing.delegations import DelegationNotUsable
from hemicycle.chain.signing.expected import NoSignatory, NotTheSignatory, Wanted
from hemicycle.chain.signing.models import Act, ExpectedSignature, Publicity
from hemicycle.chain.sitting.actions.take_decision import take_decision
from hemicycle.chain.sitting.models import Vote
from hemicycle.dossier import journal
from hemicycle.dossier.models import Nature
from hemicycle.dossier.refusals import MoveNotAllowed, NotEntitled
from hemicycle.dossier.stages import Stage
from tests.cast import NOON, Cast
from tests.factories import a_delegation, a_dossier
from tests.signed_acts import (
    a_delegation_of_signature,
    a_pdf,
    an_act_by_delegation,
    an_act_of_two,
    an_act_to_sign,
    signed_by_the_secretary,
)

NothingWritten = Callable[[], AbstractContextManager[None]]


@pytest.fixture(autouse=True)
def printed(monkeypatch: pytest.MonkeyPatch) -> list[Wanted]:
    """No typesetting: the signatures that were to be printed."""
    asked: list[Wanted] = []

    def set_it(_dossier: object, _ballot: object, signatures: list[Wanted], **_: object) -> bytes:
        asked[:] = signatures
        return a_pdf("au nom d’un autre")

    monkeypatch.setattr(drawing, "act_pdf", set_it)
    return asked


@pytest.mark.parametrize("who", ["president", "clerk"])
def test_the_act_is_drawn_up_again_for_the_delegate_under_its_number(
    cast: Cast, who: str, printed: list[Wanted]
) -> None:
    dossier, act = an_act_to_sign(cast)
    delegation = a_delegation_of_signature(cast)

    entrust_signature(dossier_id=dossier.id, delegation_id=delegation.pk, agent=getattr(cast, who), at=NOON)

    again = Act.objects.get(dossier=dossier)
    expected = again.signatures.get()
    assert (again.pk, again.number, again.state) == (act.pk, act.number, Act.State.TO_SIGN)
    assert again.frozen.sha256 != act.frozen.sha256
    assert (expected.signatory.agent, expected.absent) == (cast.members[1].agent, cast.president)
    assert again.signatory == expected.signatory
    assert [str(one) for one in printed] == [
        f"{cast.members[1].agent}, Pour le Président et par délégation, La Vice-présidente chargée des finances"
    ]
    assert journal.of(dossier)[-1].sealed["facts"]["reference"] == "Arrêté 2026-17"


def test_the_act_comes_back_to_the_president(cast: Cast) -> None:
    dossier, _, _ = an_act_by_delegation(cast)

    entrust_signature(dossier_id=dossier.id, delegation_id=None, agent=cast.clerk, at=NOON)

    expected = ExpectedSignature.objects.get(act__dossier=dossier)
    assert (expected.signatory, expected.delegation) == (cast.signatory, None)


def test_what_was_signed_on_the_former_bytes_is_asked_again(cast: Cast) -> None:
    dossier, _, secretary = an_act_of_two(cast)
    signed_by_the_secretary(cast, dossier, secretary)
    delegation = a_delegation_of_signature(cast)

    entrust_signature(dossier_id=dossier.id, delegation_id=delegation.pk, agent=cast.president, at=NOON)

    # Nothing was said of two signatures in the administration: the delegate's alone is asked now.
    assert [one.state for one in Act.objects.get(dossier=dossier).signatures.all()] == ["to_sign"]


def test_the_delegate_does_not_take_the_act_by_themselves(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = an_act_to_sign(cast)
    delegation = a_delegation_of_signature(cast)

    with pytest.raises(NotEntitled), nothing_written():
        entrust_signature(dossier_id=dossier.id, delegation_id=delegation.pk, agent=cast.members[1].agent, at=NOON)


def test_a_delegation_not_yet_executory_serves_nobody(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = an_act_to_sign(cast)
    delegation = a_delegation_of_signature(cast, executory=False)

    with pytest.raises(DelegationNotUsable, match="publiée et transmise à la préfecture"), nothing_written():
        entrust_signature(dossier_id=dossier.id, delegation_id=delegation.pk, agent=cast.clerk, at=NOON)


def test_a_delegate_who_took_no_part_in_the_vote_does_not_sign_it(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = an_act_to_sign(cast)
    delegation = a_delegation_of_signature(cast)
    Vote.objects.filter(member=cast.members[1]).update(value="no_part")

    with pytest.raises(DelegationNotUsable, match="L1111-6"), nothing_written():
        entrust_signature(dossier_id=dossier.id, delegation_id=delegation.pk, agent=cast.clerk, at=NOON)


def test_a_delegation_of_visas_is_none_of_signature(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = an_act_to_sign(cast)
    delegation = a_delegation(cast.president, cast.members[1].agent, scope="visa")

    with pytest.raises(NotTheSignatory, match="n’existe plus"), nothing_written():
        entrust_signature(dossier_id=dossier.id, delegation_id=delegation.pk, agent=cast.clerk, at=NOON)


def test_a_delegate_without_certificate_cannot_be_named(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = an_act_to_sign(cast)
    delegation = a_delegation(cast.president, cast.chief_executive, scope="signature")
    Publicity.objects.create(
        delegation=delegation, transmitted_on=delegation.valid_from, published_on=delegation.valid_from
    )

    with pytest.raises(NoSignatory, match="Diane Générale n’a pas de certificat"), nothing_written():
        entrust_signature(dossier_id=dossier.id, delegation_id=delegation.pk, agent=cast.clerk, at=NOON)


def test_an_act_taken_without_a_vote_is_passed_on_too(cast: Cast) -> None:
    dossier = a_dossier(cast, nature=Nature.REGULATORY, body="", ready=True)
    take_decision(dossier_id=dossier.id, agent=cast.clerk, at=NOON)
    draw_up_act(dossier_id=dossier.id, agent=cast.courier, at=NOON)
    delegation = a_delegation_of_signature(cast)

    act = entrust_signature(dossier_id=dossier.id, delegation_id=delegation.pk, agent=cast.president, at=NOON)

    assert act.number == "AR-2026-0001"
    assert act.signatures.get().signatory.agent == cast.members[1].agent


def test_an_act_already_in_that_name_is_left_alone(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = an_act_to_sign(cast)

    with pytest.raises(NothingChanges), nothing_written():
        entrust_signature(dossier_id=dossier.id, delegation_id=None, agent=cast.clerk, at=NOON)


def test_a_signature_being_made_is_not_passed_on(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = an_act_to_sign(cast, ordered=True)
    delegation = a_delegation_of_signature(cast)

    with pytest.raises(AlreadyOrdered), nothing_written():
        entrust_signature(dossier_id=dossier.id, delegation_id=delegation.pk, agent=cast.clerk, at=NOON)


def test_a_signed_act_is_not_passed_on(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = a_dossier(cast, signed=True)

    with pytest.raises(MoveNotAllowed), nothing_written():
        entrust_signature(dossier_id=dossier.id, delegation_id=None, agent=cast.clerk, at=NOON)

    dossier.refresh_from_db()
    assert dossier.stage == Stage.SIGNED
