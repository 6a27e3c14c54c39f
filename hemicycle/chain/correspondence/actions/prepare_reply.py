"""Prepare an answer to a letter of the préfecture; nothing leaves yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.correspondence.conditions import LetterClosed, locked_letter, require_author, require_open
from hemicycle.chain.correspondence.events import ReplyPrepared
from hemicycle.chain.correspondence.models import Letter, Reply
from hemicycle.chain.correspondence.rules import answers_to, title_of
from hemicycle.chain.correspondence.writing import GivenFile, Paper, ReplyNotAccepted, papers_of
from hemicycle.dossier import attachments, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Attachment

__all__ = ["GivenFile", "ReplyNotAccepted", "prepare_reply"]

STATES = Reply.State


@transaction.atomic
def prepare_reply(
    *, letter_id: UUID, root: str, words: str, files: Sequence[GivenFile], agent: Agent, at: dt.datetime
) -> Reply:
    """Set the answer and keep the very documents that would leave; one already prepared is replaced.

    `root`: one of protocols.actes.ANSWERS for that letter. Raises NotEntitled, NoSuchLetter, LetterClosed,
    ReplyNotAccepted.
    """
    letter = locked_letter(letter_id)
    role = require_author(agent, letter.dossier, on=day(at), what="Répondre à la préfecture")
    require_open(letter, what="Préparer une réponse")
    _require_none_leaving(letter)
    if root not in answers_to(letter.kind):
        raise ReplyNotAccepted("Dites ce qui est répondu.", field="root")
    papers = papers_of(letter, root=root, words=words.strip(), files=files, at=at)

    Reply.objects.filter(letter=letter, state=STATES.PREPARED).update(state=STATES.REPLACED)
    reply = Reply.objects.create(
        letter=letter,
        rank=Reply.objects.filter(letter=letter).count() + 1,
        root=root,
        words=words.strip(),
        prepared_by=agent,
        prepared_at=at,
    )
    kept = _kept(letter, root, papers, by=agent, at=at)
    reply.documents.set(kept)

    event = ReplyPrepared(
        letter=str(letter.id),
        kind=letter.get_kind_display(),
        answer=title_of(root),
        documents=[document.sha256 for document in kept],
    )
    journal.record(letter.dossier, event, by=agent, at=at, role=role)
    return reply


def _require_none_leaving(letter: Letter) -> None:
    if Reply.objects.filter(letter=letter, state__in=[STATES.ORDERED, STATES.SENDING]).exists():
        raise LetterClosed("Une réponse est déjà en cours d’envoi ; attendez ce qu’elle devient.")


def _kept(letter: Letter, root: str, papers: Sequence[Paper], *, by: Agent, at: dt.datetime) -> list[Attachment]:
    return [
        attachments.keep(
            letter.dossier,
            paper.data,
            kind=Attachment.Kind.PRODUCED,
            title=f"{title_of(root)} : {paper.title}"[:250] if len(papers) > 1 else title_of(root),
            name=paper.name,
            media_type=paper.media_type,
            by=by,
            at=at,
            order=rank,
            published=False,
            in_booklet=False,
        )
        for rank, paper in enumerate(papers, start=1)
    ]
