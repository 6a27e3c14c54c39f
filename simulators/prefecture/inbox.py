"""What the ministry sends back, part by part, and what it changes at the TdT (norm, sections 8 and 11)."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from hemicycle.protocols.actes import (
    ActesError,
    AnomalieActe,
    AnomalieEnveloppe,
    ARActe,
    Member,
    Message,
    Transmission,
    Unreadable,
    media_type,
    parse_envelope,
    parse_message,
    write_archive,
)
from hemicycle.protocols.actes.envelope import EnveloppeMISILLCL
from hemicycle.protocols.actes.messages import (
    KINDS,
    ARAnnulation,
    ARReponse,
    Courrier,
    DefereTA,
    RetourClassification,
    SansChangement,
)
from hemicycle.protocols.actes.names import archive_name, parse_envelope_name

from .ledger import Entry, Ledger, SentFile
from .platform import Platform

_ACKNOWLEDGED = {"3-1": "ARDemandePieceComplementaire", "4-1": "ARLettreObservations"}


class Inbox:
    def __init__(self, platform: Platform, quarantine: Path) -> None:
        self._platform, self._quarantine = platform, quarantine

    @property
    def _ledger(self) -> Ledger:
        return self._platform.ledger

    def receive(self, parts: Mapping[str, bytes]) -> None:
        """Apply one mail: all its parts first, because their order means nothing.

        What fits no transaction is put aside, never lost.
        """
        try:
            with self._ledger.db.transaction():
                self._apply(parts)
        except (ActesError, LookupError, ValueError) as reason:
            digest = hashlib.sha256(b"".join(parts.values())).hexdigest()[:12]
            folder = self._quarantine / digest
            folder.mkdir(parents=True, exist_ok=True)
            for name, data in parts.items():
                (folder / re.sub(r"[^\w.\-]", "_", name)).write_bytes(data)
            (folder / "motif.txt").write_text(f"{reason}\n", "utf-8")

    def _apply(self, parts: Mapping[str, bytes]) -> None:
        for name, data in parts.items():
            if name.startswith("ANO_"):
                self._envelope_anomaly(name, data)
                return
        found = next((name for name in parts if parse_envelope_name(name)), None)
        if found is None:
            raise Unreadable("Aucune enveloppe dans ce retour.")
        envelope = parse_envelope(parts[found])
        if not isinstance(envelope, EnveloppeMISILLCL):
            raise Unreadable("L’enveloppe de ce retour ne vient pas du ministère.")
        for form in envelope.forms:
            self._message(form.name, parts, found)

    def _envelope_anomaly(self, name: str, data: bytes) -> None:
        anomaly = parse_envelope(data)
        if not isinstance(anomaly, AnomalieEnveloppe):
            raise Unreadable("Anomalie d’enveloppe illisible.")
        rejected = name.removeprefix("ANO_")
        rows = self._ledger.db.rows(
            "SELECT t.* FROM transaction_ t JOIN envelope e ON e.id = t.envelope_id WHERE e.name = ?", rejected
        )
        if not rows:
            raise LookupError(f"L’enveloppe {rejected} est inconnue.")
        for row in rows:
            self._answered(row, -1, data, f"Anomalie d'enveloppe {anomaly.nature:03d} : {anomaly.detail}")

    def _message(self, name: str, parts: Mapping[str, bytes], envelope: str) -> None:
        data = parts[name]
        message = parse_message(data)
        match message:
            case ARActe():
                self._answered(self._act(message.acte_id), 4, data, "Acquittement reçu")
            case AnomalieActe():
                act = self._by_number(message)
                self._answered(act, -1, data, f"Anomalie {message.nature} : {message.detail}")
            case ARAnnulation():
                self._cancelled(self._act(message.acte_id), data)
            case ARReponse():
                self._answered(self._last(message.root, message.acte_id), 4, data, "")
            case RetourClassification() | SansChangement():
                if isinstance(message, RetourClassification):
                    self._ledger.keep_classification(data, at=self._platform.clock.now())
                for row in self._ledger.in_state(3) + self._ledger.in_state(2):
                    if row["type"] == "7":
                        self._answered(row, 4, data, "")
            case Courrier() | DefereTA():
                self._letter(name, message, parts, envelope)
            case _:
                raise Unreadable(f"{name} ne peut pas venir du ministère.")

    def _answered(self, row: sqlite3.Row, status: int, flux: bytes, text: str) -> None:
        """Only a transaction still waiting moves; a repeated receipt changes nothing."""
        current = self._ledger.state(row["id"])["status"]
        if current in (2, 3):
            self._ledger.move(row["id"], status, at=self._platform.clock.now(), message=text, flux=flux)
        elif status == -1:
            raise LookupError("Une anomalie est arrivée après la fin de l’échange.")

    def _cancelled(self, act: sqlite3.Row, data: bytes) -> None:
        for row in self._ledger.children(act["id"]):
            if row["type"] == "6":
                self._answered(row, 4, data, "")
        self._ledger.move(act["id"], 0, at=self._platform.clock.now(), flux=data)

    def _letter(self, name: str, message: Courrier | DefereTA, parts: Mapping[str, bytes], envelope: str) -> None:
        act = self._act(message.acte_id)
        flow = KINDS[message.root].code
        documents = tuple(Member(name=file.name, data=parts[file.name]) for file in message.documents)
        members = (
            Member(name=envelope, data=parts[envelope]),
            Member(name=name, data=parts[name]),
            *documents,
        )
        dated: date = message.dated if isinstance(message, Courrier) else message.filed_on
        entry = Entry(
            type=flow[0],
            flow=flow,
            related_id=act["id"],
            number=act["number"],
            unique_id=act["unique_id"],
            dated=dated.isoformat(),
            unread=True,
        )
        sent = Transmission(
            archive_name=archive_name(trigramme=self._platform.settings.trigramme, envelope=envelope),
            archive=write_archive(members),
            envelope_name=envelope,
            envelope=parts[envelope],
            message_name=name,
            message=parts[name],
            documents=documents,
            acte_id=act["unique_id"],
        )
        self._keep(entry, sent, flow, message)

    def _keep(self, entry: Entry, sent: Transmission, flow: str, message: Message) -> None:
        now = self._platform.clock.now()
        files = [
            SentFile(
                name=document.name,
                posted_filename=document.name,
                mimetype=media_type(document.data) or "application/octet-stream",
                size=len(document.data),
                code_pj="",
            )
            for document in sent.documents
        ]
        status = 7 if flow in _ACKNOWLEDGED else 21
        identifier = self._ledger.add(
            entry, sent, files, day=now.date(), serial=0, outbound=False, status=status, at=now
        )
        if flow in _ACKNOWLEDGED and isinstance(message, Courrier):
            # 3-2 and 4-2 leave by themselves, no human decides (norm, section 8).
            receipt = Courrier(root=_ACKNOWLEDGED[flow], acte_id=message.acte_id, dated=message.dated)
            row = self._ledger.find(identifier)
            self._platform.send(receipt, row, flow=f"{flow[0]}-2", documents=(), uploads=())
            self._ledger.move(identifier, 8, at=now)

    def _act(self, unique_id: str) -> sqlite3.Row:
        row = self._ledger.by_unique_id(unique_id)
        if row is None:
            raise LookupError(f"L’acte {unique_id} est inconnu.")
        return row

    def _by_number(self, message: AnomalieActe) -> sqlite3.Row:
        row = self._ledger.db.one(
            "SELECT * FROM transaction_ WHERE type = '1' AND number = ? AND decided_on = ? AND nature = ?",
            message.acte.number,
            message.acte.decided_on.isoformat(),
            message.acte.nature,
        )
        if row is None:
            raise LookupError(f"L’acte {message.acte.number} est inconnu.")
        return row

    def _last(self, root: str, unique_id: str) -> sqlite3.Row:
        flows = ("3-3", "3-4") if KINDS[root].code == "3-5" else ("4-3", "4-4")
        row = self._ledger.db.one(
            "SELECT * FROM transaction_ WHERE unique_id = ? AND flow IN (?, ?) ORDER BY id DESC",
            unique_id,
            *flows,
        )
        if row is None:
            raise LookupError(f"Aucune réponse n’attend de reçu pour {unique_id}.")
        return row
