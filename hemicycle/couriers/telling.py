"""Write to people what concerns them: at once, or in one letter each morning."""

from __future__ import annotations

import datetime as dt
import logging
from uuid import UUID

from django.utils import timezone

from hemicycle.accounts import queries as accounts
from hemicycle.accounts import rights
from hemicycle.accounts.models import Agent, Authority
from hemicycle.chain.telling import queries as telling
from hemicycle.chain.telling.actions import note_event as noting
from hemicycle.chain.telling.actions.defer_letter import defer_letter
from hemicycle.chain.telling.actions.gather_letter import gather_letter
from hemicycle.chain.telling.actions.note_reminders import note_reminders
from hemicycle.chain.telling.actions.record_letter_refused import record_letter_refused
from hemicycle.chain.telling.actions.record_letter_sent import record_letter_sent
from hemicycle.chain.telling.queries import ToWrite
from hemicycle.couriers import telling_words
from hemicycle.couriers.letters import HEADERS, link, message_id, sender
from hemicycle.couriers.outcomes import DONE, Outcome
from hemicycle.couriers.world import World
from hemicycle.dossier.dates import day
from hemicycle.dossier.outbox import Task
from hemicycle.gateways.mail.errors import Rejected, Unreachable
from hemicycle.gateways.mail.letter import Letter

log = logging.getLogger("hemicycle.couriers")

#: Seconds between two rounds of letters.
EVERY = 10.0
#: Letters refused for now, one after the other, before the server is left alone until the next round.
SILENCES = 3
#: Where one chooses one's mails (web/preferences.py).
PREFERENCES = "/mes-courriels/"


def note_event(task: Task, world: World) -> Outcome:
    """Note whom the event concerns; the letters leave with `walk`."""
    noting.note_event(entry=task.entry, agent=accounts.courier(), at=world.clock())
    return DONE


def walk(world: World) -> int:
    """One round of letters: the reminders of the morning, then what is due to each. Returns how many left.

    Nothing of it is an errand: a letter that cannot leave waits by itself, and the errands do not wait for it.
    """
    try:
        courier = accounts.courier()
    except Agent.DoesNotExist:
        # An installation not yet set up.
        return 0
    # Asked once for the whole round, not for each letter.
    rights.attach(courier, on=day(world.clock()))
    authority = accounts.authority()
    note_reminders(agent=courier, at=world.clock())
    sent, silent = 0, 0
    for person in telling.people_due(at=world.clock()):
        try:
            sent += _write(person, courier, authority, world)
        except Unreachable:
            silent += 1
            if silent == SILENCES:
                break
        except Exception:
            # A defect of ours in one letter must not keep the others from leaving; it is tried again.
            log.exception("letter to %s failed", person)
    return sent


def _write(person: UUID, courier: Agent, authority: Authority, world: World) -> bool:
    """Whether a letter left. Raises Unreachable once it is put off."""
    at = world.clock()
    gathered = gather_letter(recipient_id=person, agent=courier, at=at)
    if gathered is None:
        return False
    going = telling.to_write(gathered.pk, on=day(at))
    try:
        sent = world.post.send(_letter(going, authority))
    except Unreachable as silence:
        until = world.clock() + _patience(going.attempts)
        defer_letter(letter_id=going.id, until=until, why=str(silence), agent=courier, at=world.clock())
        raise
    except Rejected as refusal:
        record_letter_refused(letter_id=going.id, reason=str(refusal), agent=courier, at=world.clock())
        return False
    record_letter_sent(letter_id=going.id, message_id=sent, agent=courier, at=world.clock())
    return True


def _patience(attempts: int) -> dt.timedelta:
    """Half a minute, then longer and longer, up to half an hour."""
    return dt.timedelta(seconds=min(15.0 * float(2 ** min(attempts, 8)), 1800.0))


def _letter(going: ToWrite, authority: Authority) -> Letter:
    written = telling_words.written(going, authority=authority.name, page=link, preferences=link(PREFERENCES))
    return Letter(
        sender=sender(authority),
        recipient=f"{going.person.full_name} <{going.person.email}>",
        subject=written.subject,
        text=written.text,
        html=written.html,
        message_id=message_id("courriel", going.id),
        # The moment it was gathered, not that of the try: the same letter has the same bytes.
        at=timezone.localtime(going.gathered_at),
        reply_to=authority.contact_email,
        headers=(*HEADERS, ("List-Unsubscribe", f"<{link(PREFERENCES)}>")),
    )
