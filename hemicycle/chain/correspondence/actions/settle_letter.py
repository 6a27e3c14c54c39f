"""Say that a letter calls for no answer by this channel."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.correspondence.conditions import LetterClosed, locked_letter, require_open
from hemicycle.chain.correspondence.events import LetterSettled
from hemicycle.chain.correspondence.models import Letter, Reply
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.refusals import ActionRefused

LEAVING = (Reply.State.ORDERED, Reply.State.SENDING)


class NothingSaid(ActionRefused):
    message = "Dites en une phrase ce qui est fait de ce courrier : il ne reviendra plus dans la liste."


@transaction.atomic
def settle_letter(*, letter_id: UUID, note: str, agent: Agent, at: dt.datetime) -> Letter:
    """Take it off the list of those to answer; it stays with the act. For the service des assemblées.

    Raises NotEntitled, NoSuchLetter, LetterClosed, NothingSaid.
    """
    role = access.require_role(agent, Role.ASSEMBLY_OFFICE, on=day(at), what="Classer un courrier de la préfecture")
    letter = locked_letter(letter_id)
    require_open(letter, what="Classer ce courrier")
    if Reply.objects.filter(letter=letter, state__in=LEAVING).exists():
        raise LetterClosed("Une réponse est en cours d’envoi ; attendez ce qu’elle devient.")
    said = " ".join(note.split())[:500]
    if not said:
        raise NothingSaid(field="note")

    letter.settled_at, letter.settled_by, letter.note = at, agent, said
    letter.save(update_fields=["settled_at", "settled_by", "note"])

    event = LetterSettled(letter=str(letter.id), kind=letter.get_kind_display(), note=said)
    journal.record(letter.dossier, event, by=agent, at=at, role=role)
    return letter
