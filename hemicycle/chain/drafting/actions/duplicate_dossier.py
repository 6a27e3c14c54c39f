"""Open a dossier from what another one says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting import custom_fields
from hemicycle.chain.drafting.actions.open_dossier import field_checked, unit_to_draft_for
from hemicycle.chain.drafting.events import DossierDuplicated, DossierOpened
from hemicycle.chain.drafting.rules import accept_object
from hemicycle.dossier import access, journal, register
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.dossier.stages import Stage

#: What of an annex the copy keeps; its bytes lie once in the store, whatever the number of dossiers.
OF_A_FILE = (
    *("kind", "title", "name", "sha256", "size", "media_type", "to_control", "type_code", "published"),
    *("in_booklet", "pages", "scanned_at"),
)


class DuplicateRefused(ActionRefused):
    """The dossier cannot be read, or an annex named is not its own."""


@transaction.atomic
def duplicate_dossier(
    *,
    dossier_id: UUID,
    unit_id: int,
    object: str,
    agent: Agent,
    at: dt.datetime,
    annex_ids: Collection[UUID] = (),
    texts: bool = True,
) -> Dossier:
    """A new dossier of that unit with the fields, the texts and the annexes named of another that the agent reads.

    Never its visas, versions, comments or links; neither its amount's vote nor its sitting: those are to be said anew.
    Raises NotEntitled, DuplicateRefused, FieldRefused.
    """
    origin = access.visible_to(agent, on=day(at), one_by_one=True).filter(id=dossier_id).first()
    if origin is None:
        raise DuplicateRefused("Ce dossier n’existe pas, ou vous ne pouvez pas le lire.")
    unit, role = unit_to_draft_for(unit_id, agent, on=day(at))
    line = field_checked("object", accept_object, object)
    annexes = _annexes(origin, annex_ids)

    dossier = Dossier.objects.create(
        number=register.dossier_number(year=day(at).year),
        stage=Stage.DRAFTING,
        stage_since=at,
        unit=unit,
        drafter=agent,
        body=origin.body,
        nature=origin.nature,
        object=line,
        subject_code=origin.subject_code,
        theme=origin.theme,
        rapporteur=origin.rapporteur,
        amount=origin.amount,
        act_type=origin.act_type if origin.act_type and origin.act_type.active else None,
        opened_at=at,
        **(_texts(origin) if texts else {}),
    )
    _copy_files(origin, dossier, annexes, texts=texts, by=agent, at=at)
    dossier.extra = _extra(origin, dossier, by=agent, at=at)
    dossier.save(update_fields=["extra"])

    opened = DossierOpened(number=dossier.number, object=line, unit=unit.name)
    journal.record(dossier, opened, by=agent, at=at, role=role)
    journal.record(dossier, DossierDuplicated(origin=origin.number), by=agent, at=at, role=role)
    return dossier


def _texts(origin: Dossier) -> dict[str, Any]:
    report = origin.lead.report if origin.lead else origin.report
    return {"report": report, "deliberation": origin.deliberation}


def _annexes(origin: Dossier, wanted: Collection[UUID]) -> list[Attachment]:
    rows = origin.attachments.filter(kind=Attachment.Kind.ANNEX, removed_at=None, confidential=False)
    found = list(rows.filter(id__in=wanted).order_by("order", "added_at"))
    if len(found) != len(set(wanted)):
        raise DuplicateRefused(
            f"Une annexe choisie n’est plus au dossier {origin.number}, ou est confidentielle ; rechargez la page.",
            field="annexes",
        )
    return found


def _copy_files(
    origin: Dossier, dossier: Dossier, annexes: list[Attachment], *, texts: bool, by: Agent, at: dt.datetime
) -> None:
    for order, annex in enumerate(annexes, start=1):
        _copy(annex, dossier, by=by, at=at, order=order)
    if texts:
        images = Attachment.objects.filter(
            dossier__in=[origin.id, origin.lead_id or origin.id], kind=Attachment.Kind.IMAGE, removed_at=None
        )
        for image in images.order_by("added_at", "id"):
            _copy(image, dossier, by=by, at=at)


def _copy(file: Attachment, dossier: Dossier, *, by: Agent, at: dt.datetime, order: int = 0) -> Attachment:
    facts = {name: getattr(file, name) for name in OF_A_FILE}
    return Attachment.objects.create(dossier=dossier, order=order, added_by=by, added_at=at, **facts)


def _extra(origin: Dossier, dossier: Dossier, *, by: Agent, at: dt.datetime) -> dict[str, str]:
    """The custom fields that the type still asks; a file is copied, and named by its own id."""
    asked = {field.key for field in custom_fields.fields_of(dossier.act_type_id)}
    files = {str(file.id): file for file in origin.attachments.filter(kind=Attachment.Kind.FIELD, removed_at=None)}
    extra = {key: value for key, value in (origin.extra or {}).items() if key in asked}
    return {
        key: str(_copy(files[value], dossier, by=by, at=at).id) if value in files else value
        for key, value in extra.items()
    }
