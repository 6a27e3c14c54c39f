"""Prepare the departure of a signed act: message, envelope and archive, built and checked before anything leaves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.signing.models import Act
from hemicycle.chain.transmission import control, outgoing, preflight
from hemicycle.chain.transmission.control import Judged
from hemicycle.chain.transmission.events import DeparturePrepared
from hemicycle.chain.transmission.models import Departure
from hemicycle.chain.transmission.queries import departure_of
from hemicycle.dossier import access, attachments, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.dossier.refusals import ActionRefused, MoveNotAllowed
from hemicycle.dossier.stages import Stage
from hemicycle.protocols.actes import Acte, ActesError, Finding, Transmission

STATES = Departure.State


class DepartureRefused(ActionRefused):
    """Our own control found what the préfecture would refuse; the sentences say what to do."""

    def __init__(self, message: str, *, findings: Sequence[Finding] = ()) -> None:
        super().__init__(message)
        self.findings = tuple(findings)


@transaction.atomic
def prepare_departure(*, dossier_id: UUID, agent: Agent, at: dt.datetime) -> Departure:
    """Build and check what leaves; an attempt already prepared or gone is given back as it is.

    One that has not left and no longer says what the act is (filing, nomenclature) is replaced by another.

    Raises NotEntitled, MoveNotAllowed, DepartureRefused.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    role = access.require_role(agent, Role.COURIER, Role.ASSEMBLY_OFFICE, on=day(at), what="Préparer une transmission")
    last = departure_of(dossier)
    if last is not None and last.state not in (STATES.ANOMALY, STATES.CANCELLED, STATES.SUPERSEDED, STATES.PREPARED):
        return last
    if dossier.stage != Stage.SIGNED:
        raise MoveNotAllowed(
            f"Le dossier {dossier.number} est « {Stage(dossier.stage).label} » : seul un acte signé est transmis."
        )
    act = Act.objects.select_related("signed").get(dossier=dossier)
    judged = _checked(dossier, act, at=at)
    if last is not None and last.state == STATES.PREPARED:
        if last.inputs in ("", judged.inputs):
            return last
        last.state = STATES.SUPERSEDED
        last.save(update_fields=["state"])
    acte = _acte(dossier, act)
    built = _built(acte, on=day(at))

    attempt = last.attempt + 1 if last is not None else 1
    departure = _write(dossier, acte, built, agent, attempt=attempt, at=at)
    departure.inputs = judged.inputs
    departure.save(update_fields=["inputs"])

    event = DeparturePrepared(
        attempt=attempt,
        actes_number=departure.actes_number,
        unique_id=departure.unique_id,
        envelope_sha256=departure.envelope.sha256,
    )
    journal.record(dossier, event, by=agent, at=at, role=role)
    return departure


def _checked(dossier: Dossier, act: Act, *, at: dt.datetime) -> Judged:
    judged = control.judge(dossier, on=day(at))
    if stopping := preflight.blocking(judged.findings):
        said = preflight.said(stopping)
        raise DepartureRefused(f"L’acte {act.number} ne peut pas être transmis. {said}", findings=stopping)
    control.keep(dossier, judged, at=at)
    return judged


def _acte(dossier: Dossier, act: Act) -> Acte:
    number, classification = outgoing.number_for(dossier), outgoing.classification_in_force()
    try:
        return outgoing.acte_of(dossier, act, number=number, classification=classification)
    except ActesError as reason:
        raise DepartureRefused(f"L’acte {act.number} ne peut pas être transmis. {reason}") from reason


def _built(acte: Acte, *, on: dt.date) -> Transmission:
    try:
        return outgoing.transmission_of(acte, on=on)
    except ActesError as reason:
        raise DepartureRefused(f"L’acte {acte.number} ne peut pas être transmis. {reason}") from reason


def _write(
    dossier: Dossier, acte: Acte, built: Transmission, agent: Agent, *, attempt: int, at: dt.datetime
) -> Departure:
    def keep(data: bytes, *, name: str, title: str, media_type: str) -> Attachment:
        return attachments.keep(
            dossier,
            data,
            kind=Attachment.Kind.PRODUCED,
            title=title,
            name=name,
            media_type=media_type,
            by=agent,
            at=at,
            published=False,
        )

    return Departure.objects.create(
        dossier=dossier,
        attempt=attempt,
        actes_number=acte.number,
        unique_id=built.acte_id,
        message=keep(
            built.message, name=built.message_name, title="Message de transmission (1-1)", media_type="application/xml"
        ),
        envelope=keep(
            built.archive,
            name=built.archive_name,
            title="Enveloppe préparée pour la préfecture",
            media_type="application/gzip",
        ),
        prepared_at=at,
    )
