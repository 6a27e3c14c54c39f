"""The president takes an act that goes to no assembly: an arrêté, a decision. It gets its number at once."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.circuit import embargo
from hemicycle.chain.circuit import queries as circuit
from hemicycle.chain.sitting.events import DecisionTaken
from hemicycle.dossier import access, journal, register
from hemicycle.dossier.dates import day
from hemicycle.dossier.kinds import kind_of
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.dossier.stages import Move


class NeedsVote(ActionRefused):
    """A deliberation is adopted by its assembly, never taken by the president."""


class NotTaken(ActionRefused):
    """A visa is missing, or nobody is in office to take the act; the sentence says which."""


@transaction.atomic
def take_decision(*, dossier_id: UUID, agent: Agent, at: dt.datetime) -> Dossier:
    """Number the act in the register of its kind; a courier then draws it up, and the president signs it.

    The service des assemblées does it for the president, whose signature makes the act. Raises NotEntitled,
    NeedsVote, NotTaken, MoveNotAllowed.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    role = access.require_role(agent, Role.ASSEMBLY_OFFICE, Role.PRESIDENT, on=day(at), what="Prendre un acte")
    kind = kind_of(dossier)
    if not dossier.without_vote:
        raise NeedsVote(
            f"Le dossier {dossier.number} est un projet de délibération : il se vote ; inscrivez-le à l’ordre du jour "
            "d’une séance."
        )
    if missing := circuit.missing_visas(dossier):
        raise NotTaken(f"Le dossier {dossier.number} n’a pas tous ses visas : il manque {', '.join(missing)}.")
    _require_president(on=day(at))

    dossier.move(Move.DECISION_TAKEN, at=at)
    number = register.number_act(dossier, on=day(at), at=at)

    event = DecisionTaken(number=number, kind=kind.name, version=dossier.version)
    journal.record(dossier, event, by=agent, at=at, role=role)
    embargo.end([dossier], why=f"{kind.name} {'prise' if kind.feminine else 'pris'}", agent=agent, role=role, at=at)
    return dossier


def _require_president(*, on: dt.date) -> None:
    try:
        accounts.president(on=on)
    except LookupError as vacancy:
        raise NotTaken(
            "Aucun président n’est en fonction à cette date : enregistrez son mandat avant de prendre l’acte."
        ) from vacancy
