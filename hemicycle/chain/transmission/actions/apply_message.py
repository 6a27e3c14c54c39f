"""Apply, by a person, a message put aside: an acknowledgement that comes after a refusal, or after a silence."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.transmission import acknowledging, cancelling
from hemicycle.chain.transmission.cancellation_events import MessageApplied
from hemicycle.chain.transmission.models import Departure, ParkedMessage
from hemicycle.chain.transmission.queries import departure_of
from hemicycle.chain.transmission.rules import NotOurs, answer_of, received_on
from hemicycle.dossier import access, blobs, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.dossier.stages import Move
from hemicycle.protocols.actes import ActesError

STATES = Departure.State


class NotApplicable(ActionRefused):
    """The message cannot be applied to its act; the sentence says why and what remains to do."""


@transaction.atomic
def apply_message(*, message_id: int, reason: str, agent: Agent, at: dt.datetime) -> ParkedMessage:
    """An acknowledgement of the last attempt, refused or uncertain until then; or a cancellation nobody asked for here.

    The dates follow from what it says; the message is then settled. Raises NotEntitled, NothingSaid, NotApplicable,
    BlobLost.
    """
    role = access.require_role(agent, Role.ASSEMBLY_OFFICE, on=day(at), what="Appliquer un message")
    dossier, departure, message = _taken(message_id)
    why = cancelling.said(reason, what="Dites pourquoi ce message est appliqué à l’acte.", field="reason")
    before = departure.get_state_display()

    event = MessageApplied(kind=message.kind, sha256=message.sha256, before=before, reason=why)
    journal.record(dossier, event, by=agent, at=at, role=role)
    _apply(dossier, departure, blobs.get(message.sha256), why, agent=agent, role=role, at=at)
    message.settled_at, message.settled_by = at, agent
    message.note = f"Appliqué à l’acte, qui était « {before} » : {why}"[:500]
    message.save(update_fields=["settled_at", "settled_by", "note"])
    return message


def _taken(message_id: int) -> tuple[Dossier, Departure, ParkedMessage]:
    """The dossier locked, then the message. Raises NotApplicable."""
    gone = NotApplicable("Ce message n’est plus à examiner, ou ne parle d’aucun acte d’ici ; rechargez la page.")
    dossier_id = ParkedMessage.objects.filter(id=message_id).values_list("dossier", flat=True).first()
    if dossier_id is None:
        raise gone
    dossier = Dossier.objects.locked().get(id=dossier_id)
    message = ParkedMessage.objects.select_for_update(of=("self",)).filter(id=message_id, settled_at=None).first()
    departure = departure_of(dossier)
    if message is None or departure is None:
        raise gone
    return dossier, departure, message


def _apply(
    dossier: Dossier, departure: Departure, data: bytes, why: str, *, agent: Agent, role: str, at: dt.datetime
) -> None:
    authority = accounts.authority()
    about = answer_of(data, ours=f"{authority.departement}-{authority.siren}").about
    if about == "cancellation" and departure.state == STATES.ACKNOWLEDGED:
        asked = cancelling.open_request(departure)
        cancelling.conclude(dossier, departure, asked, data, agent=agent, role=role, at=at, reason=why)
        return
    if about != "acknowledgement" or departure.state not in (STATES.ANOMALY, STATES.SENDING):
        raise NotApplicable(
            f"Ce message ne change rien à l’acte, dont l’envoi est « {departure.get_state_display()} » : "
            "classez-le en disant ce qui en est fait."
        )
    try:
        received = received_on(data, unique_id=departure.unique_id)
    except (ActesError, NotOurs) as refusal:
        raise NotApplicable(str(refusal)) from refusal
    departure.deposited_at = departure.deposited_at or departure.sending_at or at
    departure.save(update_fields=["deposited_at"])
    acknowledging.keep(
        dossier, departure, data, received_on=received, move=Move.ACKNOWLEDGED_LATE, agent=agent, role=role, at=at
    )
