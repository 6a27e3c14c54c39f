"""Things for tests to act on: each function makes one, and each trait says how far it went.

    a_dossier(cast)                     being drafted, with both texts and no version
    a_dossier(cast, in_circuit=True)    version 1 submitted, first step open
    a_dossier(cast, adopted=True)       voted and numbered, in a sitting of its own unless one is given

Rows are laid as the actions leave them, without the journal: a test of an action looks at what that action adds.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db import transaction

from hemicycle.accounts import queries
from hemicycle.accounts.models import Agent, Delegation, Role, Unit
from hemicycle.chain.circuit.models import Circuit, CircuitStep, StepKind
from hemicycle.chain.sitting.models import Sitting
from hemicycle.dossier import attachments, register
from hemicycle.dossier.models import Attachment, Dossier
from tests.after_vote import accept, acknowledge, deposit, draw_up, publish, sign, transmit
from tests.cast import NOON, TODAY, Cast
from tests.in_circuit import entitle, give_all_visas, send_back, submit
from tests.in_sitting import a_sitting, adopt, convene, open_sitting, put_on_agenda

__all__ = [
    "DELIBERATION",
    "REPORT",
    "a_circuit",
    "a_delegation",
    "a_dossier",
    "a_sitting",
    "a_text",
    "adopt",
    "an_attachment",
    "convene",
    "entitle",
    "give_all_visas",
    "open_sitting",
    "put_on_agenda",
    "send_back",
    "submit",
]

AFTER_VOTE = (draw_up, sign, transmit, acknowledge, publish, deposit, accept)

#: Enough to find one's way: the roles of a short circuit.
SHORT_CIRCUIT = (Role.HEAD_OF_SERVICE, Role.LEGAL, Role.CABINET)


def a_text(*paragraphs: str) -> dict[str, Any]:
    """A text tree of plain paragraphs."""
    return {
        "type": "doc",
        "content": [
            {"type": "paragraph", "content": [{"type": "text", "text": text, "marks": []}]} for text in paragraphs
        ],
    }


REPORT = a_text("Le club de Clérande demande une aide de 12 000 €.", "Il est proposé de la lui accorder.")
DELIBERATION = a_text(
    "Vu le code général des collectivités territoriales,",
    "Considérant l’intérêt départemental du projet,",
    "Article 1 – Une subvention de 12 000 € est attribuée au club de Clérande.",
)


def a_circuit(*roles: Role, name: str = "", unit: Unit | None = None, kind: StepKind = StepKind.ONE_OF) -> Circuit:
    """A circuit of one step per role, in that order; head of service, legal, cabinet when none is said."""
    circuit = Circuit.objects.create(name=name or f"Circuit {uuid4().hex[:8]}", unit=unit)
    for order, role in enumerate(roles or SHORT_CIRCUIT, start=1):
        CircuitStep.objects.create(
            circuit=circuit, order=order, label=queries.role_label(role).capitalize(), kind=kind, role=role
        )
    return circuit


def a_delegation(giver: Agent, holder: Agent, *, scope: str = "visa", on: dt.date = TODAY) -> Delegation:
    """In force for ten days around `on`."""
    week = dt.timedelta(days=5)
    return Delegation.objects.create(
        giver=giver, holder=holder, scope=scope, reference="Arrêté 2026-17", valid_from=on - week, valid_to=on + week
    )


def an_attachment(dossier: Dossier, data: bytes = b"%PDF-1.7 une annexe", *, by: Agent, **facts: Any) -> Attachment:
    """A file of the dossier, an annex unless `kind` says otherwise; its bytes are in the store."""
    fields: dict[str, Any] = {
        "kind": Attachment.Kind.ANNEX,
        "title": "Convention",
        "name": "convention.pdf",
        "media_type": "application/pdf",
        "at": NOON,
    }
    return attachments.keep(dossier, data, by=by, **(fields | facts))


@transaction.atomic
def a_dossier(
    cast: Cast,
    *,
    in_circuit: bool = False,
    to_correct: bool = False,
    ready: bool = False,
    on_agenda: bool = False,
    adopted: bool = False,
    to_sign: bool = False,
    signed: bool = False,
    transmitted: bool = False,
    acknowledged: bool = False,
    published: bool = False,
    deposited: bool = False,
    archived: bool = False,
    circuit: Circuit | None = None,
    sitting: Sitting | None = None,
    at: dt.datetime = NOON,
    **fields: Any,
) -> Dossier:
    """A dossier of the drafter's service, taken as far as the furthest trait says; `fields` are the model's."""
    dossier = Dossier.objects.create(**(_draft(cast, at) | fields))
    reached = _furthest(
        in_circuit or to_correct,
        ready,
        on_agenda,
        adopted,
        to_sign,
        signed,
        transmitted,
        acknowledged,
        published,
        deposited,
        archived,
    )
    if reached >= 1:
        submit(dossier, circuit or a_circuit(), at=at)
    if to_correct:
        send_back(dossier, at=at)
    if reached >= 2:
        give_all_visas(dossier, at=at)
    if reached >= 3:
        sitting = sitting or a_sitting(cast, body=dossier.body)
        put_on_agenda(dossier, sitting, at=at)
    if reached >= 4 and sitting is not None:
        adopt(dossier, sitting, at=at)
    for step, outcome in enumerate(AFTER_VOTE, start=5):
        if reached >= step:
            outcome(dossier, cast, at=at)
    dossier.refresh_from_db()
    return dossier


def _draft(cast: Cast, at: dt.datetime) -> dict[str, Any]:
    return {
        "number": register.dossier_number(year=at.year),
        "stage_since": at,
        "unit": cast.service,
        "drafter": cast.drafter,
        "body": "CP",
        "object": "Subvention au club de Clérande",
        "subject_code": "7.5",
        "theme": "Sport",
        "rapporteur": cast.members[2],
        "amount": Decimal("12000.00"),
        "report": REPORT,
        "deliberation": DELIBERATION,
        "opened_at": at,
    }


def _furthest(*traits: bool) -> int:
    return max((place for place, trait in enumerate(traits, start=1) if trait), default=0)
