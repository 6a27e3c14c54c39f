"""Where an envelope of ours stands, from the messages of the ministry that the book holds."""

from __future__ import annotations

from hemicycle.gateways.prefecture.direct_returns import ENVELOPE_ANOMALY
from hemicycle.gateways.prefecture.ledger import Fate, Ledger, Sent
from hemicycle.gateways.prefecture.replies import TransactionStatus
from hemicycle.protocols.actes import (
    ANSWER_RECEIVED,
    ActesError,
    AnomalieActe,
    AnomalieEnveloppe,
    parse_envelope,
    parse_message,
)
from hemicycle.protocols.actes.messages import KINDS, ARReponse


def of_act(ledger: Ledger, sent: Sent) -> TransactionStatus:
    """The state of a 1-1 whose envelope was not rejected; an acknowledgement stands whatever anomaly follows it."""
    for code, state in (("6-2", 0), ("1-2", 4), ("1-3", -1)):
        heard = ledger.heard(sent.acte_id, code)
        if heard:
            return TransactionStatus(state=state, message=heard[0], error=_detail(heard[0]) if state < 0 else "")
    return waiting(sent)


def of_other(ledger: Ledger, sent: Sent) -> TransactionStatus:
    """The state of a cancellation, of an answer or of a question whose envelope was not rejected."""
    heard = receipts(ledger, sent)
    return TransactionStatus(state=4, message=heard[0]) if heard else waiting(sent)


def refusal(ledger: Ledger, sent: Sent) -> TransactionStatus | None:
    """The rejection of the whole envelope, if it came."""
    heard = ledger.heard(sent.name, ENVELOPE_ANOMALY)
    return TransactionStatus(state=-1, message=heard[0], error=_detail(heard[0])) if heard else None


def receipts(ledger: Ledger, sent: Sent) -> list[bytes]:
    """What the ministry answered to that message, for or against; a 2-2 and our own receipts get no answer."""
    if sent.flow == "1-1":
        return ledger.heard(sent.acte_id, "1-2") + ledger.heard(sent.acte_id, "1-3")
    if sent.flow == "6-1":
        return ledger.heard(sent.acte_id, "6-2")
    root = next(root for root, kind in KINDS.items() if kind.code == sent.flow)
    code = KINDS[ANSWER_RECEIVED[root]].code if root in ANSWER_RECEIVED else ""
    return [data for data in ledger.heard(sent.acte_id, code) if _dated(data) == sent.about] if code else []


def waiting(sent: Sent) -> TransactionStatus:
    """Nothing came yet."""
    return TransactionStatus(state=3 if sent.fate is Fate.SENT else 2, message=None)


def _dated(data: bytes) -> str:
    """The date of the letter that a receipt speaks of; empty when it cannot be read."""
    try:
        message = parse_message(data)
    except ActesError:
        return ""
    return message.dated.isoformat() if isinstance(message, ARReponse) else ""


def _detail(data: bytes) -> str:
    try:
        found = parse_message(data)
    except ActesError:
        # A rejection of the whole is no message: it has a reader of its own.
        try:
            envelope = parse_envelope(data)
        except ActesError:
            return ""
        return envelope.detail if isinstance(envelope, AnomalieEnveloppe) else ""
    return found.detail if isinstance(found, AnomalieActe) else ""
