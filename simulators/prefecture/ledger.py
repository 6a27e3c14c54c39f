"""What the TdT remembers: transactions, their successive states, envelopes and files."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from hemicycle.protocols.actes import Transmission

from .database import Database

LABELS = {
    -1: "Erreur",
    0: "Annulé",
    1: "Posté",
    2: "En attente de transmission",
    3: "Transmis",
    4: "Acquittement reçu",
    5: "Validé",
    6: "Refusé",
    7: "Document reçu",
    8: "Acquittement envoyé",
    12: "Envoyé au SAE",
    13: "Archivé par le SAE",
    14: "Erreur lors de l'archivage",
    16: "Détruite",
    17: "En attente d'être postée",
    18: "En attente d'être signée",
    19: "En attente de transmission au SAE",
    20: "Erreur lors de l'envoi au SAE",
    21: "Document reçu (pas d'AR)",
    22: "Erreur SAE, documents indisponibles",
}

# Each kind of id counts from its own thousand, so that one taken for another fails loudly.
_SCHEMA = """
CREATE TABLE IF NOT EXISTS envelope (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, archive_name TEXT NOT NULL,
    day TEXT NOT NULL, serial INTEGER NOT NULL, submitted_at TEXT, outbound INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS transaction_ (
    id INTEGER PRIMARY KEY AUTOINCREMENT, type TEXT NOT NULL, flow TEXT NOT NULL,
    envelope_id INTEGER NOT NULL REFERENCES envelope (id), related_id INTEGER, number TEXT NOT NULL,
    unique_id TEXT NOT NULL, subject TEXT NOT NULL, nature INTEGER NOT NULL, decided_on TEXT NOT NULL,
    classification TEXT NOT NULL, message_name TEXT NOT NULL, created_at TEXT NOT NULL,
    dated TEXT NOT NULL DEFAULT '', unread INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX IF NOT EXISTS number_for_ever ON transaction_ (number) WHERE type = '1';
CREATE TABLE IF NOT EXISTS state (
    id INTEGER PRIMARY KEY AUTOINCREMENT, transaction_id INTEGER NOT NULL REFERENCES transaction_ (id),
    status INTEGER NOT NULL, at TEXT NOT NULL, message TEXT NOT NULL, flux BLOB
);
CREATE TABLE IF NOT EXISTS file (
    id INTEGER PRIMARY KEY AUTOINCREMENT, transaction_id INTEGER NOT NULL REFERENCES transaction_ (id),
    name TEXT NOT NULL, posted_filename TEXT NOT NULL, mimetype TEXT NOT NULL, size INTEGER NOT NULL,
    code_pj TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS classification (id INTEGER PRIMARY KEY, xml BLOB NOT NULL, at TEXT NOT NULL);
INSERT INTO sqlite_sequence (name, seq) SELECT 'envelope', 1000
    WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'envelope');
INSERT INTO sqlite_sequence (name, seq) SELECT 'file', 5000
    WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'file');
"""


@dataclass(frozen=True, kw_only=True)
class SentFile:
    name: str
    posted_filename: str
    mimetype: str
    size: int
    code_pj: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A transaction to be written; the columns of the API."""

    type: str
    #: 1-1, 2-2, 6-1...
    flow: str
    related_id: int | None = None
    number: str = ""
    unique_id: str = ""
    subject: str = ""
    nature: int = 0
    decided_on: str = ""
    classification: str = ""
    #: Date of the prefecture's letter, for a letter or an answer to one.
    dated: str = ""
    unread: bool = False


class Ledger:
    def __init__(self, folder: Path) -> None:
        self.db = Database(folder / "tdt.sqlite3", _SCHEMA)
        self._archives = folder / "archives"
        self._archives.mkdir(parents=True, exist_ok=True)

    def next_serial(self, day: date) -> int:
        row = self.db.one(
            "SELECT COALESCE(MAX(serial), 0) + 1 AS n FROM envelope WHERE day = ? AND outbound", day.isoformat()
        )
        return int(row["n"]) if row else 1

    def add(
        self,
        entry: Entry,
        sent: Transmission,
        files: Iterable[SentFile],
        *,
        day: date,
        serial: int,
        outbound: bool,
        status: int,
        at: datetime,
    ) -> int:
        """Write the archive, then the rows that name it; the id of the transaction."""
        (self._archives / sent.archive_name).write_bytes(sent.archive)
        with self.db.transaction():
            envelope = self.db.write(
                "INSERT INTO envelope (name, archive_name, day, serial, outbound) VALUES (?, ?, ?, ?, ?)",
                sent.envelope_name,
                sent.archive_name,
                day.isoformat(),
                serial,
                outbound,
            )
            identifier = self._insert(entry, envelope, sent.message_name, at)
            for file in files:
                self.db.write(
                    "INSERT INTO file (transaction_id, name, posted_filename, mimetype, size, code_pj)"
                    " VALUES (?, ?, ?, ?, ?, ?)",
                    identifier,
                    file.name,
                    file.posted_filename,
                    file.mimetype,
                    file.size,
                    file.code_pj,
                )
            self.move(identifier, status, at=at, message=LABELS[status])
        return identifier

    def _insert(self, entry: Entry, envelope: int, message_name: str, at: datetime) -> int:
        return self.db.write(
            "INSERT INTO transaction_ (type, flow, envelope_id, related_id, number, unique_id, subject, nature,"
            " decided_on, classification, message_name, created_at, dated, unread)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            entry.type,
            entry.flow,
            envelope,
            entry.related_id,
            entry.number,
            entry.unique_id,
            entry.subject,
            entry.nature,
            entry.decided_on,
            entry.classification,
            message_name,
            at.isoformat(),
            entry.dated,
            entry.unread,
        )

    def move(self, identifier: int, status: int, *, at: datetime, message: str = "", flux: bytes | None = None) -> None:
        self.db.write(
            "INSERT INTO state (transaction_id, status, at, message, flux) VALUES (?, ?, ?, ?, ?)",
            identifier,
            status,
            at.isoformat(),
            (message or LABELS[status])[:512],
            flux,
        )

    def find(self, identifier: int) -> sqlite3.Row | None:
        return self.db.one("SELECT * FROM transaction_ WHERE id = ?", identifier)

    def state(self, identifier: int) -> sqlite3.Row:
        row = self.db.one("SELECT * FROM state WHERE transaction_id = ? ORDER BY id DESC LIMIT 1", identifier)
        if row is None:
            raise LookupError(identifier)
        return row

    def states(self, identifier: int) -> list[sqlite3.Row]:
        return self.db.rows("SELECT * FROM state WHERE transaction_id = ? ORDER BY id", identifier)

    def in_state(self, status: int) -> list[sqlite3.Row]:
        """Transactions whose last state is this one, oldest first."""
        return self.db.rows(
            "SELECT t.* FROM transaction_ t WHERE (SELECT s.status FROM state s WHERE s.transaction_id = t.id"
            " ORDER BY s.id DESC LIMIT 1) = ? ORDER BY t.id",
            status,
        )

    def all(self) -> list[sqlite3.Row]:
        return self.db.rows("SELECT * FROM transaction_ ORDER BY id DESC")

    def children(self, identifier: int) -> list[sqlite3.Row]:
        return self.db.rows("SELECT * FROM transaction_ WHERE related_id = ? ORDER BY id", identifier)

    def by_unique_id(self, unique_id: str) -> sqlite3.Row | None:
        return self.db.one("SELECT * FROM transaction_ WHERE type = '1' AND unique_id = ? ORDER BY id DESC", unique_id)

    def files(self, identifier: int) -> list[sqlite3.Row]:
        return self.db.rows("SELECT * FROM file WHERE transaction_id = ? ORDER BY id", identifier)

    def envelope(self, identifier: int) -> sqlite3.Row | None:
        return self.db.one("SELECT * FROM envelope WHERE id = ?", identifier)

    def archive(self, envelope: sqlite3.Row) -> bytes:
        return (self._archives / str(envelope["archive_name"])).read_bytes()

    def classification(self) -> bytes | None:
        row = self.db.one("SELECT xml FROM classification ORDER BY id DESC LIMIT 1")
        return bytes(row["xml"]) if row else None

    def keep_classification(self, xml: bytes, *, at: datetime) -> None:
        self.db.write("INSERT INTO classification (xml, at) VALUES (?, ?)", xml, at.isoformat())
