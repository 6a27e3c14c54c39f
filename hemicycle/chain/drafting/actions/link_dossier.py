"""Say that a dossier follows, modifies or repeals an earlier decision."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting.events import DossierLinked
from hemicycle.chain.drafting.models import DossierLink
from hemicycle.chain.drafting.rules import NotAccepted, archivable
from hemicycle.chain.drafting.writing import require_writable
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.dossier.stages import Stage
from hemicycle.texts.typed import one_line

MAX_REFERENCE = 160


class LinkRefused(ActionRefused):
    """The link leads nowhere, to the dossier itself, or is there already."""


@transaction.atomic
def link_dossier(
    *,
    dossier_id: UUID,
    kind: str,
    agent: Agent,
    at: dt.datetime,
    target_id: UUID | None = None,
    reference: str = "",
) -> DossierLink:
    """Link the dossier to another that the agent may read, or to an act that is not in the program (`reference`).

    Raises NotEntitled, TextFrozen, LinkRefused.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    role = require_writable(dossier, agent, at=at)
    if kind not in DossierLink.Kind.values:
        raise LinkRefused("Choisissez ce que ce dossier fait à l’autre : suivre, modifier ou abroger.", field="kind")
    target = _target(dossier, target_id, agent, on=day(at)) if target_id is not None else None
    said = "" if target else _reference(reference)
    if DossierLink.objects.filter(dossier=dossier, target=target, reference=said, kind=kind).exists():
        raise LinkRefused("Ce lien est déjà noté.", field="target")

    link = DossierLink.objects.create(
        dossier=dossier, target=target, reference=said, kind=kind, added_by=agent, added_at=at
    )

    journal.record(dossier, DossierLinked(kind=link.get_kind_display(), to=name_of(link)), by=agent, at=at, role=role)
    return link


def name_of(link: DossierLink) -> str:
    """The number of the act, of the dossier that is none yet, or the reference."""
    return (link.target.act_number or link.target.number) if link.target else link.reference


def _target(dossier: Dossier, target_id: UUID, agent: Agent, *, on: dt.date) -> Dossier:
    if target_id == dossier.id:
        raise LinkRefused("Un dossier ne peut pas être lié à lui-même.", field="target")
    # One that the agent may not read and one that does not exist are told alike.
    target = access.visible_to(agent, on=on, one_by_one=True).filter(id=target_id).first()
    if target is None:
        raise LinkRefused("Ce dossier n’existe pas, ou ne vous est pas ouvert ; vérifiez son numéro.", field="target")
    if target.stage == Stage.WITHDRAWN:
        raise LinkRefused(f"Le dossier {target.number} a été retiré ; rien ne peut s’y rattacher.", field="target")
    return target


def _reference(written: str) -> str:
    said = one_line(written, MAX_REFERENCE + 1)
    if not said:
        raise LinkRefused("Choisissez un dossier, ou écrivez la référence de l’acte.", field="reference")
    if len(said) > MAX_REFERENCE:
        raise LinkRefused(f"La référence dépasse {MAX_REFERENCE} caractères ; raccourcissez-la.", field="reference")
    try:
        return archivable(said, "La référence")
    except NotAccepted as refusal:
        raise LinkRefused(str(refusal), field="reference") from refusal
