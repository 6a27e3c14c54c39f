"""Have the answer that is prepared leave for the préfecture."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.correspondence.conditions import locked_reply, require_open, require_reply_state
from hemicycle.chain.correspondence.events import ReplyOrdered
from hemicycle.chain.correspondence.models import Reply
from hemicycle.chain.correspondence.rules import title_of
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day


@transaction.atomic
def send_reply(*, reply_id: int, agent: Agent, at: dt.datetime) -> Reply:
    """The courier carries it, once. For the service des assemblées, who has read it.

    Raises NotEntitled, NoSuchLetter, LetterClosed, WrongReplyState.
    """
    role = access.require_role(agent, Role.ASSEMBLY_OFFICE, on=day(at), what="Envoyer une réponse à la préfecture")
    reply = locked_reply(reply_id)
    require_open(reply.letter, what="Envoyer cette réponse")
    require_reply_state(reply, Reply.State.PREPARED, what="L’envoi")

    reply.state, reply.ordered_by, reply.ordered_at = Reply.State.ORDERED, agent, at
    reply.save(update_fields=["state", "ordered_by", "ordered_at"])

    letter = reply.letter
    event = ReplyOrdered(
        letter=str(letter.id), reply=reply.pk, kind=letter.get_kind_display(), answer=title_of(reply.root)
    )
    journal.record(letter.dossier, event, by=agent, at=at, role=role)
    return reply
