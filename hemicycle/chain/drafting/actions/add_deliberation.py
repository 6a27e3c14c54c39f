"""Add a deliberation to a report that has one already."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting.actions.open_dossier import check_rest, field_checked
from hemicycle.chain.drafting.events import DeliberationAdded, DossierOpened
from hemicycle.chain.drafting.rules import accept_object, accept_subject_code
from hemicycle.chain.drafting.writing import require_writable
from hemicycle.dossier import journal, register
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused

#: Deliberations of one report, the lead's included: a suffix letter each would still name them (documents.md §2).
MOST = 26


class DeliberationRefused(ActionRefused):
    """The report takes no more deliberation, or belongs to another dossier; the sentence says which."""


@transaction.atomic
def add_deliberation(
    *,
    lead_id: UUID,
    object: str,
    agent: Agent,
    at: dt.datetime,
    amount: Decimal | None = None,
    subject_code: str = "",
) -> Dossier:
    """Open a companion: its own number, object, amount, deliberation and annexes; the report and circuit of the lead.

    What is not given is the lead's (matière, assembly, rapporteur, sitting, type). `amount` in euros. It is added
    while the lead is written. Raises NotEntitled, TextFrozen, DeliberationRefused, FieldRefused.
    """
    lead = Dossier.objects.locked().get(id=lead_id)
    role = require_writable(lead, agent, at=at)
    if lead.lead is not None:
        raise DeliberationRefused(
            f"Le dossier {lead.number} partage déjà le rapport de {lead.lead.number} ; ajoutez la délibération à "
            "celui-ci."
        )
    _require_voted(lead)
    if lead.companions.count() + 1 >= MOST:
        raise DeliberationRefused(f"Un rapport porte au plus {MOST} délibérations ; ouvrez un autre dossier.")
    line = field_checked("object", accept_object, object)
    code = field_checked("subject_code", accept_subject_code, subject_code) if subject_code else lead.subject_code
    check_rest(body=lead.body, amount=amount, rapporteur_id=None, on=day(at))

    companion = Dossier.objects.create(
        number=register.dossier_number(year=day(at).year),
        # A companion is where its lead is: written from the start, or written again after a correction.
        stage=lead.stage,
        stage_since=at,
        unit=lead.unit,
        drafter=lead.drafter,
        body=lead.body,
        nature=lead.nature,
        object=line,
        subject_code=code,
        theme=lead.theme,
        rapporteur=lead.rapporteur,
        amount=amount,
        target_date=lead.target_date,
        act_type=lead.act_type,
        embargo=lead.embargo,
        opened_at=at,
        lead=lead,
    )

    opened = DossierOpened(number=companion.number, object=line, unit=lead.unit.name)
    journal.record(companion, opened, by=agent, at=at, role=role)
    journal.record(lead, DeliberationAdded(number=companion.number, object=line), by=agent, at=at, role=role)
    return companion


def _require_voted(lead: Dossier) -> None:
    if lead.without_vote:
        raise DeliberationRefused(
            f"Le dossier {lead.number} est un projet d’acte du président : il n’a pas d’autre acte que le sien ; "
            "ouvrez un autre dossier."
        )
