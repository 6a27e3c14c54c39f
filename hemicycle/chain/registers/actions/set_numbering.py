"""Choose how the numbers of a register are written from a day on."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.registers.events import NumberingSet
from hemicycle.dossier import access, journal, register
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Numbering
from hemicycle.dossier.numbering import PatternRefused, accept_pattern
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.texts.typed import one_line

MAX_LABEL = 80


class NumberingRefused(ActionRefused):
    """The register, its name, its pattern or its first day is not acceptable; `field` names it."""


@transaction.atomic
def set_numbering(
    *, key: str, label: str, pattern: str, valid_from: dt.date, agent: Agent, at: dt.datetime
) -> Numbering:
    """Write the numbers of the register `key` (kinds.REGISTERS) by that pattern, from today or a later day on.

    The counter goes on and no number already given changes. Raises NotEntitled, NumberingRefused.
    """
    role = access.require_role(
        agent, Role.ASSEMBLY_OFFICE, Role.ADMINISTRATOR, on=day(at), what="Régler la numérotation des actes"
    )
    before = register.patterns(on=valid_from).get(key)
    if before is None:
        raise NumberingRefused("Ce registre n’existe pas ; choisissez-en un de la liste.", field="register")
    said = one_line(label, MAX_LABEL + 1)
    if not said or len(said) > MAX_LABEL:
        raise NumberingRefused(f"Donnez au registre un nom de {MAX_LABEL} caractères au plus.", field="label")
    if valid_from < day(at):
        raise NumberingRefused(
            "Un modèle ne vaut que pour les numéros à venir : choisissez aujourd’hui ou un jour suivant.",
            field="valid_from",
        )
    try:
        accepted = accept_pattern(pattern, register=key)
    except PatternRefused as refusal:
        raise NumberingRefused(str(refusal), field="pattern") from refusal

    row, _ = Numbering.objects.update_or_create(
        register=key, valid_from=valid_from, defaults={"label": said, "pattern": accepted}
    )

    event = NumberingSet(
        register=key, label=said, pattern=accepted, before=before.pattern, valid_from=valid_from.isoformat()
    )
    journal.record(None, event, by=agent, at=at, role=role)
    return row
