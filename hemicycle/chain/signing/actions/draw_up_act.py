"""Draw up the act: its bytes are frozen, and wait for those who sign."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.signing.drawing import NotPrintable, drawn, names_of
from hemicycle.chain.signing.events import ActDrawnUp
from hemicycle.chain.signing.expected import NoSignatory, wanted
from hemicycle.chain.signing.models import Act
from hemicycle.chain.sitting import queries as sittings
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.dossier.stages import Move

__all__ = ["NoBallot", "NoSignatory", "NotPrintable", "draw_up_act"]


class NoBallot(ActionRefused):
    message = "Aucun vote enregistré n’adopte ce dossier : l’acte ne peut pas être mis en forme."


@transaction.atomic
def draw_up_act(*, dossier_id: UUID, agent: Agent, at: dt.datetime) -> Act:
    """Set the text adopted or taken as the act to sign, and freeze its bytes; again after a refused signature.

    Who signs, and in which order, is what the administration decided for such acts. Raises NotEntitled,
    MoveNotAllowed, NoBallot, NoSignatory, NotPrintable.
    """
    dossier = Dossier.objects.locked().select_related("unit__parent", "rapporteur__agent").get(id=dossier_id)
    role = access.require_role(agent, Role.COURIER, Role.ASSEMBLY_OFFICE, on=day(at), what="Mettre en forme un acte")
    dossier.move(Move.ACT_DRAWN_UP, at=at)
    ballot = None if dossier.without_vote else sittings.ballot_of(dossier)
    if not dossier.without_vote and (ballot is None or not ballot.adopted):
        raise NoBallot
    signatures = wanted(dossier, ballot, on=day(at))

    act = drawn(dossier, ballot, signatures, agent, at=at)

    event = ActDrawnUp(number=act.number, sha256=act.frozen.sha256, signatory=names_of(signatures))
    journal.record(dossier, event, by=agent, at=at, role=role)
    return act
