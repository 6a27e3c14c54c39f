"""Entries of the journal in words: on the timeline, in the panel of a station, on the printed sheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils import timezone

from hemicycle.accounts import queries as accounts
from hemicycle.dossier.models import JournalEntry
from hemicycle.texts import typography
from hemicycle.texts.typography import of_fr
from hemicycle.web import journal_sentences

#: The sign of an event that is bad news or a way back.
SIGNS = {
    "circuit.sent_back": "stale",
    "drafting.dossier_withdrawn": "refused",
    "sitting.taken_off_agenda": "stale",
    "sitting.item_adjourned": "stale",
    "signing.signature_refused": "refused",
    "registers.number_cancelled": "refused",
    "transmission.anomaly_recorded": "refused",
    "transmission.cancellation_asked": "stale",
    "transmission.cancelled": "refused",
    "transmission.departs_again": "stale",
    "archiving.deposit_again": "stale",
    "correspondence.letter_received": "stale",
    "correspondence.reply_refused": "refused",
}
#: What courses of events leave between the great steps: said on the timeline with the ring, not the disc.
MINOR = frozenset(
    {
        *("drafting.text_saved", "drafting.annexes_ordered"),
        *("drafting.comment_written", "drafting.comment_handled", "drafting.comment_reopened"),
    }
)
#: What a reader may keep of the journal: word in the address → what the link says, and how its events begin.
KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "visas": ("Visas", ("circuit.",)),
    "textes": ("Textes", ("drafting.text_", "drafting.dossier_", "circuit.amended", "circuit.submitted")),
    "commentaires": ("Commentaires", ("drafting.comment_",)),
    "pieces": ("Pièces", ("drafting.annex", "signing.act_drawn", "transmission.stamped", "transmission.envelope")),
    "suites": (
        "Séance et suites",
        (
            "sitting.",
            "signing.",
            "transmission.",
            "correspondence.",
            "distribution.",
            "publication.",
            "registers.",
            "archiving.",
        ),
    ),
}
#: Saves of one text by one person, none longer than this after the one before, are one line.
ONE_SITTING = dt.timedelta(minutes=30)
SAVED = "drafting.text_saved"


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


def told(entries: Iterable[JournalEntry], *, kind: str = "") -> list[Told]:
    """The entries in words, oldest first; of one kind when asked; the saves of one session of writing as one line."""
    starts = KINDS[kind][1] if kind in KINDS else ()
    lines: list[Told] = []
    saves: list[JournalEntry] = []
    for entry in entries:
        if saves and not _goes_on(saves[-1], entry):
            lines.append(_saves(saves))
            saves = []
        if starts and not entry.event.startswith(starts):
            continue
        if entry.event == SAVED:
            saves.append(entry)
        else:
            lines.append(_told(entry))
    return [*lines, _saves(saves)] if saves else lines


def _goes_on(last: JournalEntry, entry: JournalEntry) -> bool:
    return (
        entry.event == SAVED
        and entry.actor_id == last.actor_id
        and entry.sealed["facts"]["text"] == last.sealed["facts"]["text"]
        and entry.at - last.at <= ONE_SITTING
    )


def _saves(entries: list[JournalEntry]) -> Told:
    line = _told(entries[-1])
    if len(entries) == 1:
        return line
    first = timezone.localtime(entries[0].at)
    often = f" {len(entries)} fois depuis {first.hour} h {first.minute:02d}."
    return replace(line, sentence=typography.spaced(line.sentence.removesuffix(".") + often))


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
    absent = f", en l’absence {of_fr(line.in_name_of)}," if line.in_name_of else ""
    said = f"\n« {line.comment} »" if line.comment else ""
    return f"{moment_fr(line.at)}\n{line.actor}{absent} {line.sentence}{said}"


def moment_fr(at: dt.datetime) -> str:
    """« Mardi 24 novembre 2026 à 12 h 00 », where the département is."""
    written = typography.datetime_fr(timezone.localtime(at))
    return written[0].upper() + written[1:]
