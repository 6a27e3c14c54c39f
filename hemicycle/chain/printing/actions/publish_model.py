"""Publish the draft of a model: from its day on, documents are printed by it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.printing.actions.draft_model import WRITING
from hemicycle.chain.printing.document_models import digest_of
from hemicycle.chain.printing.events import ModelPublished
from hemicycle.chain.printing.models import ModelVersion
from hemicycle.chain.printing.settling import DraftMoved, ModelRefused, NoSuchKind, judged, kind_named
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.texts.typed import one_line

__all__ = ["DraftMoved", "ModelRefused", "NoDraft", "NoSuchKind", "TooEarly", "publish_model"]

MAX_NOTE = 200


class NoDraft(ActionRefused):
    message = "Il n’y a pas de brouillon à publier ; enregistrez d’abord vos changements."


class TooEarly(ActionRefused):
    """Documents of past days were already printed otherwise."""


@transaction.atomic
def publish_model(
    *, kind: str, seen: int, valid_from: dt.date, agent: Agent, at: dt.datetime, note: str = ""
) -> ModelVersion:
    """The draft becomes a version for ever; `valid_from`, today or later, is the first day on which it prints.

    Acts already drawn up keep the model that they were drawn up with. `seen`: the revision that was on screen.
    Raises NotEntitled, NoSuchKind, NoDraft, DraftMoved, TooEarly, ModelRefused (a printed page that would not be
    archivable and accessible).
    """
    role = access.require_role(agent, Role.ASSEMBLY_OFFICE, on=day(at), what=WRITING)
    known = kind_named(kind)
    draft = ModelVersion.objects.select_for_update(of=("self",)).filter(kind=kind, published_at=None).first()
    if draft is None:
        raise NoDraft
    if draft.revision != seen:
        raise DraftMoved("Ce brouillon a changé depuis que vous l’avez vu ; relisez-le avant de le publier.")
    if valid_from < day(at):
        raise TooEarly(
            "Ce modèle entrerait en vigueur un jour passé, où des documents ont été imprimés autrement ; choisissez "
            "aujourd’hui ou un jour à venir.",
            field="valid_from",
        )
    judged(known, draft.content)

    draft.published_by, draft.published_at, draft.valid_from = agent, at, valid_from
    draft.note = one_line(note, MAX_NOTE)
    draft.save()

    event = ModelPublished(
        kind=kind,
        label=known.label,
        number=draft.number,
        digest=digest_of(draft.content),
        valid_from=valid_from.isoformat(),
        note=draft.note,
    )
    journal.record(None, event, by=agent, at=at, role=role)
    return draft
