"""What the préfecture answered, read and said in French: pure."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass
from typing import Literal

from hemicycle.law.calendar import next_working_day
from hemicycle.protocols.actes import (
    ActesError,
    AnomalieActe,
    AnomalieEnveloppe,
    ARActe,
    Message,
    Nature,
    Unreadable,
    parse_acknowledgement,
    parse_envelope,
    parse_message,
    parse_unique_id,
    read_archive,
    read_attestation,
)
from hemicycle.protocols.actes.envelope import Envelope, EnveloppeCLMISILL, EnveloppeMISILLCL
from hemicycle.protocols.actes.messages import KINDS, ARAnnulation, RetourClassification
from hemicycle.protocols.actes.names import archive_name, parse_envelope_name

#: Our own code: the TdT already holds an act of that number, which is not this one.
NUMBER_TAKEN = "NUMERO"
#: The TdT itself refused, before the ministry saw anything.
BY_TDT = "TDT"
#: Three letters before the name of an archive that the TdT gave back without a name.
OPERATOR = "TDT"
#: What two messages say they are (kind_of).
RECEIPT, CANCELLATION_RECEIPT = KINDS[ARActe.root].title, KINDS[ARAnnulation.root].title

_AFTER_IDENTIFIER = re.compile(r"-\d-\d_\d+\.xml$")
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
    _require_ours(receipt.acte_id, unique_id=unique_id)
    return receipt.received_on


def cancelled_on(data: bytes, *, unique_id: str) -> dt.date:
    """The day on which the State took note of the cancellation of this very act: read in the 6-2, or told by a TdT that
    keeps it to itself. Raises as above."""
    told = read_attestation(data)
    if told is not None and told.about == "ARAnnulation":
        _require_ours(told.acte_id, unique_id=unique_id)
        return told.on
    receipt = parse_message(data)
    if not isinstance(receipt, ARAnnulation):
        raise Unreadable("Le message reçu n’est pas un accusé de réception d’annulation.")
    _require_ours(receipt.acte_id, unique_id=unique_id)
    return receipt.received_on


def _require_ours(acte_id: str, *, unique_id: str) -> None:
    ours, theirs = parse_unique_id(unique_id), parse_unique_id(acte_id)
    if theirs.siren != ours.siren:
        raise NotOurs(
            f"Cet accusé de réception est celui d’une autre collectivité (SIREN {theirs.siren}, le nôtre est "
            f"{ours.siren}) ; il est écarté."
        )
    if acte_id != unique_id:
        raise NotOurs(
            f"Cet accusé de réception est celui d’un autre acte ({acte_id}, attendu {unique_id}) ; il est écarté."
        )


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a message of the State is about, and which act it answers."""

    about: Literal["acknowledgement", "anomaly", "cancellation", "classification", "unknown"]
    sha256: str
    #: Identifier of the act; empty when the message does not give one.
    unique_id: str = ""
    code: str = ""
    detail: str = ""
    #: Why nothing can be made of it, in French; empty when something can.
    why: str = ""


def answer_of(data: bytes, *, ours: str) -> Answer:
    """Read a message as it came, whatever it is: never raises. `ours`: « 099-229999990 », which a 1-3 leaves out."""
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        found = _parsed_any(data)
    except ActesError as reason:
        return Answer(about="unknown", sha256=sha256, why=f"Ce message est illisible. {reason}")
    match found:
        case ARActe():
            return Answer(about="acknowledgement", sha256=sha256, unique_id=found.acte_id)
        case ARAnnulation():
            return Answer(about="cancellation", sha256=sha256, unique_id=found.acte_id)
        case AnomalieActe():
            acte = found.acte
            nature = next((n.abbreviation for n in Nature if n == acte.nature), "")
            identifier = f"{ours}-{acte.decided_on:%Y%m%d}-{acte.number}-{nature}"
            return Answer(about="anomaly", sha256=sha256, unique_id=identifier, code=found.nature, detail=found.detail)
        case AnomalieEnveloppe():
            # The name of a message begins with the identifier of its act (norm, section 4).
            name = found.received.forms[0].name if found.received.forms else ""
            identifier = _AFTER_IDENTIFIER.sub("", name)
            code = str(found.nature)
            return Answer(about="anomaly", sha256=sha256, unique_id=identifier, code=code, detail=found.detail)
        case RetourClassification():
            return Answer(about="classification", sha256=sha256)
    return Answer(
        about="unknown",
        sha256=sha256,
        unique_id=str(getattr(found, "acte_id", "")),
        why="Ce message n’a pas de suite automatique : lisez-le et dites ce qui en est fait.",
    )


def kind_of(data: bytes) -> str:
    """What a message says it is, in the words of the norm; « message illisible » otherwise."""
    try:
        found = _parsed_any(data)
    except ActesError:
        return "message illisible"
    if isinstance(found, AnomalieEnveloppe):
        return "anomalie de l’enveloppe"
    if isinstance(found, EnveloppeCLMISILL | EnveloppeMISILLCL):
        return "enveloppe"
    return KINDS[found.root].title


def _parsed_any(data: bytes) -> Message | Envelope:
    """Raises ActesError."""
    try:
        return parse_message(data)
    except ActesError:
        return parse_envelope(data)


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
