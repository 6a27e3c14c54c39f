"""Returns that fit nothing the TdT sent: each in its folder, with the reason, until an operator looks at them."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_MOTIVE = "motif.txt"


@dataclass(frozen=True, kw_only=True)
class PutAside:
    key: str
    reason: str
    #: Names of the parts.
    names: tuple[str, ...]


class Aside:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, parts: Mapping[str, bytes], reason: str) -> None:
        folder = self._folder / hashlib.sha256(b"".join(parts.values())).hexdigest()[:12]
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in parts.items():
            (folder / re.sub(r"[^\w.\-]", "_", name)).write_bytes(data)
        # Last, for whoever watches: a folder with its reason is whole.
        (folder / _MOTIVE).write_text(f"{reason}\n", "utf-8")

    def all(self) -> list[PutAside]:
        """Oldest first."""
        motives = sorted(self._folder.glob(f"*/{_MOTIVE}"), key=lambda motive: motive.stat().st_mtime)
        return [
            PutAside(
                key=motive.parent.name,
                reason=motive.read_text("utf-8").strip(),
                names=tuple(sorted(file.name for file in motive.parent.iterdir() if file.name != _MOTIVE)),
            )
            for motive in motives
        ]

    def parts(self, key: str) -> dict[str, bytes]:
        """Raises LookupError."""
        folder = self._folder / key
        if not re.fullmatch(r"[0-9a-f]{12}", key) or not folder.is_dir():
            raise LookupError("Ce retour n’est pas, ou plus, mis de côté.")
        return {file.name: file.read_bytes() for file in folder.iterdir() if file.name != _MOTIVE}

    def forget(self, key: str) -> None:
        shutil.rmtree(self._folder / key, ignore_errors=True)
