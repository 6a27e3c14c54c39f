"""Declare a type of act, or rename it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.drafting.events import ActTypeSaved
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import ActType, Nature
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.texts.typed import one_line

MAX_NAME = 80


class ActTypeRefused(ActionRefused):
    """The name is empty, too long or taken; or the type is gone."""


@transaction.atomic
def save_act_type(
    *, name: str, agent: Agent, at: dt.datetime, act_type_id: int | None = None, nature: str = ""
) -> ActType:
    """Declare the type, or give that name to the one of that id: dossiers and models follow.

    `nature`, a deliberation when a new type says none, counts for the dossiers to come: those begun keep theirs.

    Kept by the service des assemblées. Raises NotEntitled, ActTypeRefused.
    """
    role = access.require_role(agent, Role.ASSEMBLY_OFFICE, on=day(at), what="Définir les types d’acte")
    said = one_line(name, MAX_NAME + 1)
    if not said:
        raise ActTypeRefused("Donnez un nom au type d’acte, par exemple « Subvention ».", field="name")
    if len(said) > MAX_NAME:
        raise ActTypeRefused(f"Le nom du type dépasse {MAX_NAME} caractères ; raccourcissez-le.", field="name")
    if nature and nature not in Nature.values:
        raise ActTypeRefused("Choisissez la nature de l’acte dans la liste.", field="nature")
    if ActType.objects.filter(name__iexact=said).exclude(id=act_type_id or 0).exists():
        raise ActTypeRefused(f"Le type d’acte « {said} » existe déjà ; choisissez un autre nom.", field="name")
    row = ActType() if act_type_id is None else ActType.objects.select_for_update().filter(id=act_type_id).first()
    if row is None:
        raise ActTypeRefused("Ce type d’acte n’existe plus ; rechargez la page.")
    before = row.name
    wanted = nature or row.nature
    if (before, row.nature) == (said, wanted) and row.pk:
        return row

    row.name, row.nature = said, wanted
    row.save()

    journal.record(None, ActTypeSaved(act_type=said, before=before), by=agent, at=at, role=role)
    return row
