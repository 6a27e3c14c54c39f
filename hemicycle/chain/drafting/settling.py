"""The comment that is settled or opened again: its dossier locked, and the right to it checked."""

from __future__ import annotations

import datetime as dt

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting import comments
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Comment, Dossier
from hemicycle.dossier.refusals import NotEntitled


def comment_to_settle(comment_id: int, agent: Agent, *, at: dt.datetime) -> Comment:
    """The first comment of a thread, under the lock of its dossier. Raises NotEntitled."""
    its_dossier = Comment.objects.filter(pk=comment_id).values("dossier")
    dossier = Dossier.objects.locked().filter(pk__in=its_dossier).first()
    found = Comment.objects.filter(comments.readable(agent, on=day(at)), thread=None, pk=comment_id, dossier=dossier)
    comment = found.select_related("author", "internal_to", "dossier").first()
    if comment is None or not comments.may_settle(agent, comment, on=day(at)):
        raise NotEntitled(
            "Un commentaire est traité par son auteur, par le rédacteur du dossier ou par ceux de son circuit."
        )
    return comment
