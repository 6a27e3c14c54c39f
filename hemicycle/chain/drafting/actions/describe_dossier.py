"""Change the fields of a dossier while it is drafted or corrected."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting.actions.open_dossier import check_rest, field_checked
from hemicycle.chain.drafting.events import DossierDescribed
from hemicycle.chain.drafting.rules import accept_object, accept_subject_code
from hemicycle.chain.drafting.writing import require_writable
from hemicycle.dossier import journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier
from hemicycle.texts.typed import one_line

FIELDS = ("body", "object", "subject_code", "theme", "rapporteur_id", "amount", "target_date")


@transaction.atomic
def describe_dossier(*, dossier_id: UUID, agent: Agent, at: dt.datetime, **changed: Any) -> Dossier:
    """Set the given fields (see FIELDS); what is not given stays.

    Raises NotEntitled, TextFrozen when the dossier is no longer being written, FieldRefused.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    role = require_writable(dossier, agent, at=at)
    if unknown := set(changed) - set(FIELDS):
        raise TypeError(f"not fields of a dossier: {sorted(unknown)}")
    if "object" in changed:
        changed["object"] = field_checked("object", accept_object, changed["object"])
    if "subject_code" in changed:
        changed["subject_code"] = field_checked("subject_code", accept_subject_code, changed["subject_code"])
    check_rest(
        body=changed.get("body", dossier.body),
        amount=changed.get("amount", dossier.amount),
        # Checked when chosen: whose mandate ended since does not hold back the other fields.
        rapporteur_id=changed.get("rapporteur_id"),
        on=day(at),
    )
    if "theme" in changed:
        changed["theme"] = one_line(changed["theme"], 80)

    changes = {}
    for field, value in changed.items():
        before = getattr(dossier, field)
        if before != value:
            changes[field] = ["" if before is None else str(before), "" if value is None else str(value)]
            setattr(dossier, field, value)
    if not changes:
        return dossier
    dossier.save(update_fields=list(changes))

    journal.record(dossier, DossierDescribed(changes=changes), by=agent, at=at, role=role)
    return dossier
