"""Send the dossier back to its drafter, with the reason."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.circuit import passage as passages
from hemicycle.chain.circuit.actions.give_visa import require_turn, write_visa
from hemicycle.chain.circuit.events import SentBack
from hemicycle.chain.circuit.models import Visa
from hemicycle.dossier import journal
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.dossier.stages import Move
from hemicycle.texts.typed import several_lines


class ReasonMissing(ActionRefused):
    message = "Un renvoi se motive : dites ce qui doit être repris."


@transaction.atomic
def send_back(
    *,
    dossier_id: UUID,
    agent: Agent,
    version_read: int,
    reason: str,
    at: dt.datetime,
    on_behalf_of_id: UUID | None = None,
) -> Visa:
    """Ask the drafter for a correction: same dossier, same number; the text opens again.

    Raises ReasonMissing, and NotYourTurn, TextHasChanged, OwnDraft, NoDelegation, MoveNotAllowed as give_visa.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    turn = require_turn(dossier, agent, version_read=version_read, on_behalf_of_id=on_behalf_of_id, at=at)
    said = several_lines(reason, 2000)
    if not said:
        raise ReasonMissing(field="reason")

    visa = write_visa(turn, agent, kind=Visa.Kind.SENT_BACK, remark=said, at=at)
    dossier.move(Move.SENT_BACK, at=at)
    turn.run.dossier = dossier
    passages.open_current(turn.run, at=at)

    event = SentBack(step=turn.step.label, version=visa.version, reason=visa.remark)
    journal.record(dossier, event, by=agent, at=at, role=turn.step.role, on_behalf_of=visa.on_behalf_of)
    return visa
