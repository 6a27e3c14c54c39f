"""The journal: written by the act itself, in its transaction; each entry is also the root of what must follow."""

from __future__ import annotations

import datetime as dt
import decimal
import uuid
from collections.abc import Iterator
from dataclasses import fields
from typing import Any, ClassVar, Protocol

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.dossier.models import Dossier, Errand, JournalEntry, JournalHead
from hemicycle.protocols.journal.chain import GENESIS, Entry, Head, head_of, seal, stamp


class Event(Protocol):
    """What can have happened in a room: a frozen dataclass with a stable dotted name (« circuit.visa_given »)."""

    name: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Any]]


def plain(value: Any) -> Any:
    """The value as the journal keeps it: JSON without floats, dates in ISO, amounts as text."""
    match value:
        case None | bool() | int() | str():
            return value
        case dt.datetime():
            return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
        case dt.date() | uuid.UUID():
            return str(value)
        case decimal.Decimal():
            return f"{value:f}"
        case dict():
            return {str(k): plain(v) for k, v in value.items()}
        case list() | tuple():
            return [plain(v) for v in value]
    raise TypeError(f"the journal keeps no {type(value).__name__}")


def record(
    dossier: Dossier | None,
    event: Event,
    *,
    by: Agent,
    at: dt.datetime,
    role: str = "",
    on_behalf_of: Agent | None = None,
) -> JournalEntry:
    """Append the event to the chain and post it in the outbox, in the caller's transaction.

    `role` is the quality in which the actor acted; `on_behalf_of` the absent person in whose name.
    Raises RuntimeError outside a transaction: an act and its journal entry stand or fall together.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("the journal is written in the transaction of the act")
    # The head is taken last, after the dossier: one order for all, hence no deadlock.
    head, _ = JournalHead.objects.select_for_update().get_or_create(id=1, defaults={"n": 0, "hash": GENESIS})
    sealed = seal(
        {
            "n": head.n + 1,
            "at": stamp(at),
            "event": event.name,
            "dossier": str(dossier.id) if dossier else None,
            "actor": {"id": str(by.id), "name": by.full_name},
            "role": role,
            "on_behalf_of": {"id": str(on_behalf_of.id), "name": on_behalf_of.full_name} if on_behalf_of else None,
            "facts": {f.name: plain(getattr(event, f.name)) for f in fields(event)},
        },
        head.hash,
    )
    entry = JournalEntry.objects.create(
        n=head.n + 1, at=at, event=event.name, dossier=dossier, actor=by, sealed=sealed, hash=sealed["hash"]
    )
    head.n, head.hash = entry.n, entry.hash
    head.save(update_fields=["n", "hash"])
    Errand.objects.create(entry=entry, due_at=at)
    return entry


def of(dossier: Dossier) -> list[JournalEntry]:
    """The dossier's entries, oldest first."""
    return list(JournalEntry.objects.filter(dossier=dossier).select_related("actor").order_by("n"))


def export() -> Iterator[Entry]:
    """All sealed entries in order, as `hemicycle verify` reads them."""
    for entry in JournalEntry.objects.order_by("n").iterator(chunk_size=2000):
        yield entry.sealed


def head() -> Head | None:
    """The head of the chain, to be kept elsewhere: without it a truncation could not be seen."""
    last = JournalEntry.objects.order_by("-n").first()
    return head_of(last.sealed) if last else None
