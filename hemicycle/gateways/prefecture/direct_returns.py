"""The returns of the ministry, read in a mail box: noted in the book, then left for whoever takes them, one by one."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass

from hemicycle.gateways.mail.errors import Rejected as NoLetter
from hemicycle.gateways.mail.errors import Unreachable as NoMailBox
from hemicycle.gateways.mail.parts import Opened, opened
from hemicycle.gateways.mail.reading import MailBox
from hemicycle.gateways.prefecture.errors import Unreachable
from hemicycle.gateways.prefecture.ledger import Ledger
from hemicycle.gateways.prefecture.letters import ReceivedLetter
from hemicycle.protocols.actes import (
    ActesError,
    AnomalieActe,
    ARActe,
    Emitter,
    Member,
    Message,
    Nature,
    Returned,
    read_return,
    unique_id,
)
from hemicycle.protocols.actes.messages import KINDS, ARAnnulation, ARReponse, RetourClassification, SansChangement
from hemicycle.protocols.actes.names import is_flat_name

#: Under this name the book keeps what is about no act.
NOMENCLATURE = "nomenclature"
ENVELOPE_ANOMALY = "ANO"
_MULTI_CANAL = re.compile(rb"multi[ -]?canal", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Trust:
    """Who writes in the name of the ministry."""

    #: Addresses, or whole domains written « @interieur.gouv.fr »; empty: whoever writes to the box.
    senders: tuple[str, ...] = ()

    def doubt(self, sender: str) -> str:
        """Why a letter of that sender is not applied; empty when it is."""
        known = (each.lower() for each in self.senders)
        if not self.senders or any(sender == each or (each[:1] == "@" and sender.endswith(each)) for each in known):
            return ""
        return f"Ce courriel vient de « {sender[:120] or 'personne'} », qui n’est pas une adresse connue du ministère."


class Returns:
    """A mail box and the book beside it. `every`: seconds between two looks at the box."""

    def __init__(self, box: MailBox, ledger: Ledger, *, trust: Trust, every: float = 5.0) -> None:
        self.box, self._ledger, self._trust, self._every = box, ledger, trust, every
        self._looked: float | None = None

    def collect(self, emitter: Emitter, *, now: bool = False) -> None:
        """Note what came since the last look. Raises Unreachable."""
        if not now and self._looked is not None and time.monotonic() - self._looked < self._every:
            return
        for mail in self.waiting():
            if not self._ledger.was_read(mail) and self._note(mail, emitter):
                self._mark(mail)
        self._looked = time.monotonic()

    def to_take(self, emitter: Emitter) -> list[str]:
        """The mails to hand over, oldest first. Raises Unreachable.

        An answer to an envelope whose arrival is in doubt comes after the doubt is lifted: it is what lifts it.
        """
        self.collect(emitter, now=True)
        return [mail for mail in self.waiting() if not self._ledger.awaits(mail)]

    def waiting(self) -> list[str]:
        """The mails that nobody has taken, oldest first. Raises Unreachable."""
        try:
            return self.box.waiting(self._ledger.last_taken)
        except NoMailBox as silence:
            raise Unreachable(str(silence)) from silence

    def letter(self, mail: str, emitter: Emitter) -> ReceivedLetter:
        """A mail as a return: its files, or itself whole when it is none. Raises Unreachable."""
        try:
            content = self.box.letter(mail)
        except NoMailBox as silence:
            raise Unreachable(str(silence)) from silence
        except NoLetter as reason:
            # Gone, or too large to be a return: a person opens the box.
            notice = Member(name="avis.txt", data=f"Courriel {mail} de la boîte des retours. {reason}".encode())
            return ReceivedLetter(number=mail, parts=(notice,), doubt=str(reason))
        whole = (Member(name="courriel.eml", data=content),)
        try:
            found = opened(content)
            parts = _members(found)
        except (NoLetter, ActesError) as reason:
            return ReceivedLetter(number=mail, parts=whole, doubt=str(reason))
        doubt = self._trust.doubt(found.sender)
        if not doubt and not parts:
            if _MULTI_CANAL.search(content):
                return ReceivedLetter(number=mail, parts=(Member(name="corps.html", data=content),))
            doubt = "Ce courriel ne porte aucune pièce : ce n’est pas un retour @CTES."
        doubt = doubt or _misread(parts, emitter)
        return ReceivedLetter(number=mail, parts=whole if doubt else parts, doubt=doubt)

    def taken(self, mail: str, emitter: Emitter) -> None:
        """What it says is noted, then it is marked as seen. Raises Unreachable."""
        if not self._ledger.was_read(mail):
            self._note(mail, emitter)
        self._mark(mail)

    def _mark(self, mail: str) -> None:
        self._ledger.take(mail)
        try:
            self.box.mark_seen(mail)
        except NoMailBox as silence:
            raise Unreachable(str(silence)) from silence

    def _note(self, mail: str, emitter: Emitter) -> bool:
        """Keep what it says; true when the book alone is concerned."""
        letter = self.letter(mail, emitter)
        found = None if letter.doubt else read_return(letter.parts)
        acts = self._hear(found, mail, emitter) if found else []
        self._ledger.read(mail, acts=acts)
        return found is not None and self._is_ours_alone(found)

    def _hear(self, found: Returned, mail: str, emitter: Emitter) -> list[str]:
        """The acts that it is about."""
        if found.rejected:
            rejected = found.rejected.removesuffix(".xml")
            self._ledger.hear(rejected, ENVELOPE_ANOMALY, found.envelope_data, mail=mail)
        about = [(_about(item.message, emitter), item) for item in found.messages]
        for what, item in about:
            if what:
                self._ledger.hear(what, KINDS[item.message.root].code, item.data, mail=mail)
        return [what for what, _ in about if what not in ("", NOMENCLATURE)]

    def _is_ours_alone(self, found: Returned) -> bool:
        """The rejection of an envelope that the book knows, which its status tells; a nomenclature unchanged."""
        if found.rejected:
            return self._ledger.by_name(found.rejected.removesuffix(".xml")) is not None
        return all(isinstance(item.message, SansChangement) for item in found.messages)


def _members(found: Opened) -> tuple[Member, ...]:
    if any(not is_flat_name(name) for name, _ in found.files):
        raise NoLetter("Une pièce de ce courriel porte un nom qui n’est pas celui d’un fichier.")
    return tuple(Member(name=name, data=data) for name, data in found.files)


def _misread(parts: Sequence[Member], emitter: Emitter) -> str:
    """Why these files are no return for us; empty when they are one."""
    try:
        found = read_return(parts)
    except ActesError as reason:
        return str(reason)
    if found is None:
        return "Ce courriel ne porte aucun message @CTES lisible."
    if found.siren != emitter.siren:
        return f"Ce retour s’adresse à une autre collectivité (SIREN {found.siren}, le nôtre est {emitter.siren})."
    return ""


def _about(message: Message, emitter: Emitter) -> str:
    """Under what the book keeps a message."""
    match message:
        case ARActe() | ARAnnulation() | ARReponse():
            return message.acte_id
        case AnomalieActe():
            acte = message.acte
            nature = next((known for known in Nature if known == acte.nature), None)
            return unique_id(emitter=emitter, on=acte.decided_on, number=acte.number, nature=nature) if nature else ""
        case RetourClassification():
            return NOMENCLATURE
    return ""
