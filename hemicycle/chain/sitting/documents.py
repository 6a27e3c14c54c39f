"""The papers of a sitting, filled from its data."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import ElectedMember
from hemicycle.chain.printing import letterheads
from hemicycle.chain.printing.document_models import place_fields
from hemicycle.chain.sitting.models import AgendaItem, Sitting
from hemicycle.dossier.dates import day
from hemicycle.rendering.agenda import Agenda, render_agenda
from hemicycle.rendering.agenda import AgendaItem as Line
from hemicycle.rendering.blocks import Signature
from hemicycle.rendering.model import ORIGIN, Model
from hemicycle.rendering.summons import Summons, render_summons


def agenda_pdf(sitting: Sitting, items: list[AgendaItem], *, at: dt.datetime, model: Model = ORIGIN) -> bytes:
    """The ordre du jour. Raises RenderingRefused."""
    return render_agenda(
        Agenda(
            letterhead=letterheads.of_authority(),
            body=sitting.get_body_display(),
            sitting=timezone.localtime(sitting.starts_at),
            place=sitting.place,
            items=_lines(items),
            dated=day(at),
            more=place_fields(),
        ),
        at=at,
        model=model,
    )


def summons_pdf(
    sitting: Sitting, items: list[AgendaItem], president: ElectedMember, *, at: dt.datetime, model: Model = ORIGIN
) -> bytes:
    """The convocation, addressed to all the members. Raises RenderingRefused."""
    authority = accounts.authority()
    capacity = "La Présidente" if president.agent.feminine else "Le Président"
    local = timezone.localtime(sitting.starts_at)
    return render_summons(
        Summons(
            letterhead=letterheads.of_authority(),
            body=sitting.get_body_display(),
            sitting=local,
            place=sitting.place,
            signature=Signature(
                capacity=f"{capacity} du conseil départemental",
                first_name=president.agent.first_name,
                last_name=president.agent.last_name,
                mention="",
            ),
            sent_on=day(at),
            recipient=("Mesdames et Messieurs les Conseillers départementaux",),
            items=_lines(items),
            reports="Les rapports sont à votre disposition dans votre espace sécurisé depuis ce jour.",
            proxy_deadline=local,
            urgency=sitting.urgency if sitting.body == "CD" else "",
            notes=(f"Motif du délai abrégé : {sitting.urgency}",) if sitting.urgency and sitting.body == "CP" else (),
            issued_at=authority.city,
            more=place_fields(),
        ),
        at=at,
        model=model,
    )


def _lines(items: list[AgendaItem]) -> tuple[Line, ...]:
    return tuple(
        Line(
            number=f"{item.position:02d}",
            title=item.dossier.object,
            rapporteur=str(item.dossier.rapporteur or ""),
            note="additif – urgence" if item.urgency else "",
        )
        for item in items
    )
