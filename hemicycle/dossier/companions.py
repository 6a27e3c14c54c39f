"""Several deliberations for one report: the companions follow their lead through the circuit and to the agenda.

A companion is a dossier with its own number, object, amount, deliberation, annexes and act; its report, its circuit
and its visas are those of its lead (`Dossier.lead`). After the vote each goes its own way.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q

from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.dossier.stages import MOVES, Move, Stage


class FollowsItsLead(ActionRefused):
    """What was asked of a companion is done on its lead."""


def lock(dossier_id: UUID) -> Dossier:
    """Lock the dossier and its companions, in the order of their ids, and return the dossier.

    Raises Dossier.DoesNotExist, FollowsItsLead for a companion.
    """
    rows = Dossier.objects.locked().filter(Q(id=dossier_id) | Q(lead=dossier_id)).order_by("id")
    found = next((row for row in rows if row.id == dossier_id), None)
    if found is None:
        raise Dossier.DoesNotExist
    if found.lead is not None:
        raise FollowsItsLead(
            f"Le dossier {found.number} suit le circuit du dossier {found.lead.number} : agissez sur celui-ci."
        )
    return found


def of(dossier: Dossier) -> list[Dossier]:
    """The companions of a lead that nobody withdrew, in the order of their numbers."""
    return list(dossier.companions.exclude(stage=Stage.WITHDRAWN).order_by("opened_at", "number"))


def move(dossier: Dossier, move: Move, *, at: Any) -> list[Dossier]:
    """Take the lead to its next stage, and each companion of the same circuit to that stage; returns these.

    Raises MoveNotAllowed as `Dossier.move`.
    """
    dossier.move(move, at=at)
    target = MOVES[move].target
    moved = []
    for companion in of(dossier):
        way = _way(companion, move, target)
        if way is not None:
            companion.move(way, at=at)
            moved.append(companion)
    return moved


def _way(companion: Dossier, move: Move, target: Stage) -> Move | None:
    """The move that takes the companion where its lead went: one added after a first submission is submitted."""
    ways = (move, Move.SUBMITTED, Move.RESUBMITTED)
    return next((w for w in ways if MOVES[w].target == target and companion.stage in MOVES[w].sources), None)
