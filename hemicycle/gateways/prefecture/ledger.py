"""What an operator who is its own TdT remembers: each envelope before it leaves, each message that came back.

Plain files, written whole or not at all. An envelope's folder is made before the envelope: two couriers, on two
machines that share the folder, never give one serial twice, and an envelope that may have left is never forgotten.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from hemicycle.protocols.actes import Transmission
from hemicycle.protocols.actes.names import is_flat_name


class Fate(StrEnum):
    """What is known of an envelope."""

    #: It may have arrived.
    UNCERTAIN = "uncertain"
    #: The ministry took it.
    SENT = "sent"
    #: It surely did not arrive, or was not taken.
    VOID = "void"


@dataclass(frozen=True, kw_only=True)
class Sent:
    """An envelope of ours."""

    #: Name of the envelope without .xml, by which it is known here and cited by the ministry.
    name: str
    archive_name: str
    #: Code of its message, 1-1 to 7-1.
    flow: str
    #: Identifier of the act (IDActe); empty for a 7-1.
    acte_id: str
    #: Date of the letter that it answers, ISO; empty elsewhere.
    about: str
    made_at: datetime
    fate: Fate


class Ledger:
    """The book, in one folder."""

    def __init__(self, folder: Path) -> None:
        self._sent, self._heard = folder / "envoyes", folder / "recus"
        self._mails, self._taken, self._acts = folder / "courriels", folder / "remis", folder / "actes"
        for each in (self._sent, self._heard, self._mails, self._taken, self._acts):
            each.mkdir(mode=0o700, parents=True, exist_ok=True)

    def write(
        self, build: Callable[[int], Transmission], *, prefix: str, flow: str, at: datetime, about: str = ""
    ) -> Sent:
        """Give the envelope the first serial of the day that is free, and keep it before it leaves.

        `prefix`: the name of the envelope up to its serial. Raises what `build` raises: nothing is kept then.
        """
        serial, folder = self._reserved(prefix)
        try:
            made = build(serial)
        except Exception:
            folder.rmdir()
            raise
        card = {
            "archive_name": made.archive_name,
            "flow": flow,
            "acte_id": made.acte_id,
            "about": about,
            "made_at": at.isoformat(),
        }
        _kept(folder / "archive.tar.gz", made.archive)
        _kept(folder / "fiche.json", json.dumps(card).encode())
        index = self._acts / (made.acte_id or "-")
        index.mkdir(mode=0o700, exist_ok=True)
        (index / folder.name).touch()
        for each in (folder, self._sent, index, self._acts):
            _synced(each)
        return self._read(folder)

    def settle(self, sent: Sent, fate: Fate) -> None:
        """Note what became of it; what is settled stays so."""
        folder = self._sent / sent.name
        if self._read(folder).fate is Fate.UNCERTAIN:
            (folder / fate.value).touch()

    def by_name(self, name: str) -> Sent | None:
        """The envelope of that name."""
        folder = self._sent / name
        return self._read(folder) if is_flat_name(name) and (folder / "fiche.json").is_file() else None

    def about(self, acte_id: str, flow: str = "") -> list[Sent]:
        """The envelopes about an act that arrived or may have, oldest first; of one message, or of all."""
        index = self._acts / (acte_id or "-")
        if not is_flat_name(index.name) or not index.is_dir():
            return []
        found = [self._read(self._sent / kept.name) for kept in index.iterdir()]
        live = [sent for sent in found if sent.fate is not Fate.VOID and flow in ("", sent.flow)]
        return sorted(live, key=lambda sent: (sent.made_at, len(sent.name), sent.name))

    def with_number(self, number: str) -> list[Sent]:
        """The 1-1 that bear this number, whatever the day and the nature of their act."""
        acts = (kept.name for kept in self._acts.iterdir() if kept.name.split("-")[3:4] == [number])
        return [sent for act in acts for sent in self.about(act, "1-1")]

    def archive(self, sent: Sent) -> bytes:
        """The archive, byte for byte."""
        return (self._sent / sent.name / "archive.tar.gz").read_bytes()

    def hear(self, what: str, code: str, data: bytes, *, mail: str) -> None:
        """Keep a message of the ministry about that act or that envelope; the same one of one mail is kept once."""
        if is_flat_name(what) and is_flat_name(mail):
            folder = self._heard / what
            folder.mkdir(mode=0o700, exist_ok=True)
            _kept(folder / f"{code}.{mail}.xml", data)

    def heard(self, what: str, code: str) -> list[bytes]:
        """The messages of that code about that act or that envelope, in the order they came."""
        folder = self._heard / what
        if not is_flat_name(what) or not folder.is_dir():
            return []
        return [kept.read_bytes() for kept in sorted(folder.glob(f"{code}.*.xml"), key=_arrival)]

    def read(self, mail: str, *, acts: Sequence[str] = ()) -> None:
        """That mail has been read, and what it says about these acts is kept."""
        _kept(self._mails / mail, "\n".join(acts).encode())

    def awaits(self, mail: str) -> bool:
        """Whether that mail answers an envelope that nobody knows yet to have arrived."""
        acts = (self._mails / mail).read_text().split() if self.was_read(mail) else []
        return any(sent.fate is Fate.UNCERTAIN for act in acts for sent in self.about(act))

    def was_read(self, mail: str) -> bool:
        """Whether that mail has been read."""
        return is_flat_name(mail) and (self._mails / mail).is_file()

    def take(self, mail: str) -> None:
        """That mail has been handed over to whoever keeps its letters."""
        (self._taken / mail).touch()

    @property
    def last_taken(self) -> str:
        """The newest mail that has been handed over; empty before the first."""
        return max((kept.name for kept in self._taken.iterdir()), key=_rank, default="")

    def _reserved(self, prefix: str) -> tuple[int, Path]:
        taken = [int(kept.name.removeprefix(prefix)) for kept in self._sent.glob(f"{prefix}*")]
        serial = max(taken, default=0)
        while True:
            serial += 1
            folder = self._sent / f"{prefix}{serial}"
            try:
                folder.mkdir(mode=0o700)
            except FileExistsError:
                continue
            return serial, folder

    def _read(self, folder: Path) -> Sent:
        card: dict[str, Any] = json.loads((folder / "fiche.json").read_bytes())
        settled = (fate for fate in (Fate.SENT, Fate.VOID) if (folder / fate.value).exists())
        return Sent(
            name=folder.name,
            archive_name=card["archive_name"],
            flow=card["flow"],
            acte_id=card["acte_id"],
            about=card["about"],
            made_at=datetime.fromisoformat(card["made_at"]),
            fate=next(settled, Fate.UNCERTAIN),
        )


def _kept(path: Path, data: bytes) -> None:
    """On the disk before it is named."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def _synced(folder: Path) -> None:
    """The names in a folder, on the disk too: what leaves next must not be forgotten when the power is cut."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _rank(mail: str) -> tuple[int, ...]:
    return tuple(int(part) for part in mail.split("-") if part.isdigit())


def _arrival(kept: Path) -> tuple[int, ...]:
    return _rank(kept.name.split(".")[1])
