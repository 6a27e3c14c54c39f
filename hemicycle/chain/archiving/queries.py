"""What the edges may read of the deposits in the archive."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from hemicycle.accounts.models import Agent
from hemicycle.chain.archiving.locking import last_deposit
from hemicycle.chain.archiving.models import Deposit
from hemicycle.chain.archiving.rules import reply_due
from hemicycle.dossier import access, attachments
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier, Errand
from hemicycle.dossier.stages import MADE_PUBLIC
from hemicycle.rendering.typography import short_date

STATES = Deposit.State


@dataclass(frozen=True, kw_only=True)
class Tracked:
    """One line of the page of the archive: the last deposit of a dossier."""

    dossier: Dossier
    #: None while no package was built.
    deposit: Deposit | None
    #: In French, what calls for a look; empty when all is well.
    alert: str
    #: Errands of this dossier that failed: (id, sentence), to be taken up again.
    troubles: tuple[tuple[int, str], ...]


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """The last deposit as a courier carries it."""

    attempt: int
    state: str
    message_identifier: str
    operation: str


def deposit_of(dossier: Dossier) -> Deposit | None:
    """The last deposit of the dossier, or None."""
    return last_deposit(dossier)


def deposits_of(dossier: Dossier) -> list[Deposit]:
    """Every attempt, first one first."""
    return list(_whole(Deposit.objects.filter(dossier=dossier)).order_by("attempt"))


def deposits(agent: Agent, *, on: dt.date, state: str = "") -> list[Tracked]:
    """The last deposit of each dossier that the agent may read, latest first, with what is wrong.

    A published act whose package could not be built is listed too, without a deposit, when `state` is not said.
    """
    visible = access.visible_to(agent, on=on)
    last: dict[UUID, Deposit] = {}
    for deposit in _whole(Deposit.objects.filter(dossier__in=visible)).order_by("attempt"):
        last[deposit.dossier_id] = deposit
    shown = sorted(last.values(), key=lambda d: (d.prepared_at, d.pk), reverse=True)
    troubles = _troubles(visible)
    lines = [
        Tracked(dossier=d.dossier, deposit=d, alert=alert_of(d, on=on), troubles=tuple(troubles.get(d.dossier_id, ())))
        for d in shown
        if not state or d.state == state
    ]
    if state:
        return lines
    stuck = visible.filter(stage__in=MADE_PUBLIC, id__in=[pk for pk in troubles if pk not in last])
    return [
        Tracked(dossier=d, deposit=None, alert="Le paquet n’a pas pu être préparé.", troubles=tuple(troubles[d.id]))
        for d in stuck.order_by("stage_since", "number")
    ] + lines


def alerts(agent: Agent, *, on: dt.date) -> list[Tracked]:
    """Only the lines that call for a look."""
    return [line for line in deposits(agent, on=on) if line.alert or line.troubles]


def alert_of(deposit: Deposit, *, on: dt.date) -> str:
    """What calls for a look in a deposit, in French; empty when all is well."""
    if deposit.state == STATES.REFUSED:
        return f"Refusé par l’archive : {deposit.reply_detail}"
    if deposit.state == STATES.ACCEPTED and deposit.reply_code not in ("OK", "000"):
        return f"Accepté avec un avertissement : {deposit.reply_detail}"
    if deposit.state == STATES.DEPOSITED and deposit.deposited_at and on >= reply_due(day(deposit.deposited_at)):
        return f"Versé le {short_date(day(deposit.deposited_at))} et toujours sans réponse de l’archive."
    return ""


def outgoing_for(dossier_id: UUID) -> Outgoing:
    """Where the last deposit stands. Raises Deposit.DoesNotExist before the first."""
    last = Deposit.objects.filter(dossier_id=dossier_id).order_by("-attempt").first()
    if last is None:
        raise Deposit.DoesNotExist
    return Outgoing(
        attempt=last.attempt,
        state=last.state,
        message_identifier=last.message_identifier,
        operation=last.operation,
    )


def package_of(message_identifier: str) -> bytes:
    """The bytes to deposit: the same at each try. Raises Deposit.DoesNotExist, BlobLost."""
    found = Deposit.objects.select_related("package").get(message_identifier=message_identifier)
    return attachments.read(found.package)


def _whole(rows: QuerySet[Deposit]) -> QuerySet[Deposit]:
    return rows.select_related("dossier", "package", "reply")


def _troubles(visible: QuerySet[Dossier]) -> dict[UUID, list[tuple[int, str]]]:
    errands = Errand.objects.filter(
        state=Errand.State.FAILED,
        entry__dossier__in=visible,
        carrier__in=["build_package", "deposit_package", "collect_reply"],
    )
    found: dict[UUID, list[tuple[int, str]]] = {}
    for errand in errands.select_related("entry").order_by("id"):
        if errand.entry.dossier_id is not None:
            found.setdefault(errand.entry.dossier_id, []).append((errand.pk, errand.last_error))
    return found
