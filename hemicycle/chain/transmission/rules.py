"""What the préfecture answered, read and said in French: pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from hemicycle.law.calendar import next_working_day
from hemicycle.protocols.actes import (
    ActesError,
    AnomalieActe,
    AnomalieEnveloppe,
    Unreadable,
    parse_acknowledgement,
    parse_envelope,
    parse_message,
    parse_unique_id,
    read_archive,
)
from hemicycle.protocols.actes.names import archive_name, parse_envelope_name

#: Our own code: the TdT already holds an act of that number, which is not this one.
NUMBER_TAKEN = "NUMERO"
#: The TdT itself refused, before the ministry saw anything.
BY_TDT = "TDT"
#: Three letters before the name of an archive that the TdT gave back without a name.
OPERATOR = "TDT"

_ACTE: dict[str, str] = {
    "002": "L’acte suit une classification qui n’est plus en vigueur : celle de la préfecture sera reprise au nouvel "
    "envoi.",
}
_ENVELOPE: dict[int, str] = {
    5: "Le ministère ne connaît pas le SIREN de la collectivité : faites-le enregistrer par la préfecture.",
}


@dataclass(frozen=True, kw_only=True)
class Anomaly:
    """A refusal of the préfecture, of the ministry or of the TdT."""

    code: str
    #: What it means and what to do, then the words received.
    detail: str


class NotOurs(ValueError):
    """The message answers another transmission; the sentence says which."""


def read_anomaly(data: bytes, *, reason: str, unique_id: str) -> Anomaly:
    """The anomaly in `data` (1-3 or envelope anomaly); without data, the TdT's own `reason`. Raises NotOurs.

    A message that cannot be read does not hide the refusal: the TdT's words then stand alone.
    """
    try:
        found = _parse(data) if data else None
    except ActesError:
        found = None
    match found:
        case AnomalieActe():
            ours = parse_unique_id(unique_id)
            if (found.acte.number, found.acte.decided_on) != (ours.number, ours.on):
                raise NotOurs(f"Cette anomalie concerne l’acte {found.acte.number}, pas {ours.number}.")
            return Anomaly(code=found.nature[:8], detail=_said(_ACTE.get(found.nature), "l’acte", found.detail, reason))
        case AnomalieEnveloppe():
            siren = found.received.emitter.siren
            if siren != parse_unique_id(unique_id).siren:
                raise NotOurs(f"Cette anomalie concerne l’enveloppe d’une autre collectivité (SIREN {siren}).")
            return Anomaly(
                code=str(found.nature)[:8],
                detail=_said(_ENVELOPE.get(found.nature), "l’enveloppe", found.detail, reason),
            )
    return Anomaly(code=BY_TDT, detail=reason or "L’envoi est en erreur, sans motif donné ; appelez l’opérateur.")


def _parse(data: bytes) -> AnomalieActe | AnomalieEnveloppe:
    try:
        found = parse_message(data)
    except ActesError:
        # An envelope is no message: the two anomalies have a reader each.
        envelope = parse_envelope(data)
        if isinstance(envelope, AnomalieEnveloppe):
            return envelope
        raise
    if isinstance(found, AnomalieActe):
        return found
    raise Unreadable("Le message reçu n’est pas une anomalie.")


def _said(known: str | None, what: str, detail: str, reason: str) -> str:
    words = detail or reason
    meaning = known or f"La préfecture refuse {what} : corrigez la cause indiquée puis transmettez de nouveau."
    return f"{meaning} Motif reçu : « {words} »" if words else meaning


def received_on(data: bytes, *, unique_id: str) -> dt.date:
    """The day of reception by the State, read in a 1-2 that answers this very act. Raises NotOurs, ActesError."""
    receipt = parse_acknowledgement(data)
    ours, theirs = parse_unique_id(unique_id), parse_unique_id(receipt.acte_id)
    if theirs.siren != ours.siren:
        raise NotOurs(
            f"Cet accusé de réception est celui d’une autre collectivité (SIREN {theirs.siren}, le nôtre est "
            f"{ours.siren}) ; il est écarté."
        )
    if receipt.acte_id != unique_id:
        raise NotOurs(
            f"Cet accusé de réception est celui d’un autre acte ({receipt.acte_id}, attendu {unique_id}) ; "
            "il est écarté."
        )
    return receipt.received_on


def answer_due(deposited_on: dt.date) -> dt.date:
    """The first day on which the silence of the préfecture calls for a look: after one full working day."""
    full = next_working_day(deposited_on + dt.timedelta(days=1))
    return next_working_day(full + dt.timedelta(days=1))


def archive_filename(data: bytes, *, unique_id: str) -> str:
    """The norm's name of an archive given back without one: that of the envelope inside (norm, section 4)."""
    try:
        names = [member.name for member in read_archive(data)]
    except ActesError:
        names = []
    envelope = next((name for name in names if parse_envelope_name(name)), "")
    return archive_name(trigramme=OPERATOR, envelope=envelope) if envelope else f"{unique_id}.tar.gz"
