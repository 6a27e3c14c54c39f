"""What the simulated Stela remembers: acts, their files, their histories, and the archives still to send."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from .database import Database

_SCHEMA = """
CREATE TABLE IF NOT EXISTS acte (
    uuid TEXT PRIMARY KEY, number TEXT NOT NULL UNIQUE, miat_id TEXT NOT NULL, created_at TEXT NOT NULL,
    fields TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS attachment (
    uuid TEXT PRIMARY KEY, acte TEXT NOT NULL, filename TEXT NOT NULL, code TEXT NOT NULL, data BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS history (
    uuid TEXT PRIMARY KEY, acte TEXT NOT NULL, status TEXT NOT NULL, at TEXT NOT NULL, message TEXT,
    file_name TEXT, file BLOB, flux TEXT
);
CREATE TABLE IF NOT EXISTS outgoing (
    id INTEGER PRIMARY KEY AUTOINCREMENT, acte TEXT NOT NULL, flux TEXT NOT NULL, name TEXT NOT NULL,
    envelope TEXT NOT NULL, data BLOB NOT NULL, day TEXT NOT NULL, settled INTEGER NOT NULL DEFAULT 0
);
"""


@dataclass(frozen=True, kw_only=True)
class Attached:
    filename: str
    code: str
    data: bytes


class Book:
    def __init__(self, folder: Path) -> None:
        self.db = Database(folder / "stela.sqlite3", _SCHEMA)

    def add(self, *, number: str, miat_id: str, fields: dict[str, Any], files: Sequence[Attached], at: datetime) -> str:
        """The uuid of the act; its files in order, the act first."""
        identifier = str(uuid.uuid4())
        self.db.write(
            "INSERT INTO acte (uuid, number, miat_id, created_at, fields) VALUES (?, ?, ?, ?, ?)",
            identifier,
            number,
            miat_id,
            _local(at),
            json.dumps(fields),
        )
        for file in files:
            self.db.write(
                "INSERT INTO attachment (uuid, acte, filename, code, data) VALUES (?, ?, ?, ?, ?)",
                str(uuid.uuid4()),
                identifier,
                file.filename,
                file.code,
                file.data,
            )
        return identifier

    def knows_number(self, number: str) -> bool:
        return self.db.one("SELECT 1 FROM acte WHERE number = ?", number) is not None

    def find(self, identifier: str) -> sqlite3.Row | None:
        return self.db.one("SELECT * FROM acte WHERE uuid = ?", identifier)

    def by_miat_id(self, miat_id: str) -> sqlite3.Row | None:
        return self.db.one("SELECT * FROM acte WHERE miat_id = ?", miat_id)

    def by_number(self, number: str) -> sqlite3.Row | None:
        return self.db.one("SELECT * FROM acte WHERE number = ?", number)

    def by_envelope(self, name: str) -> sqlite3.Row | None:
        return self.db.one(
            "SELECT a.* FROM acte a JOIN outgoing o ON o.acte = a.uuid WHERE o.envelope = ? ORDER BY o.id DESC", name
        )

    def all(self, *, limit: int, offset: int, newest_first: bool) -> list[sqlite3.Row]:
        way = -1 if newest_first else 1
        return self.db.rows("SELECT * FROM acte ORDER BY rowid * ? LIMIT ? OFFSET ?", way, limit, offset)

    def files(self, identifier: str) -> list[sqlite3.Row]:
        return self.db.rows("SELECT * FROM attachment WHERE acte = ? ORDER BY rowid", identifier)

    def note(
        self, acte: str, status: str, *, at: datetime, flux: str | None = None, message: str | None = None,
        file_name: str | None = None, file: bytes | None = None,
    ) -> None:  # fmt: skip
        self.db.write(
            "INSERT INTO history (uuid, acte, status, at, message, file_name, file, flux)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            str(uuid.uuid4()),
            acte,
            status,
            _local(at),
            message,
            file_name,
            file,
            flux,
        )

    def histories(self, identifier: str) -> list[sqlite3.Row]:
        """Oldest first."""
        return self.db.rows("SELECT * FROM history WHERE acte = ? ORDER BY rowid", identifier)

    def statuses(self, identifier: str) -> set[str]:
        return {str(row["status"]) for row in self.histories(identifier)}

    def next_serial(self, day: date) -> int:
        """One counter a day for the whole platform."""
        row = self.db.one("SELECT COUNT(*) + 1 AS n FROM outgoing WHERE day = ?", day.isoformat())
        return int(row["n"]) if row else 1

    def queue(self, acte: str, flux: str, *, name: str, envelope: str, data: bytes, day: date) -> None:
        self.db.write(
            "INSERT INTO outgoing (acte, flux, name, envelope, data, day) VALUES (?, ?, ?, ?, ?, ?)",
            acte,
            flux,
            name,
            envelope,
            data,
            day.isoformat(),
        )

    def queued(self) -> list[sqlite3.Row]:
        return self.db.rows("SELECT * FROM outgoing WHERE NOT settled ORDER BY id")

    def settle(self, outgoing: int) -> None:
        self.db.write("UPDATE outgoing SET settled = 1 WHERE id = ?", outgoing)

    def as_json(self, row: sqlite3.Row) -> dict[str, Any]:
        """An act as the publishers' API shows it; the files of its histories are never in it."""
        histories = [_history(history) for history in reversed(self.histories(row["uuid"]))]
        files = [_file(file) for file in self.files(row["uuid"])]
        last = histories[0] if histories else {"status": None, "date": None, "flux": None}
        return {
            "uuid": row["uuid"],
            "number": row["number"],
            "creation": row["created_at"],
            **json.loads(row["fields"]),
            "acteAttachment": files[0],
            "annexes": files[1:],
            "acteHistories": histories,
            "miatId": row["miat_id"],
            "multipleChannels": False,
            "imported": False,
            "lastHistoryStatus": last["status"],
            "lastHistoryDate": last["date"],
            "lastHistoryFlux": last["flux"],
        }


def _history(row: sqlite3.Row) -> dict[str, Any]:
    return {
        "uuid": row["uuid"],
        "acteUuid": row["acte"],
        "status": row["status"],
        "date": row["at"],
        "message": row["message"],
        "fileName": row["file_name"],
        "flux": row["flux"],
    }


def _file(row: sqlite3.Row) -> dict[str, Any]:
    return {
        "uuid": row["uuid"],
        "filename": row["filename"],
        "size": len(row["data"]),
        "attachmentTypeCode": row["code"],
    }


def _local(at: datetime) -> str:
    """Stela writes local times without their zone."""
    return at.replace(tzinfo=None).isoformat(timespec="milliseconds")
