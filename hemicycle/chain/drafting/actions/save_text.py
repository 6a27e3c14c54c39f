"""Save a text typed in the browser."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting.events import TextSaved
from hemicycle.chain.drafting.writing import require_writable
from hemicycle.dossier import journal
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.texts.refusal import TextRefused
from hemicycle.texts.tree import clean, digest

TEXTS = ("report", "deliberation")


class TextUnreadable(ActionRefused):
    """What the editor sent is not a text of ours; the sentence is the reader's."""


@transaction.atomic
def save_text(*, dossier_id: UUID, text: str, content: Any, agent: Agent, at: dt.datetime) -> Dossier:
    """Replace the working report or deliberation by the text tree `content`, checked and normalised.

    Nothing is journaled when the text is what it was. Raises NotEntitled, TextFrozen, TextUnreadable.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    role = require_writable(dossier, agent, at=at)
    if text not in TEXTS:
        raise ValueError(f"no such text: {text}")
    try:
        tree = clean(content)
    except TextRefused as refusal:
        raise TextUnreadable(str(refusal), field=text) from refusal

    if getattr(dossier, text) == tree:
        return dossier
    setattr(dossier, text, tree)
    dossier.save(update_fields=[text])

    journal.record(dossier, TextSaved(text=text, digest=digest(tree)), by=agent, at=at, role=role)
    return dossier
