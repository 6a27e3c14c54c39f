"""Who is told of a letter of the préfecture, and of what becomes of our answer."""

from __future__ import annotations

import datetime as dt

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.correspondence import queries as correspondence
from hemicycle.chain.telling.kinds import Kind
from hemicycle.chain.telling.news import News
from hemicycle.dossier.models import Dossier, JournalEntry

#: What a line is told with.
KEPT = ("letter", "kind", "due_on", "legal", "answer", "in_time", "detail")


def received(entry: JournalEntry, dossier: Dossier, on: dt.date) -> list[News]:
    """The direction, which answers, and the service des assemblées, which sees all: each once."""
    letter = str(entry.sealed["facts"]["letter"])
    return [_news(entry, dossier, person, f"letter:{letter}") for person in (*_direction(dossier, on), *_office(on))]


def prepared(entry: JournalEntry, dossier: Dossier, on: dt.date) -> list[News]:
    """The service des assemblées, which sends it."""
    return [_news(entry, dossier, person, f"entry:{entry.n}") for person in _office(on)]


def refused(entry: JournalEntry, dossier: Dossier, on: dt.date) -> list[News]:
    """Those who are to prepare another."""
    people = (*_direction(dossier, on), *_office(on))
    return [_news(entry, dossier, person, f"entry:{entry.n}") for person in people]


def still(person: Agent, *, on: dt.date) -> frozenset[str]:
    """The letters that wait for an answer, by the subject of their news."""
    waiting = correspondence.visible(person, on=on).filter(answered_at=None, settled_at=None)
    return frozenset(f"letter:{pk}" for pk in waiting.values_list("pk", flat=True))


def _direction(dossier: Dossier, on: dt.date) -> list[Agent]:
    return [
        dossier.drafter,
        *accounts.holders(Role.HEAD_OF_SERVICE, on=on, unit=dossier.unit),
        *accounts.holders(Role.DIRECTOR, on=on, unit=dossier.unit),
    ]


def _office(on: dt.date) -> list[Agent]:
    return list(accounts.holders(Role.ASSEMBLY_OFFICE, on=on))


def _news(entry: JournalEntry, dossier: Dossier, person: Agent, subject: str) -> News:
    told = entry.sealed["facts"]
    facts = {"event": entry.event, "who": entry.sealed["actor"]["name"]}
    facts |= {name: told[name] for name in KEPT if name in told}
    return News(agent=person, kind=Kind.LETTER, subject=subject, dossier=dossier, facts=facts)
