"""Record that the préfecture received our answer (3-5, 4-5)."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.correspondence.conditions import locked_reply, require_courier
from hemicycle.chain.correspondence.events import ReplyReceived
from hemicycle.chain.correspondence.models import Reply
from hemicycle.chain.correspondence.rules import NotALetter, ReadReceipt, code_of, read_receipt
from hemicycle.dossier import attachments, journal
from hemicycle.dossier.models import Attachment
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.protocols.actes import ANSWER_RECEIVED

STATES = Reply.State


class ReceiptForNobody(ActionRefused):
    """It acknowledges no answer of ours: to be put aside."""


@transaction.atomic
def record_reply_receipt(*, data: bytes, agent: Agent, at: dt.datetime) -> Reply:
    """Keep it with the answer it acknowledges: the last one sent to that letter. Twice is once.

    Raises NotEntitled, ReceiptForNobody.
    """
    role = require_courier(agent, at=at, what="Recevoir un accusé de réception de la préfecture")
    try:
        read = read_receipt(data)
    except NotALetter as refusal:
        raise ReceiptForNobody(str(refusal)) from refusal
    known = Reply.objects.filter(receipt__sha256=hashlib.sha256(data).hexdigest()).first()
    reply = known or locked_reply(_answered(read))
    if reply.state == STATES.RECEIVED:
        return reply
    letter = reply.letter

    reply.receipt = attachments.keep(
        letter.dossier,
        data,
        kind=Attachment.Kind.PRODUCED,
        title=f"Reçu de la préfecture pour notre réponse ({letter.get_kind_display()})",
        name=f"{read.acte_id}-{code_of(ANSWER_RECEIVED[reply.root])}.xml",
        media_type="application/xml",
        by=agent,
        at=at,
        published=False,
        in_booklet=False,
    )
    reply.state, reply.received_on = STATES.RECEIVED, read.received_on
    reply.save(update_fields=["state", "received_on", "receipt"])

    event = ReplyReceived(
        letter=str(letter.id),
        reply=reply.pk,
        kind=letter.get_kind_display(),
        received_on=read.received_on.isoformat(),
        sha256=reply.receipt.sha256,
    )
    journal.record(letter.dossier, event, by=agent, at=at, role=role)
    return reply


def _answered(read: ReadReceipt) -> int:
    """The answer acknowledged. Raises ReceiptForNobody."""
    sent = Reply.objects.filter(
        letter__departure__unique_id=read.acte_id,
        letter__kind=read.kind,
        letter__dated=read.dated,
        state__in=[STATES.DEPOSITED, STATES.RECEIVED],
    )
    # Two letters of one day: the first answer still without a receipt, the norm says no more.
    found = sent.order_by("received_on", "deposited_at", "pk")
    waiting = found.filter(state=STATES.DEPOSITED).first() or found.first()
    if waiting is None:
        raise ReceiptForNobody(f"Aucune réponse d’ici n’attend de reçu pour l’acte {read.acte_id}.")
    return waiting.pk
