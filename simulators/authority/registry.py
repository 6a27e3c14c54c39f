"""What the authority remembers: its own keys, and a line for each thing it did. It survives a restart."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from .certificates import Holder


@dataclass(frozen=True, kw_only=True)
class Issued:
    """A certificate issued to an applicant."""

    serial: int
    subject: str
    kind: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Stamped:
    """A timestamp token given out; `imprint` is the digest in hexadecimal."""

    serial: int
    imprint: str
    at: datetime


@dataclass(kw_only=True)
class Registry:
    """The lines of `registry.jsonl`, replayed at start; every change is written before it is answered."""

    folder: Path
    issued: dict[int, Issued] = field(default_factory=dict)
    revoked: dict[int, datetime] = field(default_factory=dict)
    stamped: list[Stamped] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _stamps_taken: int = 0

    def replay(self) -> None:
        """Read back what earlier runs wrote."""
        path = self.folder / "registry.jsonl"
        for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
            self._apply(json.loads(line))
        self._stamps_taken = max((s.serial for s in self.stamped), default=0)

    def record_issue(self, issued: Issued) -> None:
        """Remember a certificate."""
        self._write(
            {"event": "issued", "serial": str(issued.serial), "subject": issued.subject}
            | {"kind": issued.kind, "at": issued.at.isoformat()}
        )

    def record_revocation(self, serial: int, *, at: datetime) -> None:
        """Remember a revocation; the first date stays."""
        if serial not in self.revoked:
            self._write({"event": "revoked", "serial": str(serial), "at": at.isoformat()})

    def next_stamp(self) -> int:
        """A serial number no other token bears (RFC 3161 §2.4.2)."""
        with self._lock:
            self._stamps_taken += 1
            return self._stamps_taken

    def record_stamp(self, stamped: Stamped) -> None:
        """Remember a token."""
        self._write(
            {"event": "stamped", "serial": str(stamped.serial)}
            | {"imprint": stamped.imprint, "at": stamped.at.isoformat()}
        )

    def _write(self, entry: dict[str, str]) -> None:
        with self._lock:
            with (self.folder / "registry.jsonl").open("a", encoding="utf-8") as file:
                file.write(json.dumps(entry, ensure_ascii=False) + "\n")
            self._apply(entry)

    def _apply(self, entry: dict[str, str]) -> None:
        serial, at = int(entry["serial"]), datetime.fromisoformat(entry["at"])
        match entry["event"]:
            case "issued":
                self.issued[serial] = Issued(serial=serial, subject=entry["subject"], kind=entry["kind"], at=at)
            case "revoked":
                self.revoked[serial] = at
            case "stamped":
                self.stamped.append(Stamped(serial=serial, imprint=entry["imprint"], at=at))


def keep(folder: Path, name: str, make: Callable[[], Holder]) -> Holder:
    """The holder stored under this name, made and stored at the first run."""
    path = folder / f"{name}.pem"
    if path.exists():
        return _load(path.read_bytes())
    holder = make()
    temporary = path.with_suffix(".tmp")
    temporary.touch(mode=0o600)
    temporary.write_bytes(private_pem(holder.key) + holder.certificate.public_bytes(Encoding.PEM))
    temporary.replace(path)
    return holder


def private_pem(key: rsa.RSAPrivateKey) -> bytes:
    """The key in clear PEM: these keys protect nothing but a simulation."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _load(pem: bytes) -> Holder:
    key = load_pem_private_key(pem, password=None)
    assert isinstance(key, rsa.RSAPrivateKey)
    return Holder(certificate=x509.load_pem_x509_certificate(pem), key=key)
