"""Say what was made of a message put aside."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.transmission.events import MessageSettled
from hemicycle.chain.transmission.models import ParkedMessage
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.refusals import ActionRefused


class NothingSaid(ActionRefused):
    message = "Dites en une phrase ce qui a été fait de ce message : il ne reviendra plus dans la liste."


class NoSuchMessage(ActionRefused):
    message = "Ce message n’est plus à examiner ; rechargez la page."


@transaction.atomic
def settle_message(*, message_id: int, note: str, agent: Agent, at: dt.datetime) -> ParkedMessage:
    """Take it off the list of those to examine; its bytes stay. Raises NotEntitled, NothingSaid, NoSuchMessage."""
    role = access.require_role(agent, Role.ASSEMBLY_OFFICE, on=day(at), what="Classer un message")
    message = ParkedMessage.objects.select_for_update(of=("self",)).filter(id=message_id, settled_at=None).first()
    if message is None:
        raise NoSuchMessage
    said = " ".join(note.split())[:500]
    if not said:
        raise NothingSaid(field="note")

    message.settled_at, message.settled_by, message.note = at, agent, said
    message.save(update_fields=["settled_at", "settled_by", "note"])

    event = MessageSettled(kind=message.kind, sha256=message.sha256, note=said)
    journal.record(message.dossier, event, by=agent, at=at, role=role)
    return message
