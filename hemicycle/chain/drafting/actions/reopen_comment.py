"""Open again a comment that was settled too soon."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting.actions.write_comment import place_of
from hemicycle.chain.drafting.events import CommentReopened
from hemicycle.chain.drafting.settling import comment_to_settle
from hemicycle.dossier import journal
from hemicycle.dossier.models import Comment
from hemicycle.dossier.refusals import ActionRefused


class NotHandled(ActionRefused):
    message = "Ce commentaire est déjà ouvert ; rechargez la page."


@transaction.atomic
def reopen_comment(*, comment_id: int, agent: Agent, at: dt.datetime) -> Comment:
    """Make the comment one to settle again. Raises NotEntitled, NotHandled."""
    comment = comment_to_settle(comment_id, agent, at=at)
    if comment.handled_at is None:
        raise NotHandled

    comment.handled_at, comment.handled_by = None, None
    comment.save(update_fields=["handled_at", "handled_by"])

    event = CommentReopened(comment=comment.pk, author=comment.author.full_name, place=place_of(comment.anchor))
    journal.record(comment.dossier, event, by=agent, at=at)
    return comment
