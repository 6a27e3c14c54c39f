"""Take in a letter of the préfecture with its documents: it becomes a task with a date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.correspondence.conditions import require_courier
from hemicycle.chain.correspondence.events import LetterReceived
from hemicycle.chain.correspondence.models import Letter
from hemicycle.chain.correspondence.rules import NotALetter, ReadLetter, read_letter
from hemicycle.chain.transmission.models import Departure
from hemicycle.dossier import attachments, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.law.letters import LetterTask, letter_task
from hemicycle.protocols.actes import Member, matiere_code, media_type
from hemicycle.texts.typography import date_fr

STATES = Departure.State
#: The préfecture writes about what it received; the acknowledgement may still be on its way.
GONE = (STATES.DEPOSITED, STATES.ACKNOWLEDGED, STATES.CANCELLED)


class LetterForNobody(ActionRefused):
    """It is no letter, or it is about no act of ours: to be put aside."""


@transaction.atomic
def receive_letter(*, data: bytes, documents: Sequence[Member], tdt_id: str, agent: Agent, at: dt.datetime) -> Letter:
    """Keep the message and its documents with the act, and say by when to answer. The same bytes again change nothing.

    `tdt_id`: the name its carrier gave it, empty when it gave none. Raises NotEntitled, LetterForNobody.
    """
    role = require_courier(agent, at=at, what="Recevoir un courrier de la préfecture")
    try:
        read = read_letter(data)
    except NotALetter as refusal:
        raise LetterForNobody(str(refusal)) from refusal
    departure = Departure.objects.filter(unique_id=read.acte_id, state__in=GONE).order_by("-attempt").first()
    if departure is None:
        raise LetterForNobody(f"Aucun acte transmis d’ici ne porte l’identifiant {read.acte_id}.")
    dossier = Dossier.objects.locked().get(id=departure.dossier_id)
    known = Letter.objects.filter(sha256=read.sha256).first()
    if known is not None:
        return known
    task = task_of(read, dossier, departure, on=day(at))

    letter = Letter(
        dossier=dossier,
        departure=departure,
        kind=read.kind,
        dated=read.dated,
        words=read.words,
        sha256=read.sha256,
        tdt_id=tdt_id,
        received_at=at,
        due_on=task.respond_by,
    )
    titled = f"{letter.get_kind_display().capitalize()} du {date_fr(read.dated, weekday=False)}"
    letter.message = _kept(dossier, data, f"{titled}, message", f"{read.acte_id}-{read.code}.xml", agent, at)
    came = {member.name: member.data for member in documents}
    letter.missing = [name for name in read.documents if name not in came]
    letter.save()
    kept = [
        _kept(dossier, came[name], titled if rank == 1 else f"{titled}, pièce {rank}", name, agent, at, order=rank)
        for rank, name in enumerate(read.documents, start=1)
        if name in came
    ]
    letter.documents.set(kept)

    journal.record(dossier, _event(letter, read, task), by=agent, at=at, role=role)
    return letter


def _event(letter: Letter, read: ReadLetter, task: LetterTask) -> LetterReceived:
    return LetterReceived(
        letter=str(letter.id),
        kind=letter.get_kind_display(),
        code=read.code,
        dated=read.dated.isoformat(),
        due_on=task.respond_by.isoformat(),
        legal=task.legal,
        detail=read.words[:1000],
        sha256=read.sha256,
    )


def task_of(read: ReadLetter, dossier: Dossier, departure: Departure, *, on: dt.date) -> LetterTask:
    return letter_task(
        read.kind,
        on,
        act_received_on=departure.received_on,
        filed_on=read.dated if read.kind == "referral" else None,
        matiere=matiere_code(dossier.subject_code),
    )


def _kept(
    dossier: Dossier, data: bytes, title: str, name: str, by: Agent, at: dt.datetime, *, order: int = 0
) -> Attachment:
    return attachments.keep(
        dossier,
        data,
        kind=Attachment.Kind.PRODUCED,
        title=title[:250],
        name=name[:200],
        media_type=media_type(data) or "application/octet-stream",
        by=by,
        at=at,
        order=order,
        published=False,
        in_booklet=False,
    )
