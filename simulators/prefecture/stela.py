"""A second TdT before the same ministry: what Stela does with an act, its answers and its returns.

Its ways are its own, and kept: UTF-8, today's date where the letter's was due, no type code on the answers, one
counter of envelopes for the whole platform (norm, sections 4, 8 and 11). `stela_api` is its door.
"""

from __future__ import annotations

import sqlite3
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from hemicycle.protocols.actes import (
    RECEIPTS,
    Acte,
    ActesError,
    AnomalieActe,
    AnomalieEnveloppe,
    Contact,
    Emitter,
    Member,
    Message,
    Returned,
    Transmission,
    Unreadable,
    build_message,
    build_transmission,
    media_type,
    pack,
    read_return,
)
from hemicycle.protocols.actes.messages import KINDS, Annulation, Courrier, FichierSigne
from hemicycle.protocols.actes.names import EXTENSIONS, document_name, message_name

from .aside import Aside
from .clock import Clock
from .ministry import Maintenance
from .stela_book import Attached, Book

RETURN_ADDRESS = "retour@stela-simule.test"
_TRIGRAMME = "STE"
_CONTACT = Contact(name="Stela simulé", email="contact@stela-simule.test")
_TICK = 0.2
#: Root of a return to the status it gives the act.
_RECEIVED = {
    "ARActe": "ACK_RECEIVED",
    "AnomalieActe": "NACK_RECEIVED",
    "ARAnnulation": "CANCELLED",
    "CourrierSimple": "COURRIER_SIMPLE_RECEIVED",
    "DemandePieceComplementaire": "DEMANDE_PIECE_COMPLEMENTAIRE_RECEIVED",
    "LettreObservations": "LETTRE_OBSERVATION_RECEIVED",
    "DefereTA": "DEFERE_RECEIVED",
    "ARPieceComplementaire": "ACK_REPONSE_PIECE_COMPLEMENTAIRE",
    "ARReponseRejetLettreObservations": "ACK_REPONSE_LETTRE_OBSERVATION",
}
#: Root of an answer to the status that asks for it and its flux; the misspelling is Stela's.
ASKED = {
    "ReponseCourrierSimple": ("REPONSE_COURRIER_SIMPLE_ASKED", "REPONSE_COURRIER_SIMPLE"),
    "PieceComplementaire": ("PIECE_COMPLEMENTAIRE_ASKED", "TRANSMISSION_PIECES_COMPLEMENTAIRES"),
    "RefusPieceComplementaire": (
        "REFUS_PIECES_COMPLEMENTAIRE_ASKED",
        "REFUS_EXPLICITE_TRANSMISSION_PIECES_COMPLEMENTAIRES",
    ),
    "ReponseLettreObservations": ("REPONSE_LETTRE_OBSEVATION_ASKED", "REPONSE_LETTRE_OBSEVATION"),
    "RejetLettreObservations": ("REJET_LETTRE_OBSERVATION_ASKED", "REFUS_EXPLICITE_LETTRE_OBSERVATION"),
}
_RECEIPT_FLUX = {
    "DemandePieceComplementaire": "AR_PIECE_COMPLEMENTAIRE",
    "LettreObservations": "AR_LETTRE_OBSERVATION",
}


class CancelForbidden(Exception):
    """The act is not acknowledged, or its cancellation is already asked for."""


