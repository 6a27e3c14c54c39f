"""Settle a comment: what it asked is done."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting.actions.write_comment import place_of
from hemicycle.chain.drafting.events import CommentHandled
from hemicycle.chain.drafting.settling import comment_to_settle
from hemicycle.dossier import journal
from hemicycle.dossier.models import Comment
from hemicycle.dossier.refusals import ActionRefused


class AlreadyHandled(ActionRefused):
    message = "Ce commentaire est déjà marqué traité ; rechargez la page."


@transaction.atomic
def handle_comment(*, comment_id: int, agent: Agent, at: dt.datetime) -> Comment:
    """Mark the comment, and its thread with it, as settled. Raises NotEntitled, AlreadyHandled."""
    comment = comment_to_settle(comment_id, agent, at=at)
    if comment.handled_at is not None:
        raise AlreadyHandled

    comment.handled_at, comment.handled_by = at, agent
    comment.save(update_fields=["handled_at", "handled_by"])

    event = CommentHandled(comment=comment.pk, author=comment.author.full_name, place=place_of(comment.anchor))
    journal.record(comment.dossier, event, by=agent, at=at)
    return comment
