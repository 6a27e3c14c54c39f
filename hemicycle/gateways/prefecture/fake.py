"""A stand-in for the TdT and the ministry, in memory, that obeys the same contract as the client."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from hemicycle.gateways.checks import Report, failed, works
from hemicycle.gateways.prefecture.errors import CancellationPending, NumberTaken, Rejected, Unreachable
from hemicycle.gateways.prefecture.fake_letters import letter_parts
from hemicycle.gateways.prefecture.letters import ReceivedLetter, Reply
from hemicycle.gateways.prefecture.replies import TransactionStatus
from hemicycle.protocols.actes import (
    ANSWER_RECEIVED,
    Acte,
    AnomalieActe,
    ARActe,
    Classification,
    Contact,
    Emitter,
    Member,
    NotBuildable,
    Transmission,
    TransmissionActe,
    build_message,
    build_transmission,
    default_classification,
    parse_message,
)
from hemicycle.protocols.actes.messages import (
    ARAnnulation,
    ARReponse,
    Courrier,
    DefereTA,
    DonneesActe,
    RetourClassification,
)

_DEPARTEMENT = Emitter(siren="229999990", departement="099", arrondissement="1", nature="22")


@dataclass
class _Deposit:
    acte: Acte
    sent: Transmission
    looks: int = 0
    cancelled: bool = False


@dataclass
class FakeS2low:
    """Answers every act the same way, after a number of looks at its state.

    verdict: "acknowledged", "anomaly", "refused" (the TdT's own later validation) or "silent".
    down: nothing answers. lose_next_answer: the next deposit, or cancellation, arrives, but nobody is told.
    refuse_cancellation: the TdT will not cancel.
    """

    emitter: Emitter = _DEPARTEMENT
    today: date = date(2026, 12, 18)
    verdict: str = "acknowledged"
    looks: int = 2
    down: bool = False
    lose_next_answer: bool = False
    refuse_cancellation: bool = False
    held: Classification = field(default_factory=default_classification)
    #: Acts deposited, by transaction number.
    deposits: dict[str, _Deposit] = field(default_factory=dict)
    #: Transaction number of a cancellation to that of its act.
    cancellations: dict[str, str] = field(default_factory=dict)
    #: Letters of the préfecture, by number, and those that nobody has taken.
    received: dict[str, ReceivedLetter] = field(default_factory=dict)
    untaken: list[str] = field(default_factory=list)
    #: Our answers to letters, by number.
    answers: dict[str, Reply] = field(default_factory=dict)

    def write_letter(self, message: Courrier | DefereTA, documents: tuple[Member, ...] = ()) -> str:
        """The préfecture writes; the number of its letter."""
        number = self._next()
        parts = letter_parts(message, documents, emitter=self.emitter, on=self.today, serial=int(number))
        self.received[number] = ReceivedLetter(number=number, parts=parts)
        self.untaken.append(number)
        return number

    def check_connection(self) -> None:
        """As S2lowClient.check_connection."""
        self._check()

    def check(self, *, at: datetime) -> Report:
        """As S2lowClient.check; no network is between."""
        del at
        if self.down:
            remedy = "Recommencez plus tard."
            return Report.of(failed("Connexion", "Le tiers de télétransmission est injoignable.", remedy=remedy))
        return Report.of(works("Connexion", "Le tiers de télétransmission répond."))

    def deposit(self, acte: Acte) -> str:
        """As S2lowClient.deposit."""
        self._check()
        if any(known.acte.number == acte.number for known in self.deposits.values()):
            raise NumberTaken(
                "Le tiers de télétransmission a refusé : Un acte portant le même numéro interne existe déjà."
            )
        if acte.decided_on > self.today:
            raise Rejected("Le tiers de télétransmission a refusé : La date de décision est une date dans le futur.")
        identifier = self._next()
        try:
            sent = build_transmission(
                acte,
                emitter=self.emitter,
                contact=Contact(),
                return_addresses=["retour@tdt.test"],
                serial=int(identifier),
                on=self.today,
                trigramme="FAK",
                quadrigramme="TACT",
            )
        except NotBuildable as reason:
            raise Rejected(f"Le tiers de télétransmission a refusé : {reason}") from None
        self.deposits[identifier] = _Deposit(acte=acte, sent=sent)
        return self._told(identifier)

    def status(self, transaction: str) -> TransactionStatus:
        """As S2lowClient.status."""
        self._check()
        if transaction in self.cancellations:
            act = self._found(self.cancellations[transaction])
            act.cancelled = True
            return TransactionStatus(state=4, message=self._cancellation(act))
        if transaction in self.answers:
            return self._answer_status(self.answers[transaction])
        deposit = self._found(transaction)
        if deposit.cancelled:
            return TransactionStatus(state=0, message=self._cancellation(deposit))
        deposit.looks += 1
        if deposit.looks <= self.looks or self.verdict == "silent":
            return TransactionStatus(state=min(deposit.looks, 3), message=None)
        if self.verdict == "refused":
            return TransactionStatus(state=-1, message=None, error="Enveloppe invalide : refus de l’essai.")
        if self.verdict == "anomaly":
            return TransactionStatus(state=-1, message=self._anomaly(deposit), error="Anomalie 002 : refus de l’essai.")
        return TransactionStatus(state=4, message=self._acknowledgement(deposit))

    def find(self, number: str, unique_id: str) -> str | None:
        """As S2lowClient.find."""
        self._check()
        for identifier, deposit in self.deposits.items():
            if deposit.acte.number == number and deposit.sent.acte_id == unique_id:
                return identifier
        return None

    def acknowledgement(self, transaction: str) -> bytes:
        """As S2lowClient.acknowledgement."""
        self._check()
        return self._acknowledgement(self._answered(transaction))

    def archive(self, transaction: str) -> bytes:
        """As S2lowClient.archive."""
        self._check()
        return self._found(transaction).sent.archive

    def stamped(self, transaction: str) -> bytes:
        """As S2lowClient.stamped; the stamp is a comment after the end of the file."""
        self._check()
        deposit = self._answered(transaction)
        return deposit.acte.document.data + f"\n% ID : {deposit.sent.acte_id}\n".encode("ascii")

    def classification(self) -> bytes:
        """As S2lowClient.classification."""
        self._check()
        return build_message(RetourClassification(classification=self.held))

    def request_classification(self) -> bool:
        """As S2lowClient.request_classification; the answer is there at once."""
        self._check()
        return True

    def cancel(self, transaction: str) -> str:
        """As S2lowClient.cancel."""
        self._check()
        deposit = self._found(transaction)
        if transaction in self.cancellations.values():
            raise CancellationPending(
                "Le tiers de télétransmission a refusé : Une demande d'annulation est déjà en cours."
            )
        if not self._is_answered(deposit) or self.refuse_cancellation:
            raise Rejected("Le tiers de télétransmission a refusé : Impossible d'annuler cette transaction.")
        identifier = self._next()
        self.cancellations[identifier] = transaction
        return self._told(identifier)

    def find_cancellation(self, transaction: str) -> str | None:
        """As S2lowClient.find_cancellation."""
        self._check()
        return next((request for request, act in self.cancellations.items() if act == transaction), None)

    def letters(self) -> list[str]:
        """As S2lowClient.letters."""
        self._check()
        return list(self.untaken)

    def letter(self, number: str) -> ReceivedLetter:
        """As S2lowClient.letter."""
        self._check()
        return self.received[number]

    def letter_taken(self, number: str) -> None:
        """As S2lowClient.letter_taken."""
        self._check()
        self.untaken.remove(number)

    def answer(self, reply: Reply) -> str:
        """As S2lowClient.answer."""
        self._check()
        if reply.letter not in self.received:
            raise Rejected("Le tiers de télétransmission a refusé : Impossible de répondre à cette transaction.")
        number = self._next()
        self.answers[number] = reply
        return self._told(number)

    def find_answer(self, reply: Reply) -> str | None:
        """As S2lowClient.find_answer."""
        self._check()
        found = (n for n, sent in self.answers.items() if sent.letter == reply.letter and n not in reply.earlier)
        return next(found, None)

    def _told(self, number: str) -> str:
        """The number of what was just recorded, unless this answer is lost."""
        if self.lose_next_answer:
            self.lose_next_answer = False
            raise Unreachable("Le tiers de télétransmission n’a pas répondu jusqu’au bout.", outcome_unknown=True)
        return number

    def _answer_status(self, reply: Reply) -> TransactionStatus:
        if reply.root not in ANSWER_RECEIVED:
            return TransactionStatus(state=3, message=None)
        receipt = ARReponse(
            root=ANSWER_RECEIVED[reply.root],
            acte_id=reply.acte_id,
            dated=reply.letter_dated,
            received_on=self.today,
        )
        return TransactionStatus(state=4, message=build_message(receipt))

    def _check(self) -> None:
        if self.down:
            raise Unreachable("Le tiers de télétransmission est injoignable.")

    def _next(self) -> str:
        return str(len(self.deposits) + len(self.cancellations) + len(self.received) + len(self.answers) + 1)

    def _found(self, transaction: str) -> _Deposit:
        if transaction not in self.deposits:
            raise Rejected("Le tiers de télétransmission a refusé : Numéro de transaction invalide.")
        return self.deposits[transaction]

    def _is_answered(self, deposit: _Deposit) -> bool:
        return self.verdict == "acknowledged" and deposit.looks > self.looks

    def _answered(self, transaction: str) -> _Deposit:
        deposit = self._found(transaction)
        if not self._is_answered(deposit):
            raise Unreachable("L’accusé de réception de la préfecture n’est pas encore arrivé.")
        return deposit

    def _acknowledgement(self, deposit: _Deposit) -> bytes:
        return build_message(
            ARActe(
                acte_id=deposit.sent.acte_id,
                received_on=self.today,
                acte=_echo(deposit),
                classification_date=self.held.dated,
            )
        )

    def _anomaly(self, deposit: _Deposit) -> bytes:
        return build_message(
            AnomalieActe(
                on=self.today,
                nature="002",
                detail="Refus de l’essai.",
                acte=_echo(deposit),
                classification_date=self.held.dated,
            )
        )

    def _cancellation(self, deposit: _Deposit) -> bytes:
        return build_message(ARAnnulation(acte_id=deposit.sent.acte_id, received_on=self.today))


def _echo(deposit: _Deposit) -> DonneesActe:
    message = parse_message(deposit.sent.message)
    if not isinstance(message, TransmissionActe):
        raise TypeError(message.root)
    return message.acte
