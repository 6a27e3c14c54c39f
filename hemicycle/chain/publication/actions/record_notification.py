"""Record that an act was made known to the person it is about: it is executory by that, and never goes online."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.distribution.conditions import AcknowledgedAct, require_acknowledged, require_direction
from hemicycle.chain.publication.events import Notified
from hemicycle.chain.publication.executory import executory_of
from hemicycle.chain.publication.models import Notification
from hemicycle.chain.publication.rules import proof_media_type
from hemicycle.dossier import attachments, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.kinds import NOTIFIED, kind_of
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.dossier.stages import Move
from hemicycle.law.calendar import in_french
from hemicycle.law.executory import Executory


class NotNotifiable(ActionRefused):
    """The act is not one that is notified, or what is said of its notification cannot be; the sentence says what."""


@dataclass(frozen=True, kw_only=True)
class Proof:
    """The signed receipt, the advice of delivery, the proof of reading."""

    name: str
    data: bytes


@transaction.atomic
def record_notification(
    *,
    dossier_id: UUID,
    addressee: str,
    notified_on: dt.date,
    means: str,
    agent: Agent,
    at: dt.datetime,
    proof: Proof | None = None,
) -> Notification:
    """An individual arrêté, or a decision that concerns someone: its executory date follows (L3131-1).

    By the direction of the dossier or the service des assemblées. `means`: Notification.Means. Raises NotEntitled,
    NotAcknowledged, NotNotifiable, MoveNotAllowed.
    """
    dossier = Dossier.objects.locked().select_related("unit").get(id=dossier_id)
    role = _role(agent, dossier, on=day(at))
    if dossier.nature not in NOTIFIED:
        raise NotNotifiable(f"{kind_of(dossier).the.capitalize()} {dossier.act_number} se publie et ne se notifie pas.")
    found = require_acknowledged(dossier, what="Enregistrer sa notification")
    who = " ".join(addressee.split())[:200]
    _check(found, who, notified_on, means, today=day(at))
    kept = _kept(dossier, found, proof, agent, at=at) if proof else None
    dossier.move(Move.NOTIFIED, at=at)

    executory = _executory(dossier, found, notified_on)
    made, _ = Notification.objects.update_or_create(
        dossier=dossier,
        defaults={
            "addressee": who,
            "notified_on": notified_on,
            "means": means,
            "proof": kept,
            "recorded_by": agent,
            "recorded_at": at,
            "executory_on": executory.date,
            "executory_explanation": executory.explanation[:400],
        },
    )

    event = Notified(
        number=found.act.number,
        addressee=who,
        notified_on=notified_on.isoformat(),
        means=Notification.Means(means).label,
        proof=kept.sha256 if kept else "",
        executory_on=executory.date.isoformat() if executory.date else "",
        explanation=executory.explanation,
        article=executory.article,
    )
    journal.record(dossier, event, by=agent, at=at, role=role)
    return made


def _role(agent: Agent, dossier: Dossier, *, on: dt.date) -> str:
    if accounts.holds(agent, Role.ASSEMBLY_OFFICE, on=on):
        return Role.ASSEMBLY_OFFICE
    return require_direction(agent, dossier, on=on, what="Enregistrer une notification")


def _executory(dossier: Dossier, found: AcknowledgedAct, notified_on: dt.date) -> Executory:
    return executory_of(
        dossier,
        decided_on=found.act.decided_on,
        received_on=found.received_on,
        published_on=None,
        notified_on=notified_on,
    )


def _check(found: AcknowledgedAct, who: str, notified_on: dt.date, means: str, *, today: dt.date) -> None:
    """Raises NotNotifiable."""
    if not who:
        raise NotNotifiable("Dites à qui l’acte est notifié.", field="addressee")
    if means not in Notification.Means.values:
        raise NotNotifiable("Dites comment l’acte est notifié.", field="means")
    if notified_on > today:
        raise NotNotifiable("La notification est datée d’un jour à venir.", field="notified_on")
    if notified_on < found.act.decided_on:
        raise NotNotifiable(
            f"L’acte est du {in_french(found.act.decided_on)} : il n’a pas pu être notifié avant.", field="notified_on"
        )


def _kept(dossier: Dossier, found: AcknowledgedAct, proof: Proof, agent: Agent, *, at: dt.datetime) -> Attachment:
    media_type = proof_media_type(proof.data)
    if media_type is None:
        raise NotNotifiable("La preuve doit être un PDF ou une image (JPEG, PNG), de 20 Mo au plus.", field="proof")
    return attachments.keep(
        dossier,
        proof.data,
        kind=Attachment.Kind.PRODUCED,
        title=f"Preuve de notification de {found.act.number}",
        name=proof.name[:200],
        media_type=media_type,
        by=agent,
        at=at,
        published=False,
        confidential=True,
    )
