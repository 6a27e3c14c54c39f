"""What the ministry remembers: every deposit, the acts it brought, and the answers still to send."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from hemicycle.protocols.actes import Member, default_classification

from .database import Database

_SCHEMA = """
CREATE TABLE IF NOT EXISTS deposit (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, sha256 TEXT NOT NULL, at TEXT NOT NULL,
    scenario TEXT NOT NULL, verdict TEXT NOT NULL, acte_id TEXT NOT NULL, UNIQUE (name, sha256)
);
CREATE TABLE IF NOT EXISTS document (deposit_id INTEGER NOT NULL, name TEXT NOT NULL, sha256 TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS answer (
    id INTEGER PRIMARY KEY AUTOINCREMENT, due_at TEXT NOT NULL, sent INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS part (answer_id INTEGER NOT NULL, name TEXT NOT NULL, data BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS address (answer_id INTEGER NOT NULL, address TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS correspondent (acte_id TEXT NOT NULL, address TEXT NOT NULL, UNIQUE (acte_id, address));
CREATE TABLE IF NOT EXISTS exchange (
    id INTEGER PRIMARY KEY AUTOINCREMENT, acte_id TEXT NOT NULL, code TEXT NOT NULL, at TEXT NOT NULL,
    inbound INTEGER NOT NULL, answer_id INTEGER
);
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


class Registry:
    def __init__(self, folder: Path) -> None:
        self.db = Database(folder / "ministere.sqlite3", _SCHEMA)
        self._archives = folder / "depots"
        self._archives.mkdir(parents=True, exist_ok=True)
        if self.get("classification") is None:
            self.set("classification", default_classification().dated.isoformat())

    def get(self, name: str) -> str | None:
        row = self.db.one("SELECT value FROM setting WHERE name = ?", name)
        return str(row["value"]) if row else None

    def set(self, name: str, value: str) -> None:
        self.db.write("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", name, value)

    def next_serial(self) -> int:
        """The ministry numbers its returns from its own counter, never from 0."""
        serial = int(self.get("serial") or "100") + 1
        self.set("serial", str(serial))
        return serial

    def already(self, name: str, data: bytes) -> bool:
        digest = hashlib.sha256(data).hexdigest()
        return self.db.one("SELECT 1 FROM deposit WHERE name = ? AND sha256 = ?", name, digest) is not None

    def accepted(self, acte_id: str) -> bool:
        """An act acknowledged or being acknowledged: a second one is a duplicate."""
        return (
            self.db.one("SELECT 1 FROM deposit WHERE acte_id = ? AND verdict IN ('1-2', 'silence')", acte_id)
            is not None
        )

    def keep(
        self,
        *,
        name: str,
        data: bytes,
        at: datetime,
        scenario: str,
        verdict: str,
        acte_id: str,
        documents: Sequence[Member],
    ) -> None:
        (self._archives / name).write_bytes(data)
        deposit = self.db.write(
            "INSERT INTO deposit (name, sha256, at, scenario, verdict, acte_id) VALUES (?, ?, ?, ?, ?, ?)",
            name,
            hashlib.sha256(data).hexdigest(),
            at.isoformat(),
            scenario,
            verdict,
            acte_id,
        )
        for document in documents:
            self.db.write(
                "INSERT INTO document (deposit_id, name, sha256) VALUES (?, ?, ?)",
                deposit,
                document.name,
                hashlib.sha256(document.data).hexdigest(),
            )

    def plan(self, parts: Sequence[Member], *, to: Sequence[str], due_at: datetime) -> int:
        """Keep a return until it is due; its id."""
        with self.db.transaction():
            answer = self.db.write("INSERT INTO answer (due_at) VALUES (?)", due_at.timestamp())
            for part in parts:
                self.db.write("INSERT INTO part (answer_id, name, data) VALUES (?, ?, ?)", answer, part.name, part.data)
            for address in to:
                self.db.write("INSERT INTO address (answer_id, address) VALUES (?, ?)", answer, address)
        return answer

    def due(self, now: datetime) -> list[tuple[int, list[str], list[Member]]]:
        rows = self.db.rows("SELECT id, due_at FROM answer WHERE NOT sent ORDER BY id")
        return [
            (row["id"], self._addresses(row["id"]), self._parts(row["id"]))
            for row in rows
            if float(row["due_at"]) <= now.timestamp()
        ]

    def _addresses(self, answer: int) -> list[str]:
        rows = self.db.rows("SELECT address FROM address WHERE answer_id = ? ORDER BY rowid", answer)
        return [str(row["address"]) for row in rows]

    def meet(self, acte_id: str, addresses: Sequence[str]) -> None:
        """Letters about an act go where its envelope said."""
        for address in addresses:
            self.db.write("INSERT OR IGNORE INTO correspondent (acte_id, address) VALUES (?, ?)", acte_id, address)

    def correspondents(self, acte_id: str) -> list[str]:
        rows = self.db.rows("SELECT address FROM correspondent WHERE acte_id = ? ORDER BY rowid", acte_id)
        return [str(row["address"]) for row in rows]

    def note(self, acte_id: str, code: str, *, at: datetime, inbound: bool, answer: int | None = None) -> None:
        """One more exchange about an act; `inbound` comes to the ministry."""
        self.db.write(
            "INSERT INTO exchange (acte_id, code, at, inbound, answer_id) VALUES (?, ?, ?, ?, ?)",
            acte_id,
            code,
            at.isoformat(),
            inbound,
            answer,
        )

    def exchanges(self, acte_id: str) -> list[dict[str, Any]]:
        """What went both ways about an act, in order; a return not yet delivered says so."""
        rows = self.db.rows(
            "SELECT e.*, COALESCE(a.sent, 1) AS sent FROM exchange e LEFT JOIN answer a ON a.id = e.answer_id"
            " WHERE e.acte_id = ? ORDER BY e.id",
            acte_id,
        )
        return [
            {"code": row["code"], "at": row["at"], "inbound": bool(row["inbound"]), "sent": bool(row["sent"])}
            for row in rows
        ]

    def _parts(self, answer: int) -> list[Member]:
        rows = self.db.rows("SELECT name, data FROM part WHERE answer_id = ? ORDER BY rowid", answer)
        return [Member(name=row["name"], data=bytes(row["data"])) for row in rows]

    def sent(self, answer: int) -> None:
        self.db.write("UPDATE answer SET sent = 1 WHERE id = ?", answer)

    def deposits(self) -> list[sqlite3.Row]:
        return self.db.rows("SELECT * FROM deposit ORDER BY id")

    def actes(self) -> list[dict[str, Any]]:
        """Every IDActe received, how many deposits brought it, and the digest of each document."""
        actes: dict[str, dict[str, Any]] = {}
        for row in self.deposits():
            if not row["acte_id"] or row["verdict"] not in ("1-2", "1-3", "silence"):
                continue
            entry = actes.setdefault(
                row["acte_id"],
                {"id": row["acte_id"], "count": 0, "accepted": 0, "received_at": row["at"], "documents": []},
            )
            entry["count"] += 1
            entry["accepted"] += row["verdict"] in ("1-2", "silence")
            if not entry["documents"]:
                entry["documents"] = [
                    {"name": document["name"], "sha256": document["sha256"]}
                    for document in self.db.rows(
                        "SELECT name, sha256 FROM document WHERE deposit_id = ? ORDER BY rowid", row["id"]
                    )
                ]
        for acte_id, entry in actes.items():
            entry["exchanges"] = self.exchanges(acte_id)
            entry["cancelled"] = any(exchange["code"] == "6-2" for exchange in entry["exchanges"])
        return list(actes.values())
