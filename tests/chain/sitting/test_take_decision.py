"""The president takes an act that goes to no assembly."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.accounts.models import Seat
from hemicycle.chain.circuit.models import Visa
from hemicycle.chain.sitting.actions.put_on_agenda import AgendaRefused, put_on_agenda
from hemicycle.chain.sitting.actions.take_decision import NeedsVote, NotTaken, take_decision
from hemicycle.dossier import journal
from hemicycle.dossier.models import Dossier, Nature, RegisterLine
from hemicycle.dossier.refusals import MoveNotAllowed, NotEntitled
from hemicycle.dossier.stages import Stage
from tests.cast import NOON, TODAY, Cast
from tests.factories import a_dossier, a_sitting

pytestmark = pytest.mark.django_db
NothingWritten = Callable[[], AbstractContextManager[None]]


def an_arrete(cast: Cast, nature: Nature = Nature.REGULATORY, **traits: bool) -> Dossier:
    return a_dossier(cast, nature=nature, body="", **(traits or {"ready": True}))


@pytest.mark.parametrize("who", ["clerk", "president"])
def test_the_act_is_numbered_in_its_register_and_waits_to_be_drawn_up(cast: Cast, who: str) -> None:
    dossier = an_arrete(cast)

    take_decision(dossier_id=dossier.id, agent=getattr(cast, who), at=NOON)

    dossier.refresh_from_db()
    line = RegisterLine.objects.select_related("register").get(dossier=dossier)
    assert (dossier.stage, dossier.act_number) == (Stage.ADOPTED, "AR-2026-0001")
    assert (line.register.name, line.decided_on) == ("AR", TODAY)
    (entry,) = journal.of(dossier)
    assert entry.sealed["facts"] == {"number": "AR-2026-0001", "kind": "arrêté", "version": 1}


def test_a_decision_has_its_own_register(cast: Cast) -> None:
    dossier = an_arrete(cast, Nature.DECISION)

    take_decision(dossier_id=dossier.id, agent=cast.clerk, at=NOON)

    dossier.refresh_from_db()
    assert dossier.act_number == "DP-2026-0001"


def test_its_embargo_ends(cast: Cast) -> None:
    dossier = an_arrete(cast)
    Dossier.objects.filter(id=dossier.id).update(embargo=True)

    take_decision(dossier_id=dossier.id, agent=cast.clerk, at=NOON)

    dossier.refresh_from_db()
    assert not dossier.embargo
    assert [entry.event for entry in journal.of(dossier)] == ["sitting.decision_taken", "circuit.embargo_lifted"]


def test_a_deliberation_is_voted_never_taken(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = a_dossier(cast, ready=True)

    with pytest.raises(NeedsVote, match="il se vote"), nothing_written():
        take_decision(dossier_id=dossier.id, agent=cast.president, at=NOON)


@pytest.mark.parametrize(
    ("nature", "said"),
    [(Nature.REGULATORY, "projet d’arrêté réglementaire"), (Nature.DECISION, "projet de décision du président")],
)
def test_an_act_of_the_president_is_on_no_agenda(
    cast: Cast, nothing_written: NothingWritten, nature: Nature, said: str
) -> None:
    dossier, sitting = an_arrete(cast, nature), a_sitting(cast)

    with pytest.raises(AgendaRefused, match=said), nothing_written():
        put_on_agenda(sitting_id=sitting.id, dossier_id=dossier.id, agent=cast.clerk, at=NOON)


def test_not_before_every_visa(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = an_arrete(cast, in_circuit=True)

    with pytest.raises((NotTaken, MoveNotAllowed)), nothing_written():
        take_decision(dossier_id=dossier.id, agent=cast.clerk, at=NOON)


def test_not_twice(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = an_arrete(cast)
    take_decision(dossier_id=dossier.id, agent=cast.clerk, at=NOON)

    with pytest.raises(MoveNotAllowed, match="est « pris »"), nothing_written():
        take_decision(dossier_id=dossier.id, agent=cast.clerk, at=NOON)


def test_not_without_a_president(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = an_arrete(cast)
    Seat.objects.filter(office="president").delete()

    with pytest.raises(NotTaken, match="Aucun président"), nothing_written():
        take_decision(dossier_id=dossier.id, agent=cast.clerk, at=NOON)


@pytest.mark.parametrize("who", ["drafter", "cabinet", "chief_executive", "courier", "outsider"])
def test_nobody_else_takes_it(cast: Cast, nothing_written: NothingWritten, who: str) -> None:
    dossier = an_arrete(cast)

    with pytest.raises(NotEntitled), nothing_written():
        take_decision(dossier_id=dossier.id, agent=getattr(cast, who), at=NOON)
    assert Visa.objects.filter(step__run__dossier=dossier).exists()
