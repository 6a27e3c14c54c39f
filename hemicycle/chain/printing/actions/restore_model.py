"""Take up an older version of a model as its draft: history only ever grows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.printing.actions.draft_model import WRITING, NoSuchVersion, written
from hemicycle.chain.printing.document_models import NOTHING
from hemicycle.chain.printing.models import ModelVersion
from hemicycle.chain.printing.settling import ModelRefused, NoSuchKind, judged, kind_named
from hemicycle.dossier import access
from hemicycle.dossier.dates import day
from hemicycle.dossier.refusals import ActionRefused

__all__ = ["DraftInTheWay", "ModelRefused", "NoSuchKind", "NoSuchVersion", "restore_model"]

ORIGIN = -1


class DraftInTheWay(ActionRefused):
    message = "Un brouillon est en cours ; publiez-le ou abandonnez-le avant de reprendre une autre version."


@transaction.atomic
def restore_model(*, kind: str, number: int, agent: Agent, at: dt.datetime) -> ModelVersion:
    """A draft that says what version `number` said; 0: the model of origin. Raises NotEntitled, NoSuchKind,
    NoSuchVersion, DraftInTheWay, ModelRefused.
    """
    role = access.require_role(agent, Role.ASSEMBLY_OFFICE, on=day(at), what=WRITING)
    known = kind_named(kind)
    rows = list(ModelVersion.objects.select_for_update(of=("self",)).filter(kind=kind).order_by("number"))
    if any(row.published_at is None for row in rows):
        raise DraftInTheWay
    content: dict[str, Any] = NOTHING
    if number:
        old = next((row for row in rows if row.number == number), None)
        if old is None:
            raise NoSuchVersion
        content = old.content
    judged(known, content)
    return written(known, None, content, agent=agent, role=role, at=at, restored=number or ORIGIN)
