"""Take the texts of an older version as the working ones again."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting import leases
from hemicycle.chain.drafting.actions.save_text import TEXTS
from hemicycle.chain.drafting.events import TextRestored
from hemicycle.chain.drafting.writing import require_writable
from hemicycle.dossier import journal, versions
from hemicycle.dossier.models import Dossier, Version
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.texts.tree import clean, digest

#: What may be asked: one text, or both.
CHOICES = (*TEXTS, "both")


class NothingToRestore(ActionRefused):
    """The version was never made, or the text belongs to another dossier."""


@transaction.atomic
def restore_text(*, dossier_id: UUID, version: int, text: str, agent: Agent, at: dt.datetime) -> Dossier:
    """Replace the working report, deliberation or both by those of an earlier version.

    What is replaced is never lost: where no version has it yet, it is frozen first. Nothing is written when the
    texts are already those. Raises NotEntitled, TextFrozen, TextHeld (somebody else writes it now), NothingToRestore.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    role = require_writable(dossier, agent, at=at)
    if text not in CHOICES:
        raise ValueError(f"no such text: {text}")
    names = TEXTS if text == "both" else (text,)
    older = _version(dossier, version, names)
    for name in names:
        leases.require_free(dossier, name, agent, at=at)
    changed = [name for name in names if getattr(dossier, name) != getattr(older, name)]
    if not changed:
        return dossier

    kept = 0
    if not all(_is_kept(dossier, name) for name in changed):
        reason = f"Texte avant restauration de la version {version}"
        kept = versions.freeze(dossier, by=agent, at=at, reason=reason).number
    for name in changed:
        setattr(dossier, name, getattr(older, name))
    dossier.save(update_fields=changed)

    digests = tuple(digest(clean(getattr(dossier, name) or _EMPTY)) for name in changed)
    event = TextRestored(version=version, texts=tuple(changed), kept=kept, digests=digests)
    journal.record(dossier, event, by=agent, at=at, role=role)
    return dossier


_EMPTY = {"type": "doc", "content": []}


def _version(dossier: Dossier, number: int, names: tuple[str, ...]) -> Version:
    if "report" in names and dossier.lead_id is not None:
        raise NothingToRestore("Le rapport de ce dossier est celui du dossier principal ; restaurez-le là-bas.")
    found = dossier.versions.filter(number=number).first()
    if found is None:
        raise NothingToRestore(f"Le dossier {dossier.number} n’a pas de version {number} ; rechargez sa page.")
    return found


def _is_kept(dossier: Dossier, name: str) -> bool:
    """Whether some version has the working text already, or there is none to lose."""
    present = getattr(dossier, name)
    return not (present or {}).get("content") or any(
        present == frozen for frozen in dossier.versions.values_list(name, flat=True)
    )
