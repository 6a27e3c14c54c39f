"""Ask that the transmission of an act be cancelled: another person decides, and only then does anything leave."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.transmission.cancellation_events import CancellationAsked
from hemicycle.chain.transmission.cancelling import WrongCancellationState, open_request, said
from hemicycle.chain.transmission.models import Cancellation, Departure
from hemicycle.chain.transmission.queries import departure_of
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier


@transaction.atomic
def ask_cancellation(*, dossier_id: UUID, reason: str, agent: Agent, at: dt.datetime) -> Cancellation:
    """Only of an act that the préfecture acknowledged (norm, section 8, 6-1), one request at a time.

    Raises NotEntitled, NothingSaid, WrongCancellationState.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    role = access.require_role(agent, Role.ASSEMBLY_OFFICE, on=day(at), what="Demander l’annulation d’une transmission")
    departure = departure_of(dossier)
    if departure is None or departure.state != Departure.State.ACKNOWLEDGED or departure.tdt_id is None:
        raise WrongCancellationState(
            f"La transmission de l’acte {dossier.act_number or dossier.number} ne peut pas être annulée : "
            + (f"l’envoi est « {departure.get_state_display()} »." if departure else "rien n’a été transmis.")
            + " Seule une transmission dont la préfecture a accusé réception s’annule."
        )
    if open_request(departure) is not None:
        raise WrongCancellationState(
            f"L’annulation de la transmission de l’acte {dossier.act_number} est déjà demandée ; rechargez la page."
        )
    what = "Dites pourquoi la transmission est à annuler : une autre personne en décide."
    why = said(reason, what=what, field="reason")

    made = Cancellation.objects.create(departure=departure, reason=why, asked_by=agent, asked_at=at)

    event = CancellationAsked(cancellation=made.pk, unique_id=departure.unique_id, reason=why)
    journal.record(dossier, event, by=agent, at=at, role=role)
    return made
