"""Giving the opinion asked for."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.circuit.actions.ask_opinion import ask_opinion
from hemicycle.chain.circuit.actions.give_opinion import OpinionMissing, give_opinion
from hemicycle.chain.circuit.actions.give_visa import (
    NotYourTurn,
    OpinionAwaited,
    TextHasChanged,
    give_visa,
)
from hemicycle.chain.circuit.actions.send_back import send_back
from hemicycle.chain.circuit.models import Visa
from hemicycle.chain.circuit.queries import steps_of, waiting_at
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.stages import Stage
from tests.cast import NOON, Cast
from tests.chain import told
from tests.factories import a_delegation, a_dossier

pytestmark = pytest.mark.django_db


def asked(cast: Cast, *people: Any) -> Dossier:
    dossier = a_dossier(cast, in_circuit=True)
    for whom in people or (cast.outsider,):
        ask_opinion(
            dossier_id=dossier.id,
            agent=cast.head_of_service,
            version_read=1,
            whom_id=whom.id,
            question="Et le bail ?",
            at=NOON,
        )
    return dossier


def answer(dossier: Dossier, agent: Any, **given: Any) -> Visa:
    fields: dict[str, Any] = {"version_read": 1, "text": "Le bail le permet.", "at": NOON}
    return give_opinion(dossier_id=dossier.id, agent=agent, **(fields | given))


def test_the_dossier_goes_back_to_whoever_asked(cast: Cast) -> None:
    dossier = asked(cast)

    opinion = answer(dossier, cast.outsider)

    assert (opinion.kind, opinion.remark, opinion.version) == ("opinion", "Le bail le permet.", 1)
    assert [v.state for v in steps_of(dossier)] == ["given", "awaited", "missing", "missing"]
    assert waiting_at([dossier])[dossier.pk].people == (cast.head_of_service,)


def test_the_journal_says_who_asked(cast: Cast) -> None:
    dossier = asked(cast)

    answer(dossier, cast.outsider)

    assert told.by(cast.outsider, "", "circuit.opinion_given")
    assert told.last()["facts"]["asked_by"] == "Chems Chef"


def test_an_opinion_asked_of_a_replacement_s_principal_is_given_in_that_name(cast: Cast) -> None:
    dossier = asked(cast, cast.finance)
    a_delegation(cast.finance, cast.director)

    opinion = answer(dossier, cast.director, on_behalf_of_id=cast.finance.id)

    assert (opinion.agent, opinion.on_behalf_of) == (cast.director, cast.finance)


def test_an_opinion_within_an_opinion_returns_to_the_first_then_to_the_visa(cast: Cast) -> None:
    dossier = asked(cast)
    ask_opinion(
        dossier_id=dossier.id, agent=cast.outsider, version_read=1, whom_id=cast.finance.id, question="?", at=NOON
    )

    answer(dossier, cast.finance)
    assert waiting_at([dossier])[dossier.pk].people == (cast.outsider,)
    answer(dossier, cast.outsider)

    assert waiting_at([dossier])[dossier.pk].people == (cast.head_of_service,)


def test_an_opinion_is_no_visa_and_no_sending_back(cast: Cast, nothing_written: Any) -> None:
    dossier = asked(cast)

    with pytest.raises(OpinionAwaited, match="demandé par Chems Chef, non un visa"), nothing_written():
        give_visa(dossier_id=dossier.id, agent=cast.outsider, version_read=1, at=NOON)
    with pytest.raises(OpinionAwaited), nothing_written():
        send_back(dossier_id=dossier.id, agent=cast.outsider, version_read=1, reason="Non.", at=NOON)


def test_it_settles_nothing_but_itself(cast: Cast) -> None:
    dossier = asked(cast)
    answer(dossier, cast.outsider)

    for agent in (cast.head_of_service, cast.legal, cast.cabinet):
        give_visa(dossier_id=dossier.id, agent=agent, version_read=1, at=NOON)

    dossier.refresh_from_db()
    assert dossier.stage == Stage.READY
    assert told.last()["facts"] == {"version": 1, "visas": 3}


@pytest.mark.parametrize("who", ["head_of_service", "legal", "clerk"])
def test_nobody_else_answers(cast: Cast, who: str, nothing_written: Any) -> None:
    dossier = asked(cast)

    with pytest.raises(NotYourTurn), nothing_written():
        answer(dossier, getattr(cast, who))


def test_whose_visa_is_awaited_gives_no_opinion(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    with pytest.raises(NotYourTurn, match="c’est votre visa qui est attendu"), nothing_written():
        answer(dossier, cast.head_of_service)


def test_an_empty_opinion_and_one_on_another_text_are_refused(cast: Cast, nothing_written: Any) -> None:
    dossier = asked(cast)

    with pytest.raises(OpinionMissing), nothing_written():
        answer(dossier, cast.outsider, text="  ")
    with pytest.raises(TextHasChanged), nothing_written():
        answer(dossier, cast.outsider, version_read=2)
