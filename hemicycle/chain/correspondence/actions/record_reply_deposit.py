"""Record that the TdT took our answer: from then on the letter is answered."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.correspondence.conditions import locked_reply, require_courier, require_reply_state
from hemicycle.chain.correspondence.events import ReplyDeposited
from hemicycle.chain.correspondence.models import Reply
from hemicycle.chain.correspondence.rules import title_of
from hemicycle.dossier import journal
from hemicycle.dossier.dates import day


@transaction.atomic
def record_reply_deposit(*, reply_id: int, tdt_id: str, reconciled: bool, agent: Agent, at: dt.datetime) -> Reply:
    """`reconciled` when it was found at the TdT after an unknown outcome. Twice is once.

    Raises NotEntitled, NoSuchLetter, WrongReplyState.
    """
    role = require_courier(agent, at=at, what="Enregistrer l’envoi d’une réponse")
    reply = locked_reply(reply_id)
    if reply.tdt_id == tdt_id and reply.deposited_at is not None:
        return reply
    require_reply_state(reply, Reply.State.SENDING, what="Enregistrer l’envoi")
    letter = reply.letter

    reply.state, reply.tdt_id, reply.deposited_at = Reply.State.DEPOSITED, tdt_id, at
    reply.save(update_fields=["state", "tdt_id", "deposited_at"])
    letter.answered_at = at
    letter.save(update_fields=["answered_at"])

    event = ReplyDeposited(
        letter=str(letter.id),
        reply=reply.pk,
        kind=letter.get_kind_display(),
        answer=title_of(reply.root),
        tdt_id=tdt_id,
        reconciled=reconciled,
        in_time=day(at) <= letter.due_on,
        due_on=letter.due_on.isoformat(),
    )
    journal.record(letter.dossier, event, by=agent, at=at, role=role)
    return reply
