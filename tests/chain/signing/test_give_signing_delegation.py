"""Recording a delegation of signature."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from hemicycle.accounts.models import Seat
from hemicycle.chain.signing.actions.give_signing_delegation import DelegationRefused, give_signing_delegation
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, TODAY, Cast

NothingWritten = Callable[[], AbstractContextManager[None]]


def give(cast: Cast, **facts: Any) -> Any:
    said = {
        "holder_id": cast.members[1].agent.pk,
        "reference": "Arrêté 2026-41",
        "first_day": TODAY,
        "last_day": None,
        "agent": cast.clerk,
        "at": NOON,
    }
    return give_signing_delegation(**(said | facts))


def test_the_president_in_office_delegates_to_a_vice_president(cast: Cast) -> None:
    row = give(cast)

    assert (row.giver, row.holder, row.scope) == (cast.president, cast.members[1].agent, "signature")


@pytest.mark.parametrize(
    ("facts", "why"),
    [({"reference": " "}, "référence de l’arrêté"), ({"last_day": TODAY - dt.timedelta(days=1)}, "dernier jour")],
)
def test_what_no_arrete_could_say_is_refused(
    cast: Cast, facts: dict[str, Any], why: str, nothing_written: NothingWritten
) -> None:
    with pytest.raises(DelegationRefused, match=why), nothing_written():
        give(cast, **facts)


def test_the_president_delegates_to_another(cast: Cast, nothing_written: NothingWritten) -> None:
    with pytest.raises(DelegationRefused, match="sa propre signature"), nothing_written():
        give(cast, holder_id=cast.president.pk)


def test_nobody_delegates_while_the_seat_is_vacant(cast: Cast, nothing_written: NothingWritten) -> None:
    Seat.objects.filter(office=Seat.Office.PRESIDENT).update(office=Seat.Office.MEMBER)

    with pytest.raises(DelegationRefused, match="Aucun président"), nothing_written():
        give(cast)


def test_a_drafter_records_no_delegation(cast: Cast, nothing_written: NothingWritten) -> None:
    with pytest.raises(NotEntitled), nothing_written():
        give(cast, agent=cast.drafter)
