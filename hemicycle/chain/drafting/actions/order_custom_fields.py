"""Set the order in which the custom fields are asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.drafting.actions.save_custom_field import CustomFieldRefused
from hemicycle.chain.drafting.events import CustomFieldsOrdered
from hemicycle.chain.drafting.models import CustomField
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day


@transaction.atomic
def order_custom_fields(
    *, act_type_id: int | None, field_ids: Sequence[int], agent: Agent, at: dt.datetime
) -> list[CustomField]:
    """The active fields of the type (None: those of all dossiers), in that order, each named once.

    Raises NotEntitled, CustomFieldRefused when the list is not that of the page any more.
    """
    role = access.require_role(agent, Role.ASSEMBLY_OFFICE, on=day(at), what="Définir les champs des dossiers")
    rows = CustomField.objects.select_for_update(of=("self",)).filter(act_type=act_type_id, active=True)
    fields = {row.pk: row for row in rows.order_by("id")}
    if len(field_ids) != len(fields) or set(field_ids) != set(fields):
        raise CustomFieldRefused("La liste des champs a changé entre-temps ; rechargez la page.")

    for order, field_id in enumerate(field_ids, start=1):
        fields[field_id].order = order
    ordered = [fields[field_id] for field_id in field_ids]
    CustomField.objects.bulk_update(ordered, ["order"])

    event = CustomFieldsOrdered(labels=tuple(field.label for field in ordered))
    journal.record(None, event, by=agent, at=at, role=role)
    return ordered
