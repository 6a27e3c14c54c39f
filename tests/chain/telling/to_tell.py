"""News to be told: acts played through, and noted as the couriers do."""

from __future__ import annotations

import datetime as dt

from hemicycle.accounts.models import Agent, Delegation
from hemicycle.chain.circuit.actions.give_visa import give_visa
from hemicycle.chain.telling.actions.gather_letter import gather_letter
from hemicycle.chain.telling.actions.note_event import note_event
from hemicycle.chain.telling.models import Letter, Notification
from hemicycle.dossier.models import Dossier, JournalEntry
from tests.cast import NOON, TODAY, Cast
from tests.factories import a_dossier

MOMENT = dt.timedelta(minutes=2)


def note_all(cast: Cast, *, at: dt.datetime = NOON) -> None:
    """Every entry of the journal, as it comes."""
    for n in JournalEntry.objects.order_by("n").values_list("n", flat=True):
        note_event(entry=n, agent=cast.courier, at=at)


def told(kind: str = "", dossier: Dossier | None = None) -> set[tuple[str, str]]:
    """Who is told what: (last name, kind)."""
    rows = Notification.objects.order_by("pk")
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(dossier=dossier) if dossier else rows
    return set(rows.values_list("agent__last_name", "kind"))


def gather(cast: Cast, person: Agent, *, at: dt.datetime = NOON + MOMENT) -> Letter | None:
    return gather_letter(recipient_id=person.pk, agent=cast.courier, at=at)


def an_absence(giver: Agent, holder: Agent, *, on: dt.date = TODAY) -> Delegation:
    week = dt.timedelta(days=5)
    return Delegation.objects.create(
        giver=giver,
        holder=holder,
        scope="visa",
        absence=True,
        reference="congés",
        valid_from=on - week,
        valid_to=on + week,
    )


def visa(dossier: Dossier, agent: Agent, at: dt.datetime = NOON) -> None:
    give_visa(dossier_id=dossier.id, agent=agent, version_read=1, at=at)


def awaited(cast: Cast, count: int = 1) -> list[Dossier]:
    """Dossiers that the lawyer is awaited on, noted at noon."""
    dossiers = [a_dossier(cast, in_circuit=True) for _ in range(count)]
    for dossier in dossiers:
        visa(dossier, cast.head_of_service)
    note_all(cast)
    return dossiers
