"""What is read of the acts."""

from __future__ import annotations

import datetime as dt

import pytest

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.signing import queries
from hemicycle.chain.signing.actions.order_signature import order_signature
from hemicycle.chain.signing.actions.record_signature import record_signature
from hemicycle.dossier import outbox
from hemicycle.dossier.models import Errand
from tests.cast import NOON, TODAY, Cast
from tests.factories import DELIBERATION, a_circuit, a_dossier
from tests.signed_acts import (
    a_pdf,
    a_signed_pdf,
    an_act_by_delegation,
    an_act_of_two,
    an_act_to_sign,
    signed_by_the_secretary,
)


def test_the_pile_shows_the_act_its_text_and_the_digest_to_order(cast: Cast) -> None:
    dossier, act = an_act_to_sign(cast)

    (found,) = queries.to_sign(cast.president, on=TODAY)

    assert (found.dossier, found.sha256, found.text) == (dossier, act.frozen.sha256, DELIBERATION)
    assert found.awaited
    assert found.on_behalf_of is None


def test_a_delegate_sees_what_is_drawn_up_for_them_in_the_president_s_stead(cast: Cast) -> None:
    _, _, delegate = an_act_by_delegation(cast)

    (found,) = queries.to_sign(delegate, on=TODAY)

    assert found.on_behalf_of == cast.president
    assert queries.to_sign(cast.president, on=TODAY) == []


def test_the_second_signatory_signs_the_file_of_the_first(cast: Cast) -> None:
    dossier, _, secretary = an_act_of_two(cast)
    before = queries.to_sign(cast.president, on=TODAY)

    signed_by_the_secretary(cast, dossier, secretary)

    (found,) = queries.to_sign(cast.president, on=TODAY)
    assert before == []
    assert found.sha256 == found.signatures[0].signed.sha256 != found.act.frozen.sha256  # type: ignore[union-attr]
    assert queries.to_sign(secretary, on=TODAY) == []


def test_a_gesture_is_followed_until_its_last_signature(cast: Cast) -> None:
    for _ in range(2):
        dossier, act = an_act_to_sign(cast)
        order_signature(dossier_id=dossier.id, sha256_read=act.frozen.sha256, agent=cast.president, at=NOON)
    record_signature(dossier_id=dossier.id, signed=a_signed_pdf(), agent=cast.courier, at=NOON)

    found = queries.last_gesture(cast.president, since=NOON)

    assert found is not None
    assert (found.ordered, found.signed, found.failed, found.under_way) == (2, 1, 0, 1)
    assert queries.last_gesture(cast.president, since=NOON + dt.timedelta(hours=1)) is None


def test_the_signatory_sees_what_holds_an_order_up(cast: Cast) -> None:
    dossier, act = an_act_to_sign(cast)
    order_signature(dossier_id=dossier.id, sha256_read=act.frozen.sha256, agent=cast.president, at=NOON)
    Errand.objects.update(carrier="sign")
    (task,) = outbox.take(now=NOON)
    outbox.later(task, due_at=NOON, error="Le service d’horodatage ne répond pas.")

    (found,) = queries.to_sign(cast.president, on=TODAY)

    assert (found.delay, found.trouble) == ("Le service d’horodatage ne répond pas.", "")
    assert not found.awaited


@pytest.mark.parametrize("who", ["clerk", "drafter", "outsider"])
def test_others_have_nothing_to_sign(cast: Cast, who: str) -> None:
    an_act_to_sign(cast)
    agent: Agent = getattr(cast, who)

    assert queries.to_sign(agent, on=TODAY) == []


def test_the_signatory_sees_why_an_order_was_not_carried_out(cast: Cast) -> None:
    dossier, act = an_act_to_sign(cast)
    order_signature(dossier_id=dossier.id, sha256_read=act.frozen.sha256, agent=cast.president, at=NOON)
    Errand.objects.update(carrier="sign")
    (task,) = outbox.take(now=NOON)
    outbox.give_up(task, error="Le certificat a expiré le 1er novembre.", now=NOON)

    (found,) = queries.to_sign(cast.president, on=TODAY)

    assert found.trouble == "Le certificat a expiré le 1er novembre."
    assert found.awaited


def test_an_order_being_carried_awaits_nothing_more(cast: Cast) -> None:
    an_act_to_sign(cast, ordered=True)

    (found,) = queries.to_sign(cast.president, on=TODAY)

    assert not found.awaited


def test_a_signed_act_leaves_the_pile(cast: Cast) -> None:
    a_dossier(cast, signed=True)

    assert queries.to_sign(cast.president, on=TODAY) == []


def test_the_courier_receives_the_frozen_bytes_and_the_name_of_the_key(cast: Cast) -> None:
    dossier, act = an_act_to_sign(cast, ordered=True)

    order = queries.signing_bytes(dossier.id)

    assert (order.frozen, order.key_name, order.to_carry) == (a_pdf(), "president", True)
    assert act.number in order.reason


def test_the_register_shows_only_what_the_reader_may_read(cast: Cast) -> None:
    a_dossier(cast, signed=True, object="Subvention au club")
    other = a_dossier(
        cast,
        signed=True,
        circuit=a_circuit(Role.LEGAL),
        object="Achat de livres",
        unit=cast.other_service,
        drafter=cast.neighbour,
    )

    assert [a.dossier for a in queries.acts(cast.neighbour, on=TODAY)] == [other]
    assert queries.acts(cast.clerk, on=TODAY).count() == 2
    assert [a.dossier for a in queries.acts(cast.clerk, on=TODAY, words="livres")] == [other]
    assert queries.acts(cast.clerk, on=TODAY, year=2020).count() == 0


def test_a_dossier_without_act_has_none(cast: Cast) -> None:
    assert queries.act_of(a_dossier(cast, adopted=True)) is None
