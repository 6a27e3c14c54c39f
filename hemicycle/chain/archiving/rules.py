"""Pure: the names of what leaves for the archive, and when its silence calls for a look."""

from __future__ import annotations

import datetime as dt

from hemicycle.law.calendar import next_working_day
from hemicycle.protocols.seda.reply import Reply

#: Working days after which a deposit without a reply is an alert.
PATIENCE = 2


def message_identifier(*, year: int, number: int, attempt: int) -> str:
    """« HEM-2026-000123-1 »: unique for ever, never reused even after a refusal (norms/seda §3)."""
    return f"HEM-{year}-{number:06d}-{attempt}"


def next_attempt(identifier: str, *, attempt: int) -> str:
    """The identifier of another attempt of the same transfer: only its last part differs."""
    return f"{identifier.rpartition('-')[0]}-{attempt}"


def reply_due(deposited_on: dt.date) -> dt.date:
    """The first day on which the silence of the archive calls for a look."""
    due = deposited_on
    for _ in range(PATIENCE):
        due = next_working_day(due + dt.timedelta(days=1))
    return due


def said(reply: Reply) -> str:
    """What the archive answered, in French, causes included."""
    return " ".join(reply.messages)[:1000]
