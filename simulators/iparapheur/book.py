"""What the parapheur holds: its desks, its folders, and what happened to each."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from .clock import Clock

TENANT = "Département de l’Ormelle"
#: Where folders are made, and where they are signed.
EMITTER, SIGNATORY = "Service des assemblées", "Présidence"
TYPE, SUBTYPE = "Actes", "Signature du président"
#: What can be made to go wrong, from the page.
FAULTS = {
    "none": "Rien : le parapheur répond comme il doit.",
    "slow": "Chaque réponse se fait attendre.",
    "unavailable": "Le parapheur est indisponible (503).",
    "garbage": "Les réponses ne sont pas du JSON.",
    "lost": "Le dossier est créé, et la réponse se perd.",
    "altered": "Le fichier est modifié avant d’être signé (calque).",
    "unsigned": "Le fichier revient sans signature.",
    "other": "Le fichier est signé par une autre personne.",
    "broken-zip": "L’archive rendue est tronquée.",
}


class Problem(Exception):
    """A refusal as the API words it: message and HTTP status."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.message, self.status = message, status


@dataclass(kw_only=True)
class Event:
    """A task of a folder; `at` is empty until it is done."""

    id: str
    action: str
    desk: str
    at: str = ""
    by: str = ""
    note: str = ""


@dataclass(kw_only=True)
class Folder:
    id: str
    name: str
    #: DRAFT, PENDING, FINISHED or REJECTED.
    state: str
    document: str
    events: list[Event] = field(default_factory=list)


@dataclass(kw_only=True)
class Book:
    """Folders in files: `ID.json`, `ID.pdf`, and `ID.signed.pdf` once signed."""

    folder: Path
    clock: Clock
    user: str = "hemicycle"
    password: str = "simulateur"  # noqa: S105
    fault: str = "none"
    tokens: set[str] = field(default_factory=set)

    def folders(self) -> list[Folder]:
        """All of them, the latest last."""
        rows = [json.loads(place.read_text(encoding="utf-8")) for place in self.folder.glob("*.json")]
        made = [Folder(**{**row, "events": [Event(**event) for event in row["events"]]}) for row in rows]
        return sorted(made, key=lambda one: (one.events[0].at, one.name))

    def find(self, identifier: str) -> Folder:
        """Raises Problem."""
        found = next((one for one in self.folders() if one.id == identifier), None)
        if found is None:
            raise Problem("Folder not found", 404)
        return found

    def seen_from_emitter(self, state: str) -> list[Folder]:
        """What the desk that made them sees: a folder that waits for another desk is not in its own list."""
        wanted = {"DRAFT": "DRAFT", "FINISHED": "FINISHED", "REJECTED": "REJECTED", "RETRIEVABLE": "PENDING"}
        return [one for one in self.folders() if one.state == wanted.get(state)]

    def create(self, *, name: str, document: str, pdf: bytes, started: bool) -> Folder:
        """A folder on the desk of the emitter."""
        made = Folder(id=_new(), name=name, state="DRAFT", document=document)
        made.events = [Event(id=_new(), action="START", desk=EMITTER)]
        (self.folder / f"{made.id}.pdf").write_bytes(pdf)
        self._keep(made)
        if started:
            self.start(made, made.events[0].id)
        return made

    def start(self, folder: Folder, task: str) -> None:
        """Send a draft to the desk that signs. Raises Problem."""
        first = folder.events[0]
        if folder.state != "DRAFT" or first.id != task:
            raise Problem("This task cannot be performed", 409)
        first.at, first.by = self._now(), self.user
        folder.events.append(Event(id=_new(), action="SIGNATURE", desk=SIGNATORY))
        folder.state = "PENDING"
        self._keep(folder)

    def finish(self, folder: Folder, signed: bytes, *, by: str) -> None:
        """The signatory signed. Raises Problem."""
        last = self.pending(folder)
        last.at, last.by = self._now(), by
        folder.events.append(Event(id=_new(), action="ARCHIVE", desk=EMITTER))
        folder.state = "FINISHED"
        (self.folder / f"{folder.id}.signed.pdf").write_bytes(signed)
        self._keep(folder)

    def reject(self, folder: Folder, reason: str, *, by: str) -> None:
        """The signatory rejected. Raises Problem."""
        last = self.pending(folder)
        last.action, last.at, last.by, last.note = "REJECT", self._now(), by, reason
        folder.events.append(Event(id=_new(), action="DELETE", desk=EMITTER))
        folder.state = "REJECTED"
        self._keep(folder)

    def original(self, folder: Folder) -> bytes:
        return (self.folder / f"{folder.id}.pdf").read_bytes()

    def current(self, folder: Folder) -> bytes:
        """The file as it stands: signed once it is."""
        signed = self.folder / f"{folder.id}.signed.pdf"
        return signed.read_bytes() if signed.exists() else self.original(folder)

    def pending(self, folder: Folder) -> Event:
        """The task that waits for the signatory. Raises Problem."""
        if folder.state != "PENDING":
            raise Problem("This task cannot be performed", 409)
        return folder.events[-1]

    def _now(self) -> str:
        return self.clock.now().isoformat(timespec="milliseconds")

    def _keep(self, folder: Folder) -> None:
        place = self.folder / f"{folder.id}.json"
        place.with_suffix(".new").write_text(json.dumps(asdict(folder)), encoding="utf-8")
        place.with_suffix(".new").replace(place)


def page_of(rows: Sequence[dict[str, str]], *, page: int, size: int) -> dict[str, object]:
    """A page of a list, as the API gives it."""
    shown = rows[page * size : (page + 1) * size]
    return {"content": list(shown), "totalElements": len(rows), "totalPages": -(-len(rows) // size)}


def named(name: str) -> dict[str, str]:
    """Something of the installation: its identifier follows from its name."""
    return {"id": str(uuid.uuid5(uuid.NAMESPACE_DNS, name)), "name": name}


def _new() -> str:
    return str(uuid.uuid4())
