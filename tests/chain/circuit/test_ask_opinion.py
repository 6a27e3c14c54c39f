"""Asking for a second opinion: the dossier waits for it, and comes back to whoever asked."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from hemicycle.chain.circuit.actions.ask_opinion import MOST_AT_ONCE, OpinionRefused, QuestionMissing, ask_opinion
from hemicycle.chain.circuit.actions.give_opinion import give_opinion
from hemicycle.chain.circuit.actions.give_visa import NotYourTurn, OwnDraft, TextHasChanged, give_visa
from hemicycle.chain.circuit.models import RunStep
from hemicycle.chain.circuit.queries import awaited_of, in_tray, missing_visas, steps_of, waiting_at
from hemicycle.dossier import access
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import MoveNotAllowed
from tests.cast import NOON, TODAY, Cast
from tests.chain import told
from tests.factories import a_circuit, a_delegation, a_dossier

pytestmark = pytest.mark.django_db


def ask(dossier: Dossier, agent: Any, whom: Any, **given: Any) -> RunStep:
    fields: dict[str, Any] = {"version_read": 1, "question": "Le statut permet-il une avance ?", "at": NOON}
    return ask_opinion(dossier_id=dossier.id, agent=agent, whom_id=getattr(whom, "id", whom), **(fields | given))


def test_the_dossier_waits_for_the_opinion_before_the_visa_of_whoever_asked(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    step = ask(dossier, cast.head_of_service, cast.outsider)

    views = steps_of(dossier)
    assert [(v.label, v.state) for v in views] == [
        ("Avis de Hors Circuit", "awaited"),
        ("Chef de service", "missing"),
        ("Juridique", "missing"),
        ("Cabinet", "missing"),
    ]
    assert (views[0].asked_by, views[0].asked_from) == (cast.head_of_service, "Chef de service")
    assert (step.origin, step.required, step.question) == ("opinion", False, "Le statut permet-il une avance ?")
    assert waiting_at([dossier])[dossier.pk].people == (cast.outsider,)
    assert in_tray(cast.head_of_service, on=TODAY) == []
    (awaited,) = awaited_of(dossier, cast.outsider, on=TODAY)
    assert (awaited.opinion, awaited.asked_by, awaited.step_id) == (True, cast.head_of_service, step.pk)
    assert access.may_read(cast.outsider, dossier, on=TODAY)


def test_an_opinion_is_never_a_missing_visa(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    ask(dossier, cast.head_of_service, cast.outsider)

    assert missing_visas(dossier) == ["Chef de service", "Juridique", "Cabinet"]


def test_the_journal_keeps_the_question(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    ask(dossier, cast.head_of_service, cast.outsider)

    assert told.by(cast.head_of_service, "head_of_service", "circuit.opinion_asked")
    assert told.last()["facts"]["whom"] == "Hors Circuit"
    assert told.last()["facts"]["question"] == "Le statut permet-il une avance ?"


def test_several_may_be_asked_at_once(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    ask(dossier, cast.head_of_service, cast.outsider)
    ask(dossier, cast.head_of_service, cast.finance)

    waiting = waiting_at([dossier])[dossier.pk]
    assert set(waiting.people) == {cast.outsider, cast.finance}
    assert waiting.opinion
    give_opinion(dossier_id=dossier.id, agent=cast.finance, version_read=1, text="Oui.", at=NOON)
    assert waiting_at([dossier])[dossier.pk].people == (cast.outsider,)


def test_whoever_is_asked_may_ask_in_turn_but_not_without_end(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    ask(dossier, cast.head_of_service, cast.outsider)

    ask(dossier, cast.outsider, cast.finance)

    assert waiting_at([dossier])[dossier.pk].people == (cast.finance,)
    with pytest.raises(OpinionRefused, match="déjà été relayé deux fois"), nothing_written():
        ask(dossier, cast.finance, cast.director)


def test_a_loop_of_opinions_is_refused(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    ask(dossier, cast.head_of_service, cast.outsider)

    with pytest.raises(OpinionRefused, match="attend déjà l’avis qui passe par vous"), nothing_written():
        ask(dossier, cast.outsider, cast.head_of_service)


def test_oneself_the_drafter_and_whoever_left_are_not_asked(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    cast.director.is_active = False
    cast.director.save()

    for whom, sentence in (
        (cast.head_of_service, "pas d’avis à soi-même"),
        (cast.drafter, "rédige le dossier"),
        (cast.director, "Le compte de Dina Directrice est fermé"),
        (uuid4(), "n’a pas de compte"),
    ):
        with pytest.raises(OpinionRefused, match=sentence), nothing_written():
            ask(dossier, cast.head_of_service, whom)


def test_the_absent_person_in_whose_name_one_acts_is_oneself(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    a_delegation(cast.head_of_service, cast.outsider)

    with pytest.raises(OpinionRefused, match="soi-même"), nothing_written():
        ask(dossier, cast.outsider, cast.head_of_service, on_behalf_of_id=cast.head_of_service.id)


def test_nobody_is_asked_twice_at_once(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    ask(dossier, cast.head_of_service, cast.outsider)

    with pytest.raises(OpinionRefused, match="est déjà attendu"), nothing_written():
        ask(dossier, cast.head_of_service, cast.outsider)


def test_there_is_a_limit_to_opinions_at_once(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    people = (cast.outsider, cast.finance, cast.legal, cast.director, cast.deputy_chief, cast.cabinet)
    for whom in people[:MOST_AT_ONCE]:
        ask(dossier, cast.head_of_service, whom)

    with pytest.raises(OpinionRefused, match="5 avis sont déjà attendus"), nothing_written():
        ask(dossier, cast.head_of_service, people[MOST_AT_ONCE])


def test_a_question_is_asked(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    with pytest.raises(QuestionMissing), nothing_written():
        ask(dossier, cast.head_of_service, cast.outsider, question=" \n ")


@pytest.mark.parametrize("who", ["legal", "director", "clerk", "outsider"])
def test_only_whose_turn_it_is_asks(cast: Cast, who: str, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    with pytest.raises(NotYourTurn), nothing_written():
        ask(dossier, getattr(cast, who), cast.finance)


def test_nor_does_the_drafter(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True, drafter=cast.head_of_service)

    with pytest.raises(OwnDraft), nothing_written():
        ask(dossier, cast.head_of_service, cast.finance)


def test_on_the_version_read(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    with pytest.raises(TextHasChanged), nothing_written():
        ask(dossier, cast.head_of_service, cast.finance, version_read=2)


@pytest.mark.parametrize("trait", ["to_correct", "ready", "on_agenda"])
def test_out_of_the_circuit_no_opinion_is_asked(cast: Cast, trait: str, nothing_written: Any) -> None:
    dossier = a_dossier(cast, **{trait: True})

    with pytest.raises(MoveNotAllowed), nothing_written():
        ask(dossier, cast.head_of_service, cast.finance)


def test_while_the_opinion_is_awaited_the_visa_is_not(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True, circuit=a_circuit())
    ask(dossier, cast.head_of_service, cast.outsider)

    with pytest.raises(NotYourTurn, match="Avis de Hors Circuit"), nothing_written():
        give_visa(dossier_id=dossier.id, agent=cast.head_of_service, version_read=1, at=NOON)
