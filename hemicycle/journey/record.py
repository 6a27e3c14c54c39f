"""What happened, step by step: shown as it goes, and written as journey.json."""

from __future__ import annotations

import datetime as dt
import sys
import time
from dataclasses import dataclass, field
from typing import Any, TextIO

from hemicycle.dossier.models import Dossier, JournalEntry
from hemicycle.dossier.stages import Stage


@dataclass(kw_only=True)
class Record:
    """Every journal entry becomes a step, in the order in which it was written."""

    stream: TextIO = field(default_factory=lambda: sys.stdout)
    steps: list[dict[str, Any]] = field(default_factory=list)
    dossier: Dossier | None = None
    started: float = field(default_factory=time.monotonic)
    last: int = 0
    #: The event last told: forty summonses sent are told once.
    said: str = ""

    def say(self, sentence: str) -> None:
        """One line of progress."""
        seconds = time.monotonic() - self.started
        self.stream.write(f"{seconds:6.1f} s  {sentence}\n")
        self.stream.flush()

    def observe(self, action: str = "", **ids: Any) -> None:
        """Add the entries written since the last look. `action`: the action called; else the event names it."""
        stage = self._stage()
        for entry in JournalEntry.objects.filter(n__gt=self.last).select_related("actor").order_by("n"):
            self.last = entry.n
            self.steps.append(
                {
                    "action": action or entry.event,
                    "event": entry.event,
                    "actor": entry.actor.full_name,
                    "role": entry.sealed["role"],
                    "at": _local(entry.at),
                    "stage": stage,
                    "ids": {
                        "entry": entry.n,
                        "dossier": str(self.dossier.id) if self.dossier else None,
                        **{k: str(v) for k, v in ids.items()},
                        **_ids(entry.sealed["facts"]),
                    },
                }
            )
            if not action and entry.event != self.said:
                self.say(f"  {entry.actor.full_name} : {entry.event} — {Stage(stage).label if stage else ''}")
            self.said = "" if action else entry.event

    def _stage(self) -> str:
        if self.dossier is None:
            return ""
        self.dossier.refresh_from_db()
        return self.dossier.stage


#: Facts that are identifiers, worth having beside the step.
_NAMES = (
    "number",
    "sitting",
    "item",
    "version",
    "digest",
    "sha256",
    "frozen_sha256",
    "signed_sha256",
    "unique_id",
    "actes_number",
    "tdt_id",
    "message_identifier",
    "operation",
    "message_id",
)


def _ids(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: facts[name] for name in _NAMES if facts.get(name) not in (None, "")}


def _local(at: dt.datetime) -> str:
    return at.astimezone().isoformat(timespec="seconds")
