"""A stand-in for the archive, in memory, that obeys the same contract as the client."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from hemicycle.gateways.archive.client import Progress
from hemicycle.gateways.archive.errors import Rejected, Unreachable

_REPLY = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<ArchiveTransferReply xmlns="fr:gouv:culture:archivesdefrance:seda:v2.2"><Date>2026-01-01T00:00:00Z</Date>'
    "<MessageIdentifier>{operation}</MessageIdentifier><ReplyCode>{status}</ReplyCode>"
    "<MessageRequestIdentifier>{request}</MessageRequestIdentifier></ArchiveTransferReply>\n"
)


@dataclass
class FakeArchive:
    """Judges every deposit the same way, after a number of looks at its progress.

    down: nothing answers. lose_next_answer: the next deposit arrives, but nobody is told.
    """

    status: str = "OK"
    looks: int = 1
    down: bool = False
    lose_next_answer: bool = False
    #: What was deposited, by operation identifier.
    deposits: dict[str, bytes] = field(default_factory=dict)
    _identifiers: dict[str, str] = field(default_factory=dict)
    _seen: dict[str, int] = field(default_factory=dict)

    def deposit(self, sip: bytes, *, message_identifier: str) -> str:
        """As VitamClient.deposit."""
        self._check()
        if not sip:
            raise Rejected("Le service d'archives a refusé l'appel : le corps est vide.")
        rank = len(self.deposits) + 1
        operation_id = hashlib.sha256(f"{rank}/{message_identifier}".encode()).hexdigest()[:36]
        self.deposits[operation_id] = sip
        self._identifiers[operation_id] = message_identifier
        if self.lose_next_answer:
            self.lose_next_answer = False
            raise Unreachable("Le service d'archives n'a pas répondu jusqu'au bout.", outcome_unknown=True)
        return operation_id

    def progress(self, operation_id: str) -> Progress:
        """As VitamClient.progress."""
        self._check(operation_id)
        self._seen[operation_id] = self._seen.get(operation_id, 0) + 1
        done = self._seen[operation_id] > self.looks
        return Progress(completed=done, status=self.status if done else "STARTED")

    def reply(self, operation_id: str) -> bytes:
        """As VitamClient.reply."""
        self._check(operation_id)
        if self._seen.get(operation_id, 0) <= self.looks:
            raise Unreachable("Le service d'archives n'a pas encore produit sa réponse.")
        request = self._identifiers[operation_id]
        return _REPLY.format(operation=operation_id, status=self.status, request=request).encode()

    def find(self, message_identifier: str) -> list[str]:
        """As VitamClient.find."""
        self._check()
        return [operation for operation, known in self._identifiers.items() if known == message_identifier]

    def _check(self, operation_id: str | None = None) -> None:
        if self.down:
            raise Unreachable("Le service d'archives est injoignable.")
        if operation_id is not None and operation_id not in self.deposits:
            raise Rejected(f"Le service d'archives ne connaît pas l'opération {operation_id}.")
