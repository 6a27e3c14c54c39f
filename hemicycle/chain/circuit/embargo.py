"""The end of an embargo: the members are convened, the report is theirs to read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from hemicycle.accounts.models import Agent
from hemicycle.chain.circuit.events import EmbargoLifted
from hemicycle.dossier import journal
from hemicycle.dossier.models import Dossier


def end(dossiers: Iterable[Dossier], *, why: str, agent: Agent, role: str, at: dt.datetime) -> None:
    """Lift the embargo of those that are under one, in the caller's transaction, each with its journal entry."""
    for dossier in dossiers:
        if dossier.embargo:
            dossier.embargo = False
            dossier.save(update_fields=["embargo"])
            journal.record(dossier, EmbargoLifted(why=why), by=agent, at=at, role=role)