class Stela(threading.Thread):
    """`to_ministry` takes the name and the bytes of an archive, as `Ministry.receive` does."""

    def __init__(
        self,
        folder: Path,
        *,
        emitter: Emitter,
        quadrigramme: str,
        clock: Clock,
        to_ministry: Callable[[str, bytes], object],
    ) -> None:
        super().__init__(name="stela", daemon=True)
        self.book, self.aside, self.clock = Book(folder), Aside(folder / "erreurs"), clock
        self.emitter, self._quadrigramme = emitter, quadrigramme
        self._to_ministry = to_ministry
        self._stopping = threading.Event()

    def stop(self) -> None:
        self._stopping.set()
        self.join(timeout=5)

    def run(self) -> None:
        while not self._stopping.wait(_TICK):
            try:
                self._send_what_waits()
            except Exception as error:
                print(f"Stela : tour interrompu, {error!r}", file=sys.stderr, flush=True)

    def create(self, acte: Acte, fields: Mapping[str, object], files: Sequence[Attached]) -> str:
        """The uuid of an act, on its way to the ministry. Raises ActesError."""
        now = self.clock.now()
        with self.book.db.transaction():
            sent = build_transmission(
                acte,
                emitter=self.emitter,
                contact=_CONTACT,
                return_addresses=[RETURN_ADDRESS],
                serial=self.book.next_serial(now.date()),
                on=now.date(),
                trigramme=_TRIGRAMME,
                quadrigramme=self._quadrigramme,
                encoding="UTF-8",
            )
            identifier = self.book.add(
                number=acte.number, miat_id=sent.acte_id, fields=dict(fields), files=files, at=now
            )
            self.book.note(identifier, "CREATED", at=now)
            self._queue(identifier, "TRANSMISSION_ACTE", sent)
        return identifier

    def cancel(self, row: sqlite3.Row) -> None:
        """Raises CancelForbidden."""
        with self.book.db.transaction():
            reached = self.book.statuses(row["uuid"])
            if "ACK_RECEIVED" not in reached or reached & {"CANCELLATION_ASKED", "CANCELLED"}:
                raise CancelForbidden
            flux = "ANNULATION_TRANSMISSION"
            self.book.note(row["uuid"], "CANCELLATION_ASKED", at=self.clock.now(), flux=flux)
            self._send(row, Annulation(acte_id=row["miat_id"]), flux, ())

    def answer(self, row: sqlite3.Row, root: str, files: Sequence[Attached]) -> None:
        """Answer a letter about an act; Stela does not look whether one came. Raises ActesError."""
        status, flux = ASKED[root]
        now, code = self.clock.now(), KINDS[root].code
        documents = tuple(
            Member(name=_named(row["miat_id"], code, rank, file), data=file.data)
            for rank, file in enumerate(files, start=1)
        )
        message = Courrier(
            root=root,
            acte_id=row["miat_id"],
            dated=now.date(),
            documents=tuple(FichierSigne(name=document.name) for document in documents),
        )
        with self.book.db.transaction():
            self.book.note(row["uuid"], status, at=now, flux=flux)
            self._send(row, message, flux, documents)

    def deliver(self, _: Sequence[str], parts: Sequence[Member]) -> bool:
        """The mail box: what fits nothing is put aside, never lost."""
        try:
            with self.book.db.transaction():
                self._apply(parts)
        except (ActesError, LookupError) as reason:
            self.aside.keep({part.name: part.data for part in parts}, str(reason))
        return True

    def _apply(self, parts: Sequence[Member]) -> None:
        found = read_return(parts)
        if found is None:
            return
        if isinstance(found.envelope, AnomalieEnveloppe):
            row = self._known(self.book.by_envelope(found.rejected), found.rejected)
            self._note(row, "NACK_RECEIVED", found.envelope_name, found.envelope_data, found.envelope.detail)
        for item in found.messages:
            self._take(item.message, found, item.name, item.data)

    def _take(self, message: Message, found: Returned, name: str, data: bytes) -> None:
        status = _RECEIVED.get(message.root)
        if status is None:
            raise Unreadable(f"{name} ne concerne aucun acte.")
        if isinstance(message, AnomalieActe):
            row = self._known(self.book.by_number(message.acte.number), message.acte.number)
            self._note(row, status, name, data, message.detail)
            return
        acte_id = str(getattr(message, "acte_id", ""))
        row = self._known(self.book.by_miat_id(acte_id), acte_id)
        documents = found.messages[0].documents
        says = str(getattr(message, "text", "") or getattr(message, "illegality", ""))
        kept = documents[0] if documents else Member(name=name, data=data)
        self._note(row, status, kept.name, kept.data, says or None)
        if message.root in RECEIPTS and isinstance(message, Courrier):
            receipt = Courrier(root=RECEIPTS[message.root], acte_id=acte_id, dated=message.dated)
            self._send(row, receipt, _RECEIPT_FLUX[message.root], ())

    def _known(self, row: sqlite3.Row | None, what: str) -> sqlite3.Row:
        if row is None:
            raise LookupError(f"{what} est inconnu.")
        return row

    def _note(self, row: sqlite3.Row, status: str, name: str, data: bytes, message: str | None) -> None:
        self.book.note(row["uuid"], status, at=self.clock.now(), message=message, file_name=name, file=data)

    def _send(self, row: sqlite3.Row, message: Message, flux: str, documents: tuple[Member, ...]) -> None:
        today: date = self.clock.now().date()
        sent = pack(
            message_name=message_name(row["miat_id"], KINDS[message.root].code),
            message=build_message(message, encoding="UTF-8"),
            documents=documents,
            acte_id=row["miat_id"],
            emitter=self.emitter,
            contact=_CONTACT,
            return_addresses=[RETURN_ADDRESS],
            serial=self.book.next_serial(today),
            on=today,
            trigramme=_TRIGRAMME,
            quadrigramme=self._quadrigramme,
            encoding="UTF-8",
        )
        self._queue(row["uuid"], flux, sent)

    def _queue(self, identifier: str, flux: str, sent: Transmission) -> None:
        now = self.clock.now()
        for status in ("ANTIVIRUS_OK", "ARCHIVE_CREATED", "ARCHIVE_SIZE_CHECKED"):
            self.book.note(identifier, status, at=now, flux=flux, file_name=sent.archive_name)
        self.book.queue(
            identifier, flux, name=sent.archive_name, envelope=sent.envelope_name, data=sent.archive, day=now.date()
        )

    def _send_what_waits(self) -> None:
        for row in self.book.queued():
            status = "SENT"
            try:
                self._to_ministry(row["name"], bytes(row["data"]))
            except Maintenance:
                return
            except ActesError:
                status = "NOT_SENT"
            with self.book.db.transaction():
                self.book.settle(row["id"])
                self.book.note(row["acte"], status, at=self.clock.now(), flux=row["flux"])


def _named(acte_id: str, code: str, rank: int, file: Attached) -> str:
    found = EXTENSIONS.get(media_type(file.data) or "")
    if found is None:
        raise Unreadable(f"« {file.filename} » n’est ni un PDF, ni une image JPEG ou PNG, ni un fichier XML.")
    return document_name(acte_id, code, rank, type_code="", extension=found)
