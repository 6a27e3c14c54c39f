"""The operator who is its own TdT: archives over HTTPS to the ministry, returns by e-mail (norm, section 1).

The ministry answers no question. What a TdT would tell is read in the book (`ledger`) and in the mail box; a sending
whose outcome is unknown waits for its return, and only after a day of silence the very same archive is presented again.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

from hemicycle.gateways.checks import Report
from hemicycle.gateways.prefecture.check import ACCOUNT, tested
from hemicycle.gateways.prefecture.direct_post import Door, Operator, act
from hemicycle.gateways.prefecture.direct_returns import NOMENCLATURE, Returns
from hemicycle.gateways.prefecture.direct_story import of_act, of_other, receipts, refusal
from hemicycle.gateways.prefecture.errors import (
    CancellationPending,
    NotOffered,
    NumberTaken,
    Rejected,
    Unreachable,
)
from hemicycle.gateways.prefecture.ledger import Fate, Ledger, Sent
from hemicycle.gateways.prefecture.letters import ReceivedLetter, Reply
from hemicycle.gateways.prefecture.line import Line
from hemicycle.gateways.prefecture.replies import TransactionStatus
from hemicycle.protocols.actes import (
    ANSWERS,
    RECEIPTS,
    Acte,
    NotBuildable,
    build_answer,
    build_cancellation,
    build_classification_request,
    build_receipt,
    parse_classification,
    read_return,
)
from hemicycle.protocols.actes.messages import KINDS, Courrier

__all__ = ["DirectClient", "Operator"]

#: Between two questions about the nomenclature.
_DAILY = timedelta(hours=23)
#: Silence after which an archive whose outcome is unknown is presented again, the same bytes under the same name.
_PATIENCE = timedelta(days=1)


class DirectClient:
    """`operator` is asked at each sending; `clock`, in local time, gives the day of each envelope."""

    def __init__(
        self,
        line: Line,
        *,
        returns: Returns,
        ledger: Ledger,
        operator: Callable[[], Operator],
        clock: Callable[[], datetime],
        patience: timedelta = _PATIENCE,
    ) -> None:
        self._line, self._returns, self._ledger = line, returns, ledger
        self._operator, self._clock, self._patience = operator, clock, patience
        self._door = Door(line, ledger, operator=operator, clock=clock)

    def close(self) -> None:
        """Close the connections."""
        self._line.close()

    def check_connection(self) -> None:
        """Raises Unreachable when the mail box does not open; the ministry takes no question."""
        self._returns.waiting()

    def check(self, *, at: datetime) -> Report:
        """The ministry's door and its certificates, ours, the mail box: nothing is sent."""
        return tested(self._line, at=at, ask=[(ACCOUNT, self._knock)]) + self._returns.box.check(at=at)

    def deposit(self, acte: Acte) -> str:
        """Hand over an act; the name of its envelope. Raises Unreachable (look at outcome_unknown), Rejected,
        NumberTaken."""
        operator = self._operator()
        try:
            acte_id = acte.unique_id(operator.emitter)
        except NotBuildable as reason:
            raise Rejected(str(reason)) from None
        if acte.decided_on > self._clock().date():
            raise Rejected("La date de décision est dans le futur : le ministère refuserait l’acte.")
        for sent in self._ledger.with_number(acte.number):
            if sent.acte_id == acte_id and self._forgotten(sent):
                return self._door.post(sent, again=True)
            raise NumberTaken(f"Le numéro {acte.number} est déjà parti au ministère, dans l’enveloppe {sent.name}.")
        return self._door.send("1-1", partial(act, acte))

    def status(self, transaction: str) -> TransactionStatus:
        """Where an envelope of ours stands, from what came back. Raises Unreachable, Rejected."""
        sent = self._known(transaction)
        self._collect()
        refused = refusal(self._ledger, sent)
        if refused is not None:
            return refused
        return of_act(self._ledger, sent) if sent.flow == "1-1" else of_other(self._ledger, sent)

    def find(self, number: str, unique_id: str) -> str | None:
        """The envelope of an act whose sending had an unknown outcome; None: it may leave (again).

        Raises Unreachable while only a return could tell, and a day has not passed.
        """
        del number
        return self._found(self._ledger.about(unique_id, "1-1"))

    def acknowledgement(self, transaction: str) -> bytes:
        """The 1-2, byte for byte. Raises Unreachable while it has not come, Rejected."""
        self._collect()
        received = self._ledger.heard(self._known(transaction).acte_id, "1-2")
        if not received:
            raise Unreachable("L’accusé de réception de la préfecture n’est pas encore arrivé.")
        return received[0]

    def archive(self, transaction: str) -> bytes:
        """The .tar.gz that was sent. Raises Rejected."""
        return self._ledger.archive(self._known(transaction))

    def stamped(self, transaction: str) -> bytes:
        """Never given: the stamp of the act is laid here. Raises NotOffered."""
        del transaction
        raise NotOffered("En liaison directe, la copie tamponnée est faite ici.")

    def classification(self) -> bytes:
        """The last 7-2 received, byte for byte; before the first, it is asked for. Raises Unreachable, Rejected."""
        self._collect()
        received = self._ledger.heard(NOMENCLATURE, "7-2")
        if not received:
            self.request_classification()
            raise Unreachable("La classification de la préfecture est demandée ; elle n’est pas encore arrivée.")
        return received[-1]

    def request_classification(self) -> bool:
        """Send a 7-1; False when one left less than a day ago. Raises Unreachable, Rejected."""
        asked = self._ledger.about("", "7-1")
        if asked and self._clock() - asked[-1].made_at < _DAILY:
            return False
        received = self._ledger.heard(NOMENCLATURE, "7-2")
        held = parse_classification(received[-1]).dated if received else None
        self._door.send("7-1", partial(build_classification_request, held))
        return True

    def cancel(self, transaction: str) -> str:
        """Ask for the cancellation of a transmission. Raises Unreachable (look at outcome_unknown),
        CancellationPending, Rejected."""
        sent = self._known(transaction)
        self._collect()
        if not self._ledger.heard(sent.acte_id, "1-2"):
            raise Rejected("Seul un acte dont la préfecture a accusé réception peut être annulé.")
        for standing in self._ledger.about(sent.acte_id, "6-1"):
            if self._forgotten(standing):
                return self._door.post(standing, again=True)
            if refusal(self._ledger, standing) is None:
                raise CancellationPending("L’annulation de cet acte est déjà demandée au ministère.")
        return self._door.send("6-1", partial(build_cancellation, sent.acte_id))

    def find_cancellation(self, transaction: str) -> str | None:
        """The request for cancellation that stands for that act; None: none surely does. Raises Unreachable,
        Rejected."""
        asked = self._ledger.about(self._known(transaction).acte_id, "6-1")
        return self._found([sent for sent in asked if refusal(self._ledger, sent) is None])

    def letters(self) -> list[str]:
        """Every mail that nobody has taken, whatever it says. Raises Unreachable."""
        return self._returns.to_take(self._operator().emitter)

    def letter(self, number: str) -> ReceivedLetter:
        """A mail of the ministry, or what else came in the box. Raises Unreachable."""
        return self._returns.letter(number, self._operator().emitter)

    def letter_taken(self, number: str) -> None:
        """Send the receipt that a letter calls for, then mark its mail as seen. Raises Unreachable."""
        # A receipt that the ministry refuses must not keep the letters behind it from coming in.
        with suppress(Rejected):
            self._acknowledge(self.letter(number))
        self._returns.taken(number, self._operator().emitter)

    def answer(self, reply: Reply) -> str:
        """Hand over our answer to a letter. Raises Unreachable (look at outcome_unknown), Rejected."""
        flow, about = KINDS[reply.root].code, reply.letter_dated.isoformat()
        for standing in self._answers(reply):
            if self._forgotten(standing):
                return self._door.post(standing, again=True)
        letter = Courrier(root=_letter_of(reply.root), acte_id=reply.acte_id, dated=reply.letter_dated)
        return self._door.send(flow, partial(build_answer, letter, reply.root, reply.pieces), about=about)

    def find_answer(self, reply: Reply) -> str | None:
        """The answer whose outcome is unknown; None: it may leave (again). Raises Unreachable."""
        return self._found(self._answers(reply))

    def _knock(self) -> None:
        """Whether the door answers us at all: asked without an archive, it says no politely."""
        if self._line.ask("GET", self._line.url).status in (401, 403):
            raise Unreachable("Le ministère n’admet pas notre certificat ou notre compte.")

    def _answers(self, reply: Reply) -> list[Sent]:
        dated = reply.letter_dated.isoformat()
        sent = self._ledger.about(reply.acte_id, KINDS[reply.root].code)
        return [each for each in sent if each.about == dated and each.name not in reply.earlier]

    def _acknowledge(self, letter: ReceivedLetter) -> None:
        found = None if letter.doubt else read_return(letter.parts)
        for item in found.messages if found else ():
            message = item.message
            if isinstance(message, Courrier) and message.root in RECEIPTS:
                self._send_receipt(message)

    def _send_receipt(self, letter: Courrier) -> None:
        flow, about = KINDS[RECEIPTS[letter.root]].code, letter.dated.isoformat()
        if any(sent.about == about for sent in self._ledger.about(letter.acte_id, flow)):
            return
        self._door.send(flow, partial(build_receipt, letter), about=about)

    def _found(self, standing: list[Sent]) -> str | None:
        sent = standing[-1] if standing else None
        if sent is None or sent.fate is Fate.SENT:
            return sent.name if sent else None
        self._returns.collect(self._operator().emitter, now=True)
        if refusal(self._ledger, sent) is not None or receipts(self._ledger, sent):
            self._ledger.settle(sent, Fate.SENT)
            return sent.name
        if self._forgotten(sent):
            return None
        raise Unreachable(
            f"Le ministère n’a pas dit s’il a reçu l’enveloppe {sent.name} ; son retour par courriel le dira, ou la "
            "même archive lui sera présentée de nouveau après un jour."
        )

    def _forgotten(self, sent: Sent) -> bool:
        return sent.fate is Fate.UNCERTAIN and self._clock() - sent.made_at >= self._patience

    def _known(self, transaction: str) -> Sent:
        sent = self._ledger.by_name(transaction)
        if sent is None:
            raise Rejected(f"Aucune enveloppe d’ici ne porte le nom « {transaction} » : transaction invalide.")
        return sent

    def _collect(self) -> None:
        self._returns.collect(self._operator().emitter)


def _letter_of(root: str) -> str:
    """The letter that an answer of this kind answers."""
    return next(letter for letter, answers in ANSWERS.items() if root in answers)
