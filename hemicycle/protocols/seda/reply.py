"""Reading what the archive answers, leniently: the reply to a refused transfer is often not schema-valid.

Vitam says OK, WARNING, KO, FATAL; as@lae and SEDA 0.2/1.0 use the three-digit codes of the national list.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final, Literal

from lxml import etree

from hemicycle.protocols.seda.reading import (
    Unreadable,
    child,
    children,
    descendants,
    local_name,
    read_xml,
    seda_version,
    text,
)

State = Literal["received", "accepted", "accepted_with_warning", "rejected", "technical_error", "tested"]

_ROOTS: Final = {
    "ArchiveTransferReply": "reply",
    "ArchiveTransferAcceptance": "reply",
    "Acknowledgement": "receipt",
    "ArchiveTransferReplyAcknowledgement": "receipt",
}
_WORDS: Final[dict[str, State]] = {
    "OK": "accepted",
    "WARNING": "accepted_with_warning",
    "KO": "rejected",
    "FATAL": "technical_error",
    "000": "accepted",
    "001": "accepted_with_warning",
    "002": "accepted_with_warning",
    "102": "technical_error",
}
_CODE_MESSAGES: Final = {
    "000": "transfert accepté",
    "001": "transfert accepté, voir les commentaires",
    "002": "transfert accepté, demande faite aux autorités de contrôle",
    "101": "message mal formé",
    "102": "système momentanément indisponible",
    "200": "service producteur inconnu",
    "201": "service d’archives inconnu",
    "202": "service versant inconnu",
    "203": "dépôt non conforme au profil de données",
    "204": "format de document non géré",
    "205": "format de document non conforme au format déclaré",
    "206": "signature du message invalide",
    "207": "empreinte invalide",
    "211": "pièce attachée absente",
    "300": "accord de versement invalide",
}
_STATE_MESSAGES: Final[dict[State, str]] = {
    "received": "Le service d’archives a reçu le transfert ; rien n’est encore jugé.",
    "accepted": "Le service d’archives a accepté le transfert.",
    "accepted_with_warning": "Le service d’archives a accepté le transfert avec un avertissement.",
    "rejected": "Le service d’archives a refusé le transfert.",
    "technical_error": "Le service d’archives a rencontré une erreur technique ; reprendre le transfert.",
    "tested": "Le service d’archives a joué le transfert à blanc : rien n’est archivé.",
}


class NotAReply(ValueError):
    """The bytes are not a reply of the archive; str() is the sentence to show."""


@dataclass(frozen=True, kw_only=True)
class ReplyEvent:
    """One step of the archive's control. cause is the useful part: evDetTechData of Vitam, "" when absent."""

    code: str
    label: str
    #: OK, WARNING, KO, FATAL.
    outcome: str
    #: Full code of the outcome: CHECK_SEDA.NOT_XSD_VALID.KO.
    detail: str
    message: str
    cause: str
    #: As written, often without time zone.
    at: str
    #: xml id of the unit or group the event is about, "" for the whole transfer.
    piece: str


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What an ArchiveTransferReply or an Acknowledgement says."""

    kind: Literal["reply", "receipt"]
    state: State
    #: ReplyCode as written; "" for a receipt.
    code: str
    #: The SAE's own identifier of the message: with Vitam, the operation.
    operation_id: str
    #: Our MessageIdentifier, echoed; "" when the SAE refused before reading it.
    request_id: str
    date: str
    granted: str
    agreement: str
    archival_agency: str
    transferring_agency: str
    #: Identifier given by the SAE to each unit, by our xml id.
    units: dict[str, str]
    #: Identifier given by the SAE to each object, by our xml id.
    objects: dict[str, str]
    events: tuple[ReplyEvent, ...]
    #: French sentences, the verdict first, then the causes.
    messages: tuple[str, ...]
    version: str

    @property
    def accepted(self) -> bool:
        """The archive took responsibility: local copies may be eliminated, with the visa of the archives."""
        return self.state in ("accepted", "accepted_with_warning")

    @property
    def warning(self) -> bool:
        """Accepted, but something was corrected or is to be looked at."""
        return self.state == "accepted_with_warning"

    @property
    def final(self) -> bool:
        """Nothing more is to be expected for this transfer."""
        return self.state not in ("received", "technical_error")


def read_reply(data: bytes) -> Reply:
    """The reply in these bytes. Raises NotAReply when they are not one; never refuses one for its schema."""
    try:
        root = read_xml(data)
    except Unreadable as error:
        raise NotAReply(f"La réponse du service d’archives est illisible. {error}") from error
    return reply_of(root)


def reply_of(root: etree._Element) -> Reply:
    """The same, from XML already read."""
    name = local_name(root)
    kind = _ROOTS.get(name)
    if kind is None:
        raise NotAReply(f"« {name} » n’est pas une réponse d’un service d’archives.")
    comments = [c for c in (text(e) for e in children(root, "Comment")) if c]
    code = text(root, "ReplyCode")
    state = _state(name, code)
    events = _events(root)
    return Reply(
        kind="reply" if kind == "reply" else "receipt",
        state=state,
        code=code,
        operation_id=_first(root, "MessageIdentifier", "TransferReplyIdentifier", "AcknowledgementIdentifier"),
        request_id=_first(root, "MessageRequestIdentifier", "MessageReceivedIdentifier", "TransferIdentifier"),
        date=text(root, "Date"),
        granted=text(root, "GrantDate"),
        agreement=text(root, "ArchivalAgreement"),
        archival_agency=text(root, "ArchivalAgency", "Identifier") or text(root, "Sender", "Identifier"),
        transferring_agency=text(root, "TransferringAgency", "Identifier") or text(root, "Receiver", "Identifier"),
        units=_units(root),
        objects=_objects(root),
        events=events,
        messages=_messages(state, code, comments, events),
        version=seda_version(root) or "",
    )


def _first(root: etree._Element, *names: str) -> str:
    return next((value for value in (text(root, name) for name in names) if value), "")


def _state(name: str, code: str) -> State:
    if _ROOTS[name] == "receipt":
        return "received"
    if code.startswith("Test "):
        return "tested"
    if name == "ArchiveTransferAcceptance" and not code:
        return "accepted"
    # An unknown code is not an acceptance: nothing may be eliminated on a doubt.
    return _WORDS.get(code, "rejected")


def _units(root: etree._Element) -> dict[str, str]:
    units = {}
    for unit in descendants(root, "ArchiveUnit", "Archive"):
        content = child(unit, "Content")
        given = (
            text(content, "SystemId")
            or text(content, "ArchivalAgencyArchiveUnitIdentifier")
            or text(unit, "ArchivalAgencyArchiveIdentifier")
        )
        if given and unit.get("id"):
            units[str(unit.get("id"))] = given
    return units


def _objects(root: etree._Element) -> dict[str, str]:
    found = descendants(root, "BinaryDataObject", "PhysicalDataObject")
    pairs = ((entry.get("id"), text(entry, "DataObjectSystemId")) for entry in found)
    return {str(xml_id): given for xml_id, given in pairs if xml_id and given}


def _events(root: etree._Element) -> tuple[ReplyEvent, ...]:
    events = [_event(e, "") for e in children(child(root, "Operation"), "Event")]
    for piece in descendants(root, "ArchiveUnit", "DataObjectGroup"):
        log = child(piece, "LogBook")
        log = child(piece, "Management", "LogBook") if log is None else log
        events.extend(_event(e, str(piece.get("id") or "")) for e in children(log, "Event"))
    return tuple(events)


def _event(element: etree._Element, piece: str) -> ReplyEvent:
    return ReplyEvent(
        code=text(element, "EventTypeCode"),
        label=text(element, "EventType"),
        outcome=text(element, "Outcome"),
        detail=text(element, "OutcomeDetail"),
        message=text(element, "OutcomeDetailMessage"),
        cause=_cause(text(element, "EventDetailData")),
        at=text(element, "EventDateTime"),
        piece=piece,
    )


def _cause(detail: str) -> str:
    try:
        data = json.loads(detail)
    except (ValueError, RecursionError):
        return detail
    if not isinstance(data, dict):
        return ""
    cause = data.get("evDetTechData") or data.get("eventDetailData") or ""
    return cause if isinstance(cause, str) else json.dumps(cause, ensure_ascii=False)


def _messages(state: State, code: str, comments: list[str], events: tuple[ReplyEvent, ...]) -> tuple[str, ...]:
    verdict = _STATE_MESSAGES[state]
    if code in _CODE_MESSAGES:
        verdict = f"{verdict[:-1]} : {_CODE_MESSAGES[code]} (code {code})."
    elif code and code not in _WORDS and not code.startswith("Test "):
        verdict = f"{verdict[:-1]} (code {code})."
    lines = [verdict, *comments]
    for event in events:
        if event.outcome in ("OK", ""):
            continue
        line = event.message or event.label or event.code
        where = f"Pièce {event.piece} : " if event.piece else ""
        lines.append(f"{where}{line}" + (f" ({event.cause})" if event.cause not in ("", line) else ""))
    return tuple(dict.fromkeys(lines))
