"""What the journal was told: the last sealed entry, read as a test asks it."""

from __future__ import annotations

from typing import Any

from hemicycle.accounts.models import Agent
from hemicycle.dossier.models import Dossier, JournalEntry


def last() -> dict[str, Any]:
    """The last entry, sealed: event, role, actor, on_behalf_of, facts."""
    sealed: dict[str, Any] = JournalEntry.objects.order_by("-n")[0].sealed
    return sealed


def events(dossier: Dossier | None = None) -> list[str]:
    """The names of what happened to the dossier, or to everything, oldest first."""
    entries = JournalEntry.objects.order_by("n")
    if dossier is not None:
        entries = entries.filter(dossier=dossier)
    return list(entries.values_list("event", flat=True))


def by(agent: Agent, role: str, event: str) -> bool:
    """Whether the last entry is that event, done by that person in that quality."""
    entry = last()
    return (entry["event"], entry["actor"]["id"], entry["role"]) == (event, str(agent.id), role)
