"""Record the reply of the archive: it takes over the act, or it says why not."""

from __future__ import annotations

import datetime as dt
import hashlib
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.archiving.events import ReplyRecorded
from hemicycle.chain.archiving.locking import WrongDepositState, locked, wrong_state
from hemicycle.chain.archiving.models import Deposit
from hemicycle.chain.archiving.rules import said
from hemicycle.dossier import attachments, journal
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.dossier.stages import Move, Stage
from hemicycle.protocols.seda.reply import NotAReply, Reply, read_reply

__all__ = ["NotOurReply", "WrongDepositState", "record_reply"]


class NotOurReply(ActionRefused):
    """The bytes are not the final reply to this deposit; the sentence says why."""


@transaction.atomic
def record_reply(*, dossier_id: UUID, data: bytes, agent: Agent, at: dt.datetime) -> Deposit:
    """Keep the ArchiveTransferReply and conclude: archived, even with a warning, or refused with the reason.

    The same reply twice changes nothing. Raises NotEntitled, WrongDepositState, NotOurReply.
    """
    what = "Enregistrer la réponse de l’archive"
    dossier, deposit, role = locked(dossier_id, agent, at=at, what=what)
    if deposit.reply is not None and deposit.reply.sha256 == hashlib.sha256(data).hexdigest():
        return deposit
    if deposit.state != Deposit.State.DEPOSITED:
        raise wrong_state(deposit, what=what)
    reply = _read(data, deposit)

    if dossier.stage == Stage.DEPOSITED:
        # Otherwise its transmission was cancelled meanwhile, and it waits there.
        dossier.move(Move.DEPOSIT_ACCEPTED if reply.accepted else Move.DEPOSIT_REFUSED, at=at)
    deposit.state = Deposit.State.ACCEPTED if reply.accepted else Deposit.State.REFUSED
    deposit.reply = _keep(dossier, deposit, data, agent, at=at)
    deposit.reply_code, deposit.reply_detail, deposit.replied_at = reply.code[:16], said(reply), at
    deposit.system_ids = {**reply.units, **reply.objects}
    deposit.save(update_fields=["state", "reply", "reply_code", "reply_detail", "replied_at", "system_ids"])

    event = ReplyRecorded(
        message_identifier=deposit.message_identifier,
        code=reply.code,
        accepted=reply.accepted,
        sha256=deposit.reply.sha256,
        detail=deposit.reply_detail,
    )
    journal.record(dossier, event, by=agent, at=at, role=role)
    return deposit


def _read(data: bytes, deposit: Deposit) -> Reply:
    try:
        reply = read_reply(data)
    except NotAReply as refusal:
        raise NotOurReply(str(refusal)) from refusal
    if reply.kind != "reply" or reply.state == "tested":
        raise NotOurReply(
            f"Le message reçu pour {deposit.message_identifier} ne conclut pas le versement : {said(reply)}"
        )
    # An archive that refused before reading the manifest cannot echo our identifier: its operation then answers.
    ours = reply.request_id == deposit.message_identifier or (
        not reply.request_id and not reply.accepted and reply.operation_id == deposit.operation
    )
    if not ours:
        raise NotOurReply(
            f"Cette réponse concerne le transfert « {reply.request_id[:60] or 'sans identifiant'} », pas "
            f"{deposit.message_identifier} ; elle est écartée."
        )
    return reply


def _keep(dossier: Dossier, deposit: Deposit, data: bytes, agent: Agent, *, at: dt.datetime) -> Attachment:
    return attachments.keep(
        dossier,
        data,
        kind=Attachment.Kind.PRODUCED,
        title=f"Réponse de l’archive à {deposit.message_identifier}",
        name=f"{deposit.message_identifier}-reponse.xml",
        media_type="application/xml",
        by=agent,
        at=at,
        published=False,
    )
