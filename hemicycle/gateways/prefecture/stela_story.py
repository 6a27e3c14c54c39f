"""What Stela tells of an act, its histories, read in the states that every channel shares (norm, section 11)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from hemicycle.gateways.prefecture.errors import Unreachable
from hemicycle.gateways.prefecture.replies import TransactionStatus
from hemicycle.protocols.actes import Attestation, build_attestation

#: Root of an answer to the status that asks for it, the flux it leaves under and what acknowledges it; the misspellings
#: are Stela's.
ANSWERS: Final = {
    "ReponseCourrierSimple": ("REPONSE_COURRIER_SIMPLE_ASKED", "REPONSE_COURRIER_SIMPLE", ""),
    "PieceComplementaire": (
        "PIECE_COMPLEMENTAIRE_ASKED",
        "TRANSMISSION_PIECES_COMPLEMENTAIRES",
        "ACK_REPONSE_PIECE_COMPLEMENTAIRE",
    ),
    "RefusPieceComplementaire": (
        "REFUS_PIECES_COMPLEMENTAIRE_ASKED",
        "REFUS_EXPLICITE_TRANSMISSION_PIECES_COMPLEMENTAIRES",
        "ACK_REPONSE_PIECE_COMPLEMENTAIRE",
    ),
    "ReponseLettreObservations": (
        "REPONSE_LETTRE_OBSEVATION_ASKED",
        "REPONSE_LETTRE_OBSEVATION",
        "ACK_REPONSE_LETTRE_OBSERVATION",
    ),
    "RejetLettreObservations": (
        "REJET_LETTRE_OBSERVATION_ASKED",
        "REFUS_EXPLICITE_LETTRE_OBSERVATION",
        "ACK_REPONSE_LETTRE_OBSERVATION",
    ),
}
CANCELLATION: Final = "CANCELLATION_ASKED"
#: A letter of the préfecture came, whose document Stela shows on its own pages only.
LETTERS: Final = {
    "COURRIER_SIMPLE_RECEIVED": "un courrier simple",
    "DEMANDE_PIECE_COMPLEMENTAIRE_RECEIVED": "une demande de pièces complémentaires",
    "LETTRE_OBSERVATION_RECEIVED": "une lettre d’observations",
    "DEFERE_RECEIVED": "un déféré au tribunal administratif",
}
_CANCELLATION_FLUX: Final = "ANNULATION_TRANSMISSION"
_ACT: Final = ("TRANSMISSION_ACTE", "")
_FAILED: Final = {
    "ANTIVIRUS_KO": "L’antivirus de Stela refuse un des documents.",
    "SIGNATURE_ERROR": "Stela juge que la signature d’un document n’est pas valable.",
    "ARCHIVE_TOO_LARGE": "L’acte et ses annexes dépassent la taille admise.",
    "FILE_ERROR": "Stela n’a pas pu lire un des documents.",
    "NOT_SENT": "Le ministère n’a pas pris l’archive que Stela lui portait.",
    "NACK_RECEIVED": "La préfecture refuse l’acte, sans motif donné.",
}


@dataclass(frozen=True, kw_only=True)
class Event:
    """One line of the histories of an act."""

    uuid: str
    status: str
    #: Empty where Stela gives none.
    flux: str
    at: datetime | None
    message: str
    file: str


def events_of(act: dict[str, Any]) -> list[Event]:
    """The histories of an act, oldest first. Raises Unreachable when they cannot be read."""
    told = act.get("acteHistories")
    if not isinstance(told, list) or not all(isinstance(item, dict) for item in told):
        raise Unreachable("L’historique que Stela donne de l’acte est illisible.")
    found = [
        Event(
            uuid=str(item.get("uuid") or ""),
            status=str(item.get("status") or ""),
            flux=str(item.get("flux") or ""),
            at=_moment(item.get("date")),
            message=str(item.get("message") or ""),
            file=str(item.get("fileName") or ""),
        )
        for item in told
    ]
    # The newest comes first, and those of one instant keep their order.
    found.reverse()
    return sorted(found, key=lambda event: event.at.isoformat() if event.at else "")


def of_act(events: list[Event]) -> TransactionStatus:
    """Where the act stands; an acknowledgement is never undone by what comes after it, save a cancellation."""
    reached = {event.status for event in events}
    if "CANCELLED" in reached:
        return TransactionStatus(state=0, message=None)
    if "ACK_RECEIVED" in reached:
        return TransactionStatus(state=4, message=None)
    broken = _failure(event for event in events if event.flux in _ACT)
    if broken is not None:
        return broken
    about_it = {event.status for event in events if event.flux in _ACT}
    return TransactionStatus(state=3 if "SENT" in about_it else 2 if "ARCHIVE_CREATED" in about_it else 1, message=None)


def of_request(events: list[Event], asked: str) -> TransactionStatus:
    """Where a cancellation or an answer stands, by the uuid of the event that asked for it. Raises Unreachable."""
    rank = next((rank for rank, event in enumerate(events) if event.uuid == asked), None)
    if rank is None:
        raise Unreachable("Stela ne montre plus cette demande dans l’historique de l’acte.")
    flux, done = _expected(events[rank].status)
    after = events[rank + 1 :]
    if done and any(event.status == done for event in after):
        return TransactionStatus(state=4, message=None)
    about_it = [event for event in after if event.flux == flux]
    return _failure(about_it) or TransactionStatus(
        state=3 if any(event.status == "SENT" for event in about_it) else 1, message=None
    )


def cancelled(found: TransactionStatus, events: list[Event], request: str) -> bool:
    """Whether that state says that the act is cancelled: its own, or that of the request for it."""
    asked = next((event.status for event in events if event.uuid == request), CANCELLATION)
    return found.state == (4 if request else 0) and asked == CANCELLATION


def account_of(events: list[Event], acte_id: str) -> bytes | None:
    """Stela's account of a 6-2 that it keeps to itself; None when it does not say when it came."""
    on = day_of(events, "CANCELLED")
    says = next((event.message or event.file for event in events if event.status == "CANCELLED"), "")
    if on is None:
        return None
    return build_attestation(Attestation(source="Stela", about="ARAnnulation", acte_id=acte_id, on=on, says=says))


def day_of(events: list[Event], status: str) -> date | None:
    """The day Stela noted that status, in its own (local) time."""
    return next((event.at.date() for event in events if event.status == status and event.at), None)


def _expected(status: str) -> tuple[str, str]:
    if status == CANCELLATION:
        return _CANCELLATION_FLUX, "CANCELLED"
    return next(((flux, done) for asked, flux, done in ANSWERS.values() if asked == status), ("", ""))


def _failure(events: Iterable[Event]) -> TransactionStatus | None:
    for event in events:
        if event.status in _FAILED:
            return TransactionStatus(state=-1, message=None, error=event.message or _FAILED[event.status])
    return None


def _moment(text: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text)).replace(tzinfo=None)
    except ValueError:
        return None
