"""The deposits received, one folder each, so that they survive a restart."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import threading
import uuid
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

State = Literal["RUNNING", "COMPLETED"]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A control that did not simply pass."""

    step: str
    detail: str
    outcome: str
    message: str
    piece: str = ""


@dataclass(frozen=True, kw_only=True)
class Deposit:
    """What is known of one deposit."""

    operation_id: str
    #: Rank of arrival, from 1.
    number: int
    received_at: str
    size: int
    sha512: str
    #: X-Application-Id of the caller: evIdAppSession of the logbook.
    application_id: str = ""
    #: DEFAULT_WORKFLOW or BLANK_TEST.
    context: str = "DEFAULT_WORKFLOW"
    #: X-Manifest-Digest-Value and -Algo, when given.
    manifest_digest: str = ""
    manifest_algorithm: str = "SHA-512"
    state: State = "RUNNING"
    #: STARTED, then OK, WARNING, KO or FATAL.
    status: str = "STARTED"
    completed_at: str = ""
    #: Read in the manifest; "" until then.
    message_identifier: str = ""
    comment: str = ""
    findings: tuple[Finding, ...] = field(default=())


def guid(prefix: str, seed: bytes) -> str:
    """An identifier of 36 characters that looks like Vitam's."""
    letters = base64.b32encode(hashlib.sha256(seed).digest()).decode("ascii").lower()
    return (prefix + letters)[:36]


def new_operation_id() -> str:
    """A fresh operation identifier."""
    return guid("aeeaaaaaac", uuid.uuid4().bytes)


class Deposits:
    """All deposits of a data folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbering = threading.Lock()
        folder.mkdir(parents=True, exist_ok=True)
        found = [_load(path) for path in sorted(folder.glob("*/deposit.json"))]
        self._by_id = {deposit.operation_id: deposit for deposit in sorted(found, key=lambda d: d.number)}

    def all(self) -> list[Deposit]:
        """In order of arrival."""
        return list(self._by_id.values())

    def get(self, operation_id: str) -> Deposit | None:
        """The deposit of an operation."""
        return self._by_id.get(operation_id)

    def add(self, deposit: Deposit, package: bytes) -> Deposit:
        """Keep a package and number its deposit, before anyone is told that it arrived."""
        with self._numbering:
            deposit = replace(deposit, number=len(self._by_id) + 1)
            self.write(deposit.operation_id, "package", package)
            self.save(deposit)
        return deposit

    def save(self, deposit: Deposit) -> None:
        """Keep the present state of a deposit."""
        data = json.dumps(asdict(deposit), ensure_ascii=False, indent=1).encode()
        self.write(deposit.operation_id, "deposit.json", data)
        self._by_id[deposit.operation_id] = deposit

    def write(self, operation_id: str, name: str, data: bytes) -> None:
        """Write a file of a deposit whole or not at all."""
        folder = self._folder / operation_id
        folder.mkdir(exist_ok=True)
        temporary = folder / f".{name}.tmp"
        with temporary.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(folder / name)

    def read(self, operation_id: str, name: str) -> bytes | None:
        """A file of a known deposit, None when it is not there."""
        if operation_id not in self._by_id:
            return None
        path = self._folder / operation_id / name
        return path.read_bytes() if path.is_file() else None


def _load(path: Path) -> Deposit:
    record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    findings = tuple(Finding(**finding) for finding in record.pop("findings"))
    return Deposit(**record, findings=findings)
