"""Ordering the signature of the bytes that were read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.accounts.models import Delegation, Seat
from hemicycle.chain.signing.actions.order_signature import ActHasChanged, order_signature
from hemicycle.chain.signing.authority import AlreadyOrdered, NotTheSignatory
from hemicycle.chain.signing.models import Act, Publicity
from hemicycle.dossier import journal, outbox
from hemicycle.dossier.models import Errand
from hemicycle.dossier.refusals import MoveNotAllowed
from hemicycle.dossier.stages import Stage
from tests.cast import NOON, Cast
from tests.factories import a_delegation, a_dossier
from tests.signed_acts import a_delegation_of_signature, an_act_by_delegation, an_act_of_two, an_act_to_sign

NothingWritten = Callable[[], AbstractContextManager[None]]


def test_the_president_orders_the_signature_of_what_was_read(cast: Cast) -> None:
    dossier, act = an_act_to_sign(cast)

    order_signature(dossier_id=dossier.id, sha256_read=act.frozen.sha256, agent=cast.president, at=NOON)

    act.refresh_from_db()
    dossier.refresh_from_db()
    assert (act.state, act.ordered_by, act.ordered_at) == (Act.State.ORDERED, cast.president, NOON)
    assert dossier.stage == Stage.TO_SIGN
    (entry,) = journal.of(dossier)
    assert entry.event == "signing.signature_ordered"
    assert entry.sealed["facts"]["capacity"] == "Le Président du conseil départemental"


def test_a_delegate_orders_in_their_own_name_what_is_drawn_up_for_them(cast: Cast) -> None:
    dossier, act, delegate = an_act_by_delegation(cast)

    order_signature(dossier_id=dossier.id, sha256_read=act.frozen.sha256, agent=delegate, at=NOON)

    entry = journal.of(dossier)[-1]
    assert entry.sealed["actor"]["name"] == delegate.full_name
    assert entry.sealed["on_behalf_of"]["name"] == "Jean Valmorin"
    assert entry.sealed["facts"]["capacity"].startswith("Pour le Président et par délégation, La Vice-présidente")


def test_the_holder_of_a_delegation_does_not_order_the_president_s_own_signature(
    cast: Cast, nothing_written: NothingWritten
) -> None:
    dossier, act = an_act_to_sign(cast)
    a_delegation_of_signature(cast)

    with pytest.raises(NotTheSignatory, match="établi à son nom"), nothing_written():
        order_signature(dossier_id=dossier.id, sha256_read=act.frozen.sha256, agent=cast.members[1].agent, at=NOON)


@pytest.mark.parametrize("who", ["clerk", "chief_executive", "courier", "outsider"])
def test_nobody_else_orders_it(cast: Cast, who: str, nothing_written: NothingWritten) -> None:
    dossier, act = an_act_to_sign(cast)
    a_delegation(cast.president, getattr(cast, who), scope="visa")

    with pytest.raises(NotTheSignatory), nothing_written():
        order_signature(dossier_id=dossier.id, sha256_read=act.frozen.sha256, agent=getattr(cast, who), at=NOON)


def test_a_delegation_that_has_ended_gives_no_right(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, act, delegate = an_act_by_delegation(cast)
    Delegation.objects.filter(scope="signature").update(valid_to=NOON.date() - dt.timedelta(days=1))

    with pytest.raises(NotTheSignatory, match="n’est pas en vigueur"), nothing_written():
        order_signature(dossier_id=dossier.id, sha256_read=act.frozen.sha256, agent=delegate, at=NOON)


@pytest.mark.parametrize("missing", ["transmitted_on", "published_on"])
def test_a_delegation_neither_published_nor_transmitted_gives_no_right(
    cast: Cast, missing: str, nothing_written: NothingWritten
) -> None:
    dossier, act, delegate = an_act_by_delegation(cast)
    Publicity.objects.update(**{missing: None})

    with pytest.raises(NotTheSignatory, match="L3131-1"), nothing_written():
        order_signature(dossier_id=dossier.id, sha256_read=act.frozen.sha256, agent=delegate, at=NOON)


def test_a_delegation_falls_with_the_president_who_gave_it(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, act, delegate = an_act_by_delegation(cast)
    Seat.objects.filter(office=Seat.Office.PRESIDENT).update(office=Seat.Office.MEMBER)

    with pytest.raises(NotTheSignatory, match="Jean Valmorin n’a plus autorité"), nothing_written():
        order_signature(dossier_id=dossier.id, sha256_read=act.frozen.sha256, agent=delegate, at=NOON)


def test_a_signatory_whose_mandate_has_ended_signs_no_more(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, act = an_act_to_sign(cast)
    cast.signatory.valid_to = NOON.date() - dt.timedelta(days=1)
    cast.signatory.save()

    with pytest.raises(NotTheSignatory, match="n’a plus autorité"), nothing_written():
        order_signature(dossier_id=dossier.id, sha256_read=act.frozen.sha256, agent=cast.president, at=NOON)


def test_a_past_president_signs_no_more(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, act = an_act_to_sign(cast)
    Seat.objects.filter(office=Seat.Office.PRESIDENT).update(valid_to=NOON.date() - dt.timedelta(days=1))

    with pytest.raises(NotTheSignatory, match="n’a plus autorité"), nothing_written():
        order_signature(dossier_id=dossier.id, sha256_read=act.frozen.sha256, agent=cast.president, at=NOON)


def test_the_president_orders_nothing_before_the_secretary_has_signed(
    cast: Cast, nothing_written: NothingWritten
) -> None:
    dossier, act, _ = an_act_of_two(cast)

    with pytest.raises(NotTheSignatory), nothing_written():
        order_signature(dossier_id=dossier.id, sha256_read=act.frozen.sha256, agent=cast.president, at=NOON)


def test_other_bytes_than_those_read_are_not_signed(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = an_act_to_sign(cast)

    with pytest.raises(ActHasChanged), nothing_written():
        order_signature(dossier_id=dossier.id, sha256_read="0" * 64, agent=cast.president, at=NOON)


def test_an_order_is_given_once(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, act = an_act_to_sign(cast)
    order_signature(dossier_id=dossier.id, sha256_read=act.frozen.sha256, agent=cast.president, at=NOON)

    with pytest.raises(AlreadyOrdered), nothing_written():
        order_signature(dossier_id=dossier.id, sha256_read=act.frozen.sha256, agent=cast.president, at=NOON)


def test_an_order_that_could_not_be_carried_out_is_given_again(cast: Cast) -> None:
    dossier, act = an_act_to_sign(cast)
    order_signature(dossier_id=dossier.id, sha256_read=act.frozen.sha256, agent=cast.president, at=NOON)
    Errand.objects.update(carrier="sign")
    (task,) = outbox.take(now=NOON)
    outbox.give_up(task, error="Le certificat a expiré.", now=NOON)

    order_signature(dossier_id=dossier.id, sha256_read=act.frozen.sha256, agent=cast.president, at=NOON)

    assert [e.event for e in journal.of(dossier)] == ["signing.signature_ordered"] * 2


@pytest.mark.parametrize("stage", ["adopted", "signed"])
def test_only_an_act_that_waits_is_signed(cast: Cast, stage: str, nothing_written: NothingWritten) -> None:
    dossier = a_dossier(cast, **{stage: True})  # type: ignore[arg-type]

    with pytest.raises(MoveNotAllowed), nothing_written():
        order_signature(dossier_id=dossier.id, sha256_read="0" * 64, agent=cast.president, at=NOON)
