"""Declare an absence: what waits for the absent person goes to the replacement by itself."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent, Delegation, Role
from hemicycle.accounts.queries import COURIER_EMAIL
from hemicycle.chain.circuit import absences
from hemicycle.chain.circuit.events import AbsenceDeclared
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.texts import typography
from hemicycle.texts.typed import one_line
from hemicycle.texts.typography import of_fr

#: Beyond, it is not an absence: the post has another holder.
LONGEST = dt.timedelta(days=366)


class AbsenceRefused(ActionRefused):
    """Wrong dates, or a replacement who could not act; the sentence names the people."""


@transaction.atomic
def declare_absence(
    *,
    absent_id: UUID,
    replaced_by_id: UUID,
    first_day: dt.date,
    last_day: dt.date,
    agent: Agent,
    at: dt.datetime,
    reason: str = "",
) -> Delegation:
    """From the first day to the last, both included, the replacement gives the visas « en l’absence de ».

    Each declares their own; the service des assemblées and the administrator declare anyone's. Raises NotEntitled,
    AbsenceRefused.
    """
    absent, holder = people(absent_id, replaced_by_id)
    role = _role(agent, absent, on=day(at))
    _check_dates(first_day, last_day, on=day(at))
    check_pair(absent, holder)
    _check_others(absent, holder, first_day, last_day)

    row = Delegation.objects.create(
        giver=absent,
        holder=holder,
        scope=absences.VISA,
        absence=True,
        reference=one_line(reason, 80),
        valid_from=first_day,
        valid_to=last_day,
    )
    event = AbsenceDeclared(
        absent=absent.full_name,
        replaced_by=holder.full_name,
        first_day=first_day.isoformat(),
        last_day=last_day.isoformat(),
        reason=row.reference,
    )
    journal.record(None, event, by=agent, at=at, role=role)
    return row


def people(giver_id: UUID, holder_id: UUID) -> tuple[Agent, Agent]:
    """Both, their rows locked in order: two crossed declarations queue up. Raises AbsenceRefused."""
    found = {a.pk: a for a in Agent.objects.select_for_update().filter(pk__in=[giver_id, holder_id]).order_by("pk")}
    if giver_id not in found:
        raise AbsenceRefused("La personne absente n’existe pas ; rechargez la page.", field="absent")
    if holder_id not in found:
        raise AbsenceRefused("La personne qui remplace n’existe pas ; choisissez-en une autre.", field="replaced_by")
    return found[giver_id], found[holder_id]


def _role(agent: Agent, absent: Agent, *, on: dt.date) -> str:
    if agent.pk == absent.pk and agent.is_active:
        return ""
    what = f"Déclarer l’absence {of_fr(absent.full_name)}"
    return access.require_role(agent, Role.ASSEMBLY_OFFICE, Role.ADMINISTRATOR, on=on, what=what)


def check_pair(giver: Agent, holder: Agent) -> None:
    """Nobody replaces oneself, nobody replaces or is replaced after having left. Raises AbsenceRefused."""
    if giver.pk == holder.pk:
        raise AbsenceRefused(
            f"{giver.full_name} ne peut pas se remplacer soi-même ; choisissez une autre personne.", field="replaced_by"
        )
    for person, field in ((giver, "absent"), (holder, "replaced_by")):
        if not person.is_active or person.email == COURIER_EMAIL:
            raise AbsenceRefused(
                f"{person.full_name} n’a plus de compte ouvert ; choisissez une personne en fonction.", field=field
            )


def _check_dates(first: dt.date, last: dt.date, *, on: dt.date) -> None:
    if first < on:
        raise AbsenceRefused(
            "L’absence commence au plus tôt aujourd’hui ; corrigez le premier jour.", field="first_day"
        )
    if last < first:
        raise AbsenceRefused("Le dernier jour précède le premier ; corrigez les dates.", field="last_day")
    if last - first > LONGEST:
        raise AbsenceRefused(
            "Une absence dure un an au plus ; au-delà, la fonction est confiée à une autre personne.", field="last_day"
        )


def _check_others(absent: Agent, holder: Agent, first: dt.date, last: dt.date) -> None:
    if already := absences.absent_then(absent, first, last):
        raise AbsenceRefused(
            f"{absent.full_name} est déjà absent {_span(already)}, remplacé par {already.holder.full_name} ; "
            "mettez d’abord fin à cette absence.",
            field="first_day",
        )
    if way := absences.leads_back(absent, holder, first, last):
        between = f" (par {', '.join(a.full_name for a in way[1:])})" if len(way) > 1 else ""
        raise AbsenceRefused(
            f"{holder.full_name} est alors absent et remplacé{between} par {absent.full_name} : personne ne viserait "
            "pour eux ; choisissez une autre personne.",
            field="replaced_by",
        )
    if away := absences.absent_then(holder, first, last):
        raise AbsenceRefused(
            f"{holder.full_name} est absent {_span(away)}, remplacé par {away.holder.full_name}, et ne peut pas "
            f"remplacer {absent.full_name} ; choisissez une autre personne.",
            field="replaced_by",
        )


def _span(row: Delegation) -> str:
    until = f" au {typography.date_fr(row.valid_to, weekday=False)}" if row.valid_to else ""
    return f"du {typography.date_fr(row.valid_from, weekday=False)}{until}"
