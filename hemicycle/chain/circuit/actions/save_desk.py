"""Make a desk, seat its people, open it or close it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.circuit.events import DeskSaved
from hemicycle.chain.circuit.models import Desk, DeskSeat
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.texts.typed import one_line

MOST_PEOPLE = 40


class DeskInvalid(ActionRefused):
    """A desk without a name, with nobody, or still awaited where it is being closed."""


@transaction.atomic
def save_desk(
    *,
    desk_id: int | None,
    name: str,
    people: Sequence[UUID],
    agent: Agent,
    at: dt.datetime,
    active: bool = True,
) -> Desk:
    """Keep the desk with these people from that day on; those left out rise the day before. None: a new desk.

    Passages under way keep the people they started with. Raises NotEntitled, DeskInvalid.
    """
    desk = Desk.objects.select_for_update(of=("self",)).filter(pk=desk_id).first() if desk_id else None
    role = access.require_role(agent, Role.ASSEMBLY_OFFICE, on=day(at), what="Définir un guichet")
    if desk_id and desk is None:
        raise DeskInvalid("Ce guichet n’existe pas ; revenez à la liste des guichets.")
    named = _name(name, desk)
    seated = _people(people, active=active)
    if desk is not None and not active:
        _refuse_if_awaited(desk)

    new = desk is None
    desk = desk or Desk()
    desk.name, desk.active = named, active
    desk.save()
    _seat(desk, seated, on=day(at))

    event = DeskSaved(desk=named, new=new, active=active, people=[person.full_name for person in seated])
    journal.record(None, event, by=agent, at=at, role=role)
    return desk


def _name(name: str, desk: Desk | None) -> str:
    named = one_line(name, 80)
    if not named:
        raise DeskInvalid("Donnez un nom au guichet.", field="name")
    others = Desk.objects.exclude(pk=desk.pk) if desk else Desk.objects.all()
    if others.filter(name__iexact=named).exists():
        raise DeskInvalid(f"Un guichet s’appelle déjà « {named} » ; choisissez un autre nom.", field="name")
    return named


def _people(ids: Sequence[UUID], *, active: bool) -> list[Agent]:
    wanted = set(ids)
    found = list(Agent.objects.filter(pk__in=wanted).order_by("last_name", "first_name", "email"))
    if gone := [person.full_name for person in found if not person.is_active]:
        raise DeskInvalid(f"{gone[0]} a quitté la collectivité et ne peut siéger au guichet.", field="people")
    if len(found) < len(wanted):
        raise DeskInvalid("Une des personnes choisies n’existe pas ; rechargez la page.", field="people")
    if active and not found:
        raise DeskInvalid("Un guichet ouvert a au moins une personne ; choisissez-la.", field="people")
    if len(found) > MOST_PEOPLE:
        raise DeskInvalid(f"Un guichet a {MOST_PEOPLE} personnes au plus ; celui-ci en a {len(found)}.", field="people")
    return found


def _refuse_if_awaited(desk: Desk) -> None:
    used = [step.circuit.name for step in desk.steps.filter(circuit__active=True).select_related("circuit")]
    used += [rule.name for rule in desk.rules.filter(active=True)]
    if used:
        named = ", ".join(f"« {name} »" for name in sorted(set(used)))
        raise DeskInvalid(f"Ce guichet est attendu par {named} ; retirez-l’en avant de le fermer.")


def _seat(desk: Desk, people: list[Agent], *, on: dt.date) -> None:
    sitting = {seat.agent_id: seat for seat in DeskSeat.objects.on(on).filter(desk=desk)}
    for agent_id, seat in sitting.items():
        if agent_id not in {person.pk for person in people}:
            _rise(seat, on=on)
    for person in people:
        if person.pk not in sitting:
            DeskSeat.objects.create(desk=desk, agent=person, valid_from=on)


def _rise(seat: DeskSeat, *, on: dt.date) -> None:
    if seat.valid_from >= on:
        # Seated and risen the same day: nothing happened.
        seat.delete()
        return
    seat.valid_to = on - dt.timedelta(days=1)
    seat.save(update_fields=["valid_to"])
