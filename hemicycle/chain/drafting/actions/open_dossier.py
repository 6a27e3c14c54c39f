"""Open a dossier: the first line of its journey."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeVar

from django.db import transaction

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Body, ElectedMember, Role, Unit
from hemicycle.chain.drafting import custom_fields
from hemicycle.chain.drafting.custom_fields import FieldFile
from hemicycle.chain.drafting.events import DossierOpened
from hemicycle.chain.drafting.rules import NotAccepted, accept_amount, accept_object, accept_subject_code
from hemicycle.dossier import access, journal, register
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import ActType, Dossier, Nature
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.dossier.stages import Stage
from hemicycle.texts.typed import one_line

T = TypeVar("T", str, Decimal)


class FieldRefused(ActionRefused):
    """A field of the dossier is not acceptable; `field` names it."""


@transaction.atomic
def open_dossier(
    *,
    agent: Agent,
    unit_id: int,
    body: str,
    object: str,
    subject_code: str,
    theme: str = "",
    rapporteur_id: int | None = None,
    amount: Decimal | None = None,
    target_date: dt.date | None = None,
    act_type_id: int | None = None,
    extra: Mapping[str, str | FieldFile | None] | None = None,
    at: dt.datetime,
) -> Dossier:
    """Open a dossier in a unit where the agent drafts; it gets its number for ever.

    Its type says its nature: an arrêté or a decision of the president goes to no assembly, whatever `body` says.
    `amount` in euros, `target_date` the day of the sitting aimed at, `extra` the custom fields by key.
    Raises NotEntitled, FieldRefused, ValueRefused.
    """
    unit, role = unit_to_draft_for(unit_id, agent, on=day(at))
    line = field_checked("object", accept_object, object)
    code = field_checked("subject_code", accept_subject_code, subject_code)
    act_type = act_type_of(act_type_id)
    nature = act_type.nature if act_type else Nature.DELIBERATION
    body = body if nature == Nature.DELIBERATION else ""
    check_rest(body=body, nature=nature, amount=amount, rapporteur_id=rapporteur_id, on=day(at))

    dossier = Dossier.objects.create(
        number=register.dossier_number(year=day(at).year),
        stage=Stage.DRAFTING,
        stage_since=at,
        unit=unit,
        drafter=agent,
        body=body,
        nature=nature,
        object=line,
        subject_code=code,
        theme=one_line(theme, 80),
        rapporteur_id=rapporteur_id,
        amount=amount,
        target_date=target_date,
        opened_at=at,
        act_type=act_type,
    )
    if extra:
        custom_fields.change(dossier, extra, by=agent, at=at)
        dossier.save(update_fields=["extra"])

    journal.record(
        dossier, DossierOpened(number=dossier.number, object=line, unit=unit.name), by=agent, at=at, role=role
    )
    return dossier


def unit_to_draft_for(unit_id: int, agent: Agent, *, on: dt.date) -> tuple[Unit, str]:
    """The unit, and the role by which the agent opens dossiers for it. Raises FieldRefused, NotEntitled."""
    unit = Unit.objects.on(on).filter(id=unit_id).first()
    if unit is None:
        raise FieldRefused("Ce service n’existe pas à cette date ; choisissez-en un autre.", field="unit")
    roles = (Role.DRAFTER, Role.HEAD_OF_SERVICE, Role.DIRECTOR, Role.ASSEMBLY_OFFICE)
    return unit, access.require_role(agent, *roles, on=on, unit=unit, what=f"Ouvrir un dossier pour {unit}")


def act_type_of(act_type_id: int | None) -> ActType | None:
    """The type of act, in service. Raises FieldRefused."""
    if act_type_id is None:
        return None
    row = ActType.objects.filter(id=act_type_id, active=True).first()
    if row is None:
        raise FieldRefused("Ce type d’acte n’est plus proposé ; choisissez-en un autre.", field="act_type")
    return row


def field_checked(field: str, rule: Callable[[T], T], value: T) -> T:
    """The value as the rule accepts it. Raises FieldRefused, naming the field."""
    try:
        return rule(value)
    except NotAccepted as refusal:
        raise FieldRefused(str(refusal), field=field) from refusal


def check_rest(
    *,
    body: str,
    amount: Decimal | None,
    rapporteur_id: int | None,
    on: dt.date,
    nature: str = Nature.DELIBERATION,
) -> None:
    """The fields that are choices or figures; the rapporteur sits on that day. Raises FieldRefused."""
    if nature == Nature.DELIBERATION and body not in Body.values:
        raise FieldRefused("Choisissez l’assemblée : conseil départemental ou commission permanente.", field="body")
    if amount is not None:
        field_checked("amount", accept_amount, amount)
    if rapporteur_id is not None:
        _check_rapporteur(rapporteur_id, on=on)


def _check_rapporteur(member_id: int, *, on: dt.date) -> None:
    if any(s.member.pk == member_id for s in accounts.members_in_office(Body.COUNCIL, on=on)):
        return
    member = ElectedMember.objects.filter(id=member_id).select_related("agent").first()
    raise FieldRefused(
        f"{member or 'Ce rapporteur'} n’a pas de mandat en cours dans l’assemblée ; choisissez un autre rapporteur.",
        field="rapporteur",
    )
