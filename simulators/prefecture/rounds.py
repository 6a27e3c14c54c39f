"""The TdT's background clock: 1 to 2 once validated, 2 to 3 once the ministry has taken the archive."""

from __future__ import annotations

import sqlite3
import sys
import threading

import httpx

from hemicycle.protocols.actes import (
    ActesError,
    TransmissionActe,
    describe,
    parse_classification,
    parse_message,
    read_archive,
)
from hemicycle.protocols.actes.names import parse_message_name

from .platform import Platform

_TICK = 0.2


class Rounds(threading.Thread):
    def __init__(self, platform: Platform, ministry_url: str) -> None:
        super().__init__(name="tdt", daemon=True)
        self._platform, self._ministry = platform, ministry_url
        self._stopping = threading.Event()

    def stop(self) -> None:
        self._stopping.set()
        self.join(timeout=5)

    def run(self) -> None:
        while not self._stopping.wait(_TICK):
            try:
                self.one_round()
            except Exception as error:
                # The next round starts afresh from what the ledger says.
                print(f"TdT : tour interrompu, {error!r}", file=sys.stderr, flush=True)

    def one_round(self) -> None:
        """Each transaction moves by one state at most."""
        waiting = self._platform.ledger.in_state(2)
        for transaction in self._platform.ledger.in_state(1):
            self._validate(transaction)
        for transaction in waiting:
            self._send(transaction)

    def _validate(self, transaction: sqlite3.Row) -> None:
        ledger, at = self._platform.ledger, self._platform.clock.now()
        problems = self._problems(transaction)
        if problems:
            ledger.move(transaction["id"], -1, at=at, message=f"Enveloppe invalide : {' '.join(problems)}")
        else:
            ledger.move(transaction["id"], 2, at=at)

    def _problems(self, transaction: sqlite3.Row) -> list[str]:
        envelope = self._platform.ledger.envelope(transaction["envelope_id"])
        if envelope is None:
            return ["enveloppe absente."]
        archive = self._platform.ledger.archive(envelope)
        verdict = describe(archive, envelope["archive_name"], schemas=self._platform.settings.schemas)
        problems = list(verdict.problems) if verdict else ["archive illisible."]
        return problems + (self._typology(archive) if transaction["type"] == "1" else [])

    def _typology(self, archive: bytes) -> list[str]:
        held = parse_classification(self._platform.ledger.classification() or b"")
        problems = []
        for member in read_archive(archive):
            if not member.name.endswith("-1-1_0.xml"):
                continue
            try:
                message = parse_message(member.data)
            except ActesError as reason:
                return [str(reason)]
            if isinstance(message, TransmissionActe):
                allowed = held.piece_types(message.acte.nature)
                for file in (message.acte.document, *message.acte.annexes):
                    name = parse_message_name(file.name)
                    if name is None or name.type_code not in allowed:
                        problems.append(f"{file.name} : type de pièce interdit pour cette nature.")
        return problems

    def _send(self, transaction: sqlite3.Row) -> None:
        ledger, at = self._platform.ledger, self._platform.clock.now()
        envelope = ledger.envelope(transaction["envelope_id"])
        if envelope is None:
            return
        name = envelope["archive_name"]
        try:
            answer = httpx.post(
                self._ministry, files={name: (name, ledger.archive(envelope), "application/x-gzip")}, timeout=30
            )
        except httpx.HTTPError:
            return
        # Anything but 200 is tried again at the next round.
        if answer.status_code == 200:
            with ledger.db.transaction():
                ledger.db.write("UPDATE envelope SET submitted_at = ? WHERE id = ?", at.isoformat(), envelope["id"])
                # The answer may already be there: never go back.
                if ledger.state(transaction["id"])["status"] == 2:
                    ledger.move(transaction["id"], 3, at=at)
