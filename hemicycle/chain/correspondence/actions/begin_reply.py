"""Write down the intent to send an answer, before anything leaves."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.correspondence.conditions import locked_reply, require_courier, require_reply_state
from hemicycle.chain.correspondence.events import ReplySending
from hemicycle.chain.correspondence.models import Reply
from hemicycle.dossier import journal


@transaction.atomic
def begin_reply(*, reply_id: int, agent: Agent, at: dt.datetime) -> Reply:
    """From here on it may have left: whoever finds this state asks the TdT first. Twice is once.

    Raises NotEntitled, NoSuchLetter, WrongReplyState.
    """
    role = require_courier(agent, at=at, what="Envoyer une réponse")
    reply = locked_reply(reply_id)
    if reply.state == Reply.State.SENDING:
        return reply
    require_reply_state(reply, Reply.State.ORDERED, what="Commencer l’envoi")

    reply.state, reply.sending_at = Reply.State.SENDING, at
    reply.save(update_fields=["state", "sending_at"])

    event = ReplySending(letter=str(reply.letter_id), reply=reply.pk)
    journal.record(reply.letter.dossier, event, by=agent, at=at, role=role)
    return reply
