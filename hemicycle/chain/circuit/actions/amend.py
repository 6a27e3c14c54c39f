"""Edit a text at one's turn in the circuit: a new version, on which earlier visas are asked for again."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.circuit import passage as passages
from hemicycle.chain.circuit.actions.give_visa import require_turn, require_visa
from hemicycle.chain.circuit.actions.submit import check_printed, check_ready
from hemicycle.chain.circuit.events import Amended
from hemicycle.chain.drafting.actions.save_text import EMPTY, TEXTS, accepted
from hemicycle.chain.drafting.writing import require_own_text
from hemicycle.dossier import companions, journal, versions
from hemicycle.dossier.models import Dossier, Version
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.texts.tree import clean
from hemicycle.texts.typed import several_lines


class AmendmentRefused(ActionRefused):
    """What was sent changes nothing."""


@transaction.atomic
def amend(
    *,
    dossier_id: UUID,
    agent: Agent,
    version_read: int,
    text: str,
    content: Any,
    at: dt.datetime,
    note: str = "",
    on_behalf_of_id: UUID | None = None,
) -> Version:
    """Replace the report or the deliberation by the tree `content`, at the step whose visa is awaited of the agent.

    The step keeps the dossier until it gives its visa; then the visas given on the older text are asked for again.
    `dossier_id` may be a companion's, for its deliberation; `version_read` is the lead's. Raises AmendmentRefused,
    TextUnreadable, ReportShared, NotReady, and NotYourTurn, TextHasChanged, OwnDraft, NoDelegation, OpinionAwaited,
    MoveNotAllowed as give_visa.
    """
    lead_id = Dossier.objects.values_list("lead", flat=True).get(id=dossier_id) or dossier_id
    lead = companions.lock(lead_id)
    turn = require_turn(lead, agent, version_read=version_read, on_behalf_of_id=on_behalf_of_id, at=at)
    require_visa(turn)
    edited = lead if lead_id == dossier_id else Dossier.objects.get(id=dossier_id)
    _write(edited, text, content)
    check_ready(lead)
    check_printed(lead, agent=agent, role=turn.step.role, at=at)

    said = several_lines(note, 500)
    version = versions.freeze(lead, by=agent, at=at, reason=said or f"Modifié à l’étape « {turn.step.label} »")
    passages.open_current(turn.run, at=at, focus=turn.step)

    event = Amended(
        step=turn.step.label, text=text, of=edited.number, version=version.number, digest=version.digest, note=said
    )
    for told in (lead,) if edited is lead else (edited, lead):
        journal.record(told, event, by=agent, at=at, role=turn.step.role, on_behalf_of=turn.on_behalf_of)
    return version


def _write(dossier: Dossier, text: str, content: Any) -> None:
    if text not in TEXTS:
        raise ValueError(f"no such text: {text}")
    require_own_text(dossier, text)
    before = clean(getattr(dossier, text) or EMPTY)
    tree = accepted(content, dossier, text, before=before)
    if tree == before:
        raise AmendmentRefused("Le texte est le même : rien n’est à enregistrer.", field=text)
    setattr(dossier, text, tree)
    dossier.save(update_fields=[text])
