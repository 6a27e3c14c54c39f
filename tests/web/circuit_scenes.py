"""The things of the circuit that the matrix is tried on: definitions, replacements, the gestures of a visa."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from hemicycle.accounts.models import Agent, Delegation, Role
from hemicycle.chain.circuit.actions.ask_opinion import ask_opinion
from hemicycle.chain.circuit.actions.give_visa import give_visa
from hemicycle.chain.circuit.actions.hold import hold
from hemicycle.chain.circuit.actions.set_embargo import set_embargo
from hemicycle.chain.circuit.models import Desk, DeskSeat, VisaRule
from hemicycle.chain.circuit.queries import steps_of
from hemicycle.chain.circuit.trial import digest_of
from hemicycle.dossier.models import Dossier
from tests.cast import SINCE, Cast
from tests.factories import a_circuit, a_dossier

Scene = dict[str, Any]


def definitions(cast: Cast) -> Scene:
    rule = VisaRule.objects.create(name="Au-delà", role=Role.FINANCE, why="car il est cher", amount_over=90_000)
    desk = Desk.objects.create(name="Guichet")
    DeskSeat.objects.create(desk=desk, agent=cast.legal, valid_from=SINCE)
    return {"circuit_id": a_circuit(Role.LEGAL).pk, "rule_id": rule.pk, "desk_id": desk.pk, "rule": rule, "cast": cast}


def absence(cast: Cast) -> Scene:
    return {"row_id": _replacement(cast.legal, cast.finance, absence=True).pk}


def visa_delegation(cast: Cast) -> Scene:
    return {"row_id": _replacement(cast.director, cast.legal, absence=False).pk, "cast": cast}


def _replacement(giver: Agent, holder: Agent, *, absence: bool) -> Delegation:
    today = timezone.localdate()
    return Delegation.objects.create(
        giver=giver, holder=holder, scope="visa", absence=absence, valid_from=today, valid_to=today
    )


def visa_expected(cast: Cast) -> Scene:
    return _of(a_dossier(cast, in_circuit=True, circuit=a_circuit(Role.LEGAL, Role.FINANCE, Role.CABINET)), cast)


def opinion_asked(cast: Cast) -> Scene:
    scene = visa_expected(cast)
    facts: dict[str, Any] = {"dossier_id": scene["dossier_id"], "version_read": 1, "at": timezone.now()}
    ask_opinion(agent=cast.legal, whom_id=cast.colleague.pk, question="Qu’en dites-vous ?", **facts)
    return scene


def visa_given(cast: Cast) -> Scene:
    scene = visa_expected(cast)
    visa = give_visa(dossier_id=scene["dossier_id"], version_read=1, agent=cast.legal, at=timezone.now())
    return scene | {"visa": visa}


def at_the_cabinet(cast: Cast) -> Scene:
    return _of(a_dossier(cast, in_circuit=True, circuit=a_circuit(Role.CABINET, Role.CHIEF_EXECUTIVE)), cast)


def held_at_the_cabinet(cast: Cast) -> Scene:
    scene = at_the_cabinet(cast)
    hold(dossier_id=scene["dossier_id"], reason="Arbitrage.", agent=cast.cabinet, at=timezone.now())
    return scene


def under_embargo(cast: Cast) -> Scene:
    scene = at_the_cabinet(cast)
    set_embargo(dossier_id=scene["dossier_id"], agent=cast.cabinet, at=timezone.now())
    return scene


def _of(dossier: Dossier, cast: Cast) -> Scene:
    last = steps_of(dossier)[-1].id
    return {"dossier": dossier, "dossier_id": dossier.id, "part": "rapport", "last_step": last, "cast": cast}


SCENES: dict[str, Callable[[Cast], Scene]] = {
    scene.__name__: scene
    for scene in (
        *(definitions, absence, visa_delegation, visa_expected, opinion_asked, visa_given),
        *(at_the_cabinet, held_at_the_cabinet, under_embargo),
    )
}


def _circuit(scene: Scene, _agent: Agent | None) -> dict[str, Any]:
    step = {"label": "Juridique", "who": "role:legal", "kind": "one", "days": "3", "required": "on"}
    return {"name": "Autre", "unit": "", "count": "1", "do": "save", **{f"e0-{k}": v for k, v in step.items()}}


def _rule(scene: Scene, _agent: Agent | None) -> dict[str, Any]:
    return {"name": "Autre", "who": "role:legal", "why": "car il le faut", "days": "3", "subjects": "7.5"}


def _desk(scene: Scene, _agent: Agent | None) -> dict[str, Any]:
    return {"name": "Autre", "people": scene["cast"].finance.email, "active": "on"}


def _absence(scene: Scene, agent: Agent | None) -> dict[str, Any]:
    cast = scene["cast"]
    other = cast.neighbour if agent == cast.colleague else cast.colleague
    # Far from any absence of the scene.
    day = (timezone.localdate() + dt.timedelta(days=30)).isoformat()
    return {"first_day": day, "last_day": day, "replaced_by": other.email}


def _delegation(scene: Scene, _agent: Agent | None) -> dict[str, Any]:
    cast, today = scene["cast"], timezone.localdate().isoformat()
    return {"giver": cast.legal.email, "holder": cast.finance.email, "reference": "Arrêté 1", "first_day": today}


def _said(**words: str) -> Callable[[Scene, Agent | None], dict[str, Any]]:
    return lambda scene, _agent: {"version_read": scene["dossier"].version, **words}


SENT: dict[str, Callable[[Scene, Agent | None], dict[str, Any]]] = {
    "new_circuit": _circuit,
    "edit_circuit": _circuit,
    "new_rule": _rule,
    "edit_rule": _rule,
    "switch_rule": lambda s, _: {"active": "1", "tried": digest_of(s["rule"])},
    "new_desk": _desk,
    "edit_desk": _desk,
    "declare_absence": _absence,
    "give_delegation": _delegation,
    "ask_opinion": lambda s, _: {"version_read": 1, "whom": s["cast"].outsider.email, "question": "Pourquoi ?"},
    "give_opinion": _said(text="Oui."),
    "pass_on": lambda s, _: {"version_read": 1, "to_step": s["last_step"], "reason": "Urgent."},
    "validate_in_emergency": _said(reason="La crue."),
    "amend": _said(content="Un rapport corrigé."),
    "hold": _said(reason="Arbitrage."),
    "take_back_visa": lambda s, _: {"visa": s["visa"].pk},
}

#: Words that name nothing.
UNKNOWN: dict[str, Any] = {
    "circuit_id": 10**15,
    "rule_id": 10**15,
    "desk_id": 10**15,
    "row_id": 10**15,
    "part": "rapport",
}
