"""Change the fields of a dossier while it is drafted or corrected."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting import custom_fields
from hemicycle.chain.drafting.actions.open_dossier import FieldRefused, act_type_of, check_rest, field_checked
from hemicycle.chain.drafting.events import DossierDescribed
from hemicycle.chain.drafting.rules import accept_object, accept_subject_code, piece_types
from hemicycle.chain.drafting.writing import require_writable
from hemicycle.dossier import journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Attachment, Dossier, Nature
from hemicycle.texts.typed import one_line

#: What the deliberations of one report have in common, and its lead says.
SHARED = frozenset({"body", "target_date"})
FIELDS = ("body", "object", "subject_code", "theme", "rapporteur_id", "amount", "target_date")


@transaction.atomic
def describe_dossier(*, dossier_id: UUID, agent: Agent, at: dt.datetime, **changed: Any) -> Dossier:
    """Set the given fields (see FIELDS); what is not given stays.

    Also `act_type_id`, and `extra`: the custom fields by key, of which those not given stay. Raises NotEntitled,
    TextFrozen when the dossier is no longer being written, FieldRefused, ValueRefused.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    role = require_writable(dossier, agent, at=at)
    extra = changed.pop("extra", {})
    type_changes = _act_type(dossier, changed)
    if type_changes:
        type_changes |= _nature(dossier)
    if dossier.without_vote:
        changed["body"] = ""
    accepted = _accepted(dossier, changed, on=day(at))

    changes = {}
    for field, value in accepted.items():
        before = getattr(dossier, field)
        if before != value:
            changes[field] = ["" if before is None else str(before), "" if value is None else str(value)]
            setattr(dossier, field, value)
    columns = [*changes]
    if type_changes or extra:
        changes |= type_changes | custom_fields.change(dossier, extra, by=agent, at=at)
        columns += ["act_type", "extra", "nature", "body"]
    if not changes:
        return dossier
    dossier.save(update_fields=columns)
    if SHARED & set(columns):
        # One report goes to one sitting, all its deliberations with it.
        Dossier.objects.filter(lead=dossier).update(body=dossier.body, target_date=dossier.target_date)

    journal.record(dossier, DossierDescribed(changes=changes), by=agent, at=at, role=role)
    return dossier


def _act_type(dossier: Dossier, changed: dict[str, Any]) -> dict[str, list[str]]:
    """Take the type out of the fields given and set it; what changed, by name."""
    if "act_type_id" not in changed:
        return {}
    wanted = changed.pop("act_type_id")
    if wanted == dossier.act_type_id:
        return {}
    before, dossier.act_type = dossier.act_type, act_type_of(wanted)
    return {"act_type": [str(before or ""), str(dossier.act_type or "")]}


def _nature(dossier: Dossier) -> dict[str, list[str]]:
    """The nature that follows from the type; an act of the president goes to no assembly."""
    before = dossier.nature
    wanted = dossier.act_type.nature if dossier.act_type else Nature.DELIBERATION
    if wanted != Nature.DELIBERATION and (dossier.lead is not None or dossier.companions.exists()):
        raise FieldRefused(
            f"Le rapport du dossier {dossier.number} porte plusieurs délibérations : aucune ne devient un acte du "
            "président ; ouvrez un autre dossier.",
            field="act_type",
        )
    dossier.nature = wanted
    if before != wanted:
        # The préfecture files each nature under types of its own: those that are not fall back on the usual one.
        annexes = Attachment.objects.filter(dossier=dossier, kind=Attachment.Kind.ANNEX)
        annexes.exclude(type_code__in=piece_types(wanted)).update(type_code="")
    return {} if before == wanted else {"nature": [Nature(before).label, Nature(wanted).label]}


def _accepted(dossier: Dossier, changed: dict[str, Any], *, on: dt.date) -> dict[str, Any]:
    """The fields given, each as it is kept. Raises FieldRefused."""
    if unknown := set(changed) - set(FIELDS):
        raise TypeError(f"not fields of a dossier: {sorted(unknown)}")
    kept = dict(changed)
    if dossier.lead is not None and any(kept.get(f, getattr(dossier, f)) != getattr(dossier, f) for f in SHARED):
        raise FieldRefused(
            f"Le dossier {dossier.number} va à la même séance que {dossier.lead.number}, dont il partage le rapport ; "
            "changez-la dans celui-ci.",
            field="target_date",
        )
    if "object" in kept:
        kept["object"] = field_checked("object", accept_object, kept["object"])
    if "subject_code" in kept:
        kept["subject_code"] = field_checked("subject_code", accept_subject_code, kept["subject_code"])
    check_rest(
        body=kept.get("body", dossier.body),
        nature=dossier.nature,
        amount=kept.get("amount", dossier.amount),
        # Checked when chosen: whose mandate ended since does not hold back the other fields.
        rapporteur_id=kept.get("rapporteur_id"),
        on=on,
    )
    if "theme" in kept:
        kept["theme"] = one_line(kept["theme"], 80)
    return kept
