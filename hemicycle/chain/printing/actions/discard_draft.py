"""Give up the draft of a model: what is in force stays."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.printing.actions.draft_model import WRITING
from hemicycle.chain.printing.events import DraftDiscarded
from hemicycle.chain.printing.models import ModelVersion
from hemicycle.chain.printing.settling import NoSuchKind, kind_named
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day

__all__ = ["NoSuchKind", "discard_draft"]


@transaction.atomic
def discard_draft(*, kind: str, agent: Agent, at: dt.datetime) -> None:
    """Nothing is written where there is no draft. Raises NotEntitled, NoSuchKind."""
    role = access.require_role(agent, Role.ASSEMBLY_OFFICE, on=day(at), what=WRITING)
    known = kind_named(kind)
    draft = ModelVersion.objects.select_for_update(of=("self",)).filter(kind=kind, published_at=None).first()
    if draft is None:
        return

    number = draft.number
    draft.delete()

    event = DraftDiscarded(kind=kind, label=known.label, number=number)
    journal.record(None, event, by=agent, at=at, role=role)
