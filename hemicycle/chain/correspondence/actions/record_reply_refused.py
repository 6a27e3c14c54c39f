"""Record that our answer was refused: the letter waits for another."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.correspondence.conditions import locked_reply, require_courier, require_reply_state
from hemicycle.chain.correspondence.events import ReplyRefused
from hemicycle.chain.correspondence.models import Reply
from hemicycle.dossier import journal

STATES = Reply.State


@transaction.atomic
def record_reply_refused(*, reply_id: int, reason: str, agent: Agent, at: dt.datetime) -> Reply:
    """By the TdT, at once or later, or by the ministry. Never after its receipt; twice is once.

    Raises NotEntitled, NoSuchLetter, WrongReplyState.
    """
    role = require_courier(agent, at=at, what="Enregistrer le refus d’une réponse")
    reply = locked_reply(reply_id)
    if reply.state == STATES.REFUSED:
        return reply
    require_reply_state(reply, STATES.ORDERED, STATES.SENDING, STATES.DEPOSITED, what="Enregistrer un refus")
    letter = reply.letter

    reply.state, reply.refusal = STATES.REFUSED, reason[:1000]
    reply.save(update_fields=["state", "refusal"])
    letter.answered_at = None
    letter.save(update_fields=["answered_at"])

    event = ReplyRefused(letter=str(letter.id), reply=reply.pk, kind=letter.get_kind_display(), detail=reply.refusal)
    journal.record(letter.dossier, event, by=agent, at=at, role=role)
    return reply
