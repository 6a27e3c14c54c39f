"""Keep the archive that really left, after checking that it holds the very bytes that were signed."""

from __future__ import annotations

import datetime as dt
import hashlib
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.signing.models import Act
from hemicycle.chain.transmission.events import EnvelopeFetched
from hemicycle.chain.transmission.locking import locked, require_state
from hemicycle.chain.transmission.models import Departure
from hemicycle.chain.transmission.outgoing import sent_annexes
from hemicycle.dossier import attachments, journal
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.protocols.actes import ActesError, TransmissionActe, parse_message, read_archive

STATES = Departure.State


class NotWhatWasSigned(ActionRefused):
    """What reached the préfecture is not the act that was signed (invariant I6)."""


@transaction.atomic
def record_envelope(*, dossier_id: UUID, data: bytes, filename: str, agent: Agent, at: dt.datetime) -> Departure:
    """Keep the .tar.gz given back by the TdT. The first one stays; the act and annexes inside must be ours.

    Raises NotEntitled, WrongDepartureState, NotWhatWasSigned.
    """
    dossier, departure, role = locked(dossier_id, agent, at=at, what="Conserver l’archive transmise")
    require_state(
        departure, STATES.DEPOSITED, STATES.ACKNOWLEDGED, STATES.ANOMALY, what="Conserver l’archive transmise"
    )
    if departure.sent_archive is not None:
        return departure
    _check(dossier, departure, data)

    departure.sent_archive = attachments.keep(
        dossier,
        data,
        kind=Attachment.Kind.PRODUCED,
        title="Enveloppe partie à la préfecture",
        name=filename,
        media_type="application/gzip",
        by=agent,
        at=at,
        published=False,
    )
    departure.save(update_fields=["sent_archive"])

    event = EnvelopeFetched(file=filename, sha256=departure.sent_archive.sha256)
    journal.record(dossier, event, by=agent, at=at, role=role)
    return departure


def _check(dossier: Dossier, departure: Departure, data: bytes) -> None:
    sent = _pieces(data, departure)
    act = Act.objects.select_related("signed").get(dossier=dossier)
    expected = [act.signed.sha256 if act.signed else "", *(annex.sha256 for annex in sent_annexes(dossier))]
    if sent != expected:
        which = "l’acte signé" if sent[:1] != expected[:1] else "les annexes"
        raise NotWhatWasSigned(
            f"L’archive transmise pour {departure.unique_id} ne contient pas {which} de ce dossier ; prévenez le tiers "
            "de télétransmission et la préfecture, puis faites annuler cette transmission."
        )


def _pieces(data: bytes, departure: Departure) -> list[str]:
    """SHA-256 of the act and of each annex inside the archive, in the order of its message 1-1."""
    try:
        members = {m.name: m.data for m in read_archive(data)}
    except ActesError as reason:
        raise NotWhatWasSigned(
            f"L’archive transmise pour {departure.unique_id} est illisible. {reason} Redemandez-la."
        ) from reason
    for content in (members[name] for name in members if name.endswith(".xml")):
        try:
            message = parse_message(content)
        except ActesError:
            # The envelope, or an annex in XML.
            continue
        if isinstance(message, TransmissionActe) and message.acte.number == departure.actes_number:
            files = [message.acte.document, *message.acte.annexes]
            return [hashlib.sha256(members.get(f.name, b"")).hexdigest() for f in files]
    raise NotWhatWasSigned(
        f"L’archive reçue ne contient pas l’acte {departure.actes_number} ; demandez la bonne au tiers de "
        "télétransmission."
    )
