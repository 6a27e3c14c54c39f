"""Take in a message of the State as it comes: to the act that it answers, or aside."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.transmission.actions.park_message import park_message
from hemicycle.chain.transmission.actions.record_acknowledgement import record_acknowledgement
from hemicycle.chain.transmission.actions.record_anomaly import record_anomaly
from hemicycle.chain.transmission.actions.record_cancellation import record_cancellation
from hemicycle.chain.transmission.actions.store_classification import store_classification
from hemicycle.chain.transmission.events import AnomalyAfterAcknowledgement
from hemicycle.chain.transmission.models import Departure, ParkedMessage
from hemicycle.chain.transmission.rules import Answer, answer_of
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused

#: A message about an attempt that is no longer the last one is put aside.
REPLACED = "Ce message répond à un envoi de l’acte {unique_id} auquel un autre a succédé."


@transaction.atomic
def receive_message(*, data: bytes, agent: Agent, at: dt.datetime) -> ParkedMessage | None:
    """Make of it what the state of its act allows; whatever is not expected is put aside whole and returned.

    The same message again changes nothing. An anomaly after an acknowledgement is told, and the acknowledgement
    stays. Raises NotEntitled.
    """
    role = access.require_role(agent, Role.COURIER, on=day(at), what="Recevoir un message de la préfecture")
    authority = accounts.authority()
    answer = answer_of(data, ours=f"{authority.departement}-{authority.siren}")
    departure = _departure(answer)
    dossier_id = departure.dossier_id if departure else None
    why = answer.why or _why_not(answer, departure)
    if not why:
        try:
            with transaction.atomic():
                _apply(answer, departure, data, agent, at=at)
        except ActionRefused as refusal:
            why = str(refusal)
        else:
            return None
    known = ParkedMessage.objects.filter(sha256=answer.sha256).exists()
    parked = park_message(data=data, why=why, dossier_id=dossier_id, agent=agent, at=at)
    if departure is not None and not known and answer.about == "anomaly" and _acknowledged(departure):
        event = AnomalyAfterAcknowledgement(code=answer.code, detail=answer.detail[:1000])
        dossier = Dossier.objects.locked().get(id=departure.dossier_id)
        journal.record(dossier, event, by=agent, at=at, role=role)
    return parked


def _departure(answer: Answer) -> Departure | None:
    """The last attempt under the identifier that it cites."""
    found = Departure.objects.filter(unique_id=answer.unique_id) if answer.unique_id else Departure.objects.none()
    return found.exclude(state=Departure.State.SUPERSEDED).order_by("-attempt").first()


def _why_not(answer: Answer, departure: Departure | None) -> str:
    if answer.about == "classification":
        return ""
    if departure is None:
        return f"Aucun acte d’ici ne porte l’identifiant {answer.unique_id or 'qu’il cite'}."
    last = Departure.objects.filter(dossier=departure.dossier_id).order_by("-attempt").first()
    if last is not None and last.pk != departure.pk:
        return REPLACED.format(unique_id=departure.unique_id)
    if answer.about == "anomaly" and _acknowledged(departure):
        return (
            f"La préfecture signale une anomalie alors qu’elle a accusé réception de l’acte {departure.unique_id} : "
            "l’accusé de réception reste ; demandez-lui ce qu’il en est."
        )
    return ""


def _acknowledged(departure: Departure) -> bool:
    return departure.state == Departure.State.ACKNOWLEDGED


def _apply(answer: Answer, departure: Departure | None, data: bytes, agent: Agent, *, at: dt.datetime) -> None:
    if answer.about == "classification":
        store_classification(data=data, agent=agent, at=at)
    elif departure is not None and answer.about == "acknowledgement":
        record_acknowledgement(dossier_id=departure.dossier_id, data=data, agent=agent, at=at)
    elif departure is not None and answer.about == "cancellation":
        record_cancellation(dossier_id=departure.dossier_id, data=data, agent=agent, at=at)
    elif departure is not None:
        record_anomaly(dossier_id=departure.dossier_id, data=data, reason="", agent=agent, at=at)
