"""Whose signature an act waits for, and who is told of it."""

from __future__ import annotations

import datetime as dt

from hemicycle.accounts.models import Agent
from hemicycle.chain.signing import queries as signing
from hemicycle.chain.signing import turns
from hemicycle.chain.telling.kinds import Kind
from hemicycle.chain.telling.news import News
from hemicycle.dossier.models import Dossier


def subject_of(expected_id: int) -> str:
    """An act drawn up again asks for other signatures: another piece of news."""
    return f"signature:{expected_id}"


def awaited(dossier: Dossier) -> list[News]:
    """A piece of news for the one signatory whose turn it is; an order already given is none."""
    act = signing.act_of(dossier)
    turn = signing.turn_of(act) if act is not None else None
    if act is None or turn is None or not turns.open_to_order(turn):
        return []
    facts = {"number": act.number, "capacity": turn.capacity, "rank": turn.rank, "of": len(signing.signatures_of(turn))}
    subject, person = subject_of(turn.pk), turn.signatory.agent
    return [
        News(agent=person, kind=Kind.SIGNATURE, subject=subject, dossier=dossier, facts=facts, on_behalf_of=turn.absent)
    ]


def still(person: Agent, *, on: dt.date) -> frozenset[str]:
    """The signatures that wait for the person's order, by the subject of their news."""
    return frozenset(subject_of(pk) for pk in turns.turns_of(person, on=on))
