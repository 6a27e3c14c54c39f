"""Write a comment on the dossier."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting.events import CommentWritten
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Comment, Dossier
from hemicycle.dossier.refusals import ActionRefused, NotEntitled
from hemicycle.texts.typed import several_lines

MAX_COMMENT = 4000


class CommentRefused(ActionRefused):
    message = f"Le commentaire est vide ou dépasse {MAX_COMMENT} caractères."


@transaction.atomic
def write_comment(*, dossier_id: UUID, text: str, agent: Agent, at: dt.datetime) -> Comment:
    """Add a comment, bound to the version on screen; whoever has a part in the dossier may write one.

    Raises NotEntitled, CommentRefused.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    if not access.may_comment(agent, dossier, on=day(at)):
        raise NotEntitled(f"{agent.full_name} lit le dossier {dossier.number} sans y prendre part.")
    line = several_lines(text, MAX_COMMENT + 1)
    if not line or len(line) > MAX_COMMENT:
        raise CommentRefused(field="text")

    comment = Comment.objects.create(dossier=dossier, version=dossier.version, author=agent, text=line, written_at=at)

    journal.record(dossier, CommentWritten(version=dossier.version, text=line), by=agent, at=at)
    return comment
