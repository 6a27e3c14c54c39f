"""Entries of the journal in words: on the timeline, in the panel of a station, on the printed sheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from hemicycle.accounts import queries as accounts
from hemicycle.dossier.models import JournalEntry
from hemicycle.texts import typography
from hemicycle.web import journal_sentences

#: The sign of an event that is bad news or a way back.
SIGNS = {
    "circuit.sent_back": "stale",
    "drafting.dossier_withdrawn": "refused",
    "sitting.taken_off_agenda": "stale",
    "sitting.item_adjourned": "stale",
    "signing.signature_refused": "refused",
    "transmission.anomaly_recorded": "refused",
    "transmission.departs_again": "stale",
    "archiving.deposit_again": "stale",
}
#: What courses of events leave between the great steps: said on the timeline with the ring, not the disc.
MINOR = frozenset({"drafting.text_saved", "drafting.annexes_ordered", "drafting.comment_written"})


@dataclass(frozen=True, kw_only=True)
class Told:
    """One entry, ready for components/_journal.html."""

    at: dt.datetime
    actor: str
    sentence: str
    in_name_of: str
    comment: str
    state: str
    anchor: str
    #: The sentence names the version when there is one.
    version: int | None = None
    #: « juridique »: in what quality the actor acted.
    role: str = ""


def told(entries: Iterable[JournalEntry]) -> list[Told]:
    return [_told(entry) for entry in entries]


def _told(entry: JournalEntry) -> Told:
    facts, absent = entry.sealed["facts"], entry.sealed["on_behalf_of"]
    refused = (entry.event == "archiving.reply_recorded" and not facts["accepted"]) or (
        entry.event == "sitting.vote_recorded" and not facts["adopted"]
    )
    usual = "todo" if entry.event in MINOR else "done"
    return Told(
        at=entry.at,
        actor=entry.actor.full_name,
        sentence=typography.spaced(f"{journal_sentences.sentence(entry.event, facts)}."),
        in_name_of=absent["name"] if absent else "",
        comment=typography.spaced(journal_sentences.comment(entry.event, facts)),
        state="refused" if refused else SIGNS.get(entry.event, usual),
        anchor=f"entree-{entry.n}",
        role=accounts.role_label(entry.sealed["role"]) if entry.sealed["role"] else "",
    )


def in_words(entry: JournalEntry) -> str:
    """One entry as a paragraph: when, who, in whose name, what, and their own words."""
    line = _told(entry)
    absent = f", en l’absence de {line.in_name_of}," if line.in_name_of else ""
    said = f"\n« {line.comment} »" if line.comment else ""
    return f"{moment_fr(line.at)}\n{line.actor}{absent} {line.sentence}{said}"


def moment_fr(at: dt.datetime) -> str:
    """« Mardi 24 novembre 2026 à 12 h 00 », where the département is."""
    written = typography.datetime_fr(timezone.localtime(at))
    return written[0].upper() + written[1:]
