"""S²LOW's text replies: OK or KO on the first line, then the payload or the reason, in ISO-8859-1."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from hemicycle.gateways.prefecture.errors import CancellationPending, NumberTaken, Rejected, Unreachable

# These refuse our account, not the act: it stays to be sent once the account is put right.
_ACCOUNT = ("Échec de l'authentification", "Accès refusé", "certificat RGS", "Mode « papier »")
_NOT_YET = ("Pas d'acquittement recu",)
_CANCELLATION_PENDING = "demande d'annulation est déjà en cours"
#: A line of what was exchanged about an act: type, status, transaction (s2low-api.md, 4.7).
_NUMBER_TAKEN = "portant le même numéro interne existe déjà"


@dataclass(frozen=True, kw_only=True)
class TransactionStatus:
    """Where a transaction stands (numbers of s2low-api.md, section 3)."""

    #: -1 error, 0 cancelled, 1 posted, 2 waiting, 3 transmitted, 4 acknowledged, 5 and over: after that.
    state: int
    #: The State's message as it came, while its state lasts: 1-2 in 4, 6-2 in 0, 1-3 or envelope anomaly in -1.
    message: bytes | None
    #: Why it failed, in the TdT's words; empty unless -1.
    error: str = ""
    #: The day of reception by the State, from a channel that says it without handing over the 1-2.
    received_on: date | None = None

    @property
    def failed(self) -> bool:
        return self.state == -1

    @property
    def acknowledged(self) -> bool:
        """The acknowledgement came, whatever happened to the transaction afterwards."""
        return self.state in (4, 5, 6, 12, 13, 14, 16, 19, 20, 22)


@dataclass(frozen=True, kw_only=True)
class Exchanged:
    """One line of the exchanges about an act: a letter of the préfecture, or our answer in its place."""

    #: 2, 3, 4, 5, or 6 for a cancellation.
    kind: str
    state: int
    number: int


def exchanges_of(body: bytes) -> list[Exchanged]:
    """The lines `type-state-number`; the state may be negative. Raises Rejected, Unreachable."""
    if body.startswith(b"KO"):
        payload_of(body)
    found = [re.fullmatch(r"(\d)-(-?\d+)-(\d+)", line) for line in body.decode("iso-8859-1").split()]
    if not all(found):
        raise Unreachable("La liste des échanges sur cet acte est illisible.")
    return [Exchanged(kind=line[1], state=int(line[2]), number=int(line[3])) for line in found if line]


def payload_of(body: bytes, *, after_post: bool = False) -> bytes:
    """What follows OK. Raises Rejected, or one of its kinds, with what follows KO, Unreachable for anything else.

    An answer to a letter also has the shape « OK : id généré : 12 » and « KO : … », on one line (4.7).
    """
    one_line = re.match(rb"(OK|KO) :(?: id g.n.r. :)? (.*)", body, re.DOTALL)
    first, _, rest = (one_line[1], b"", one_line[2]) if one_line else body.partition(b"\n")
    if first.strip() == b"OK":
        return rest
    if first.strip() != b"KO":
        raise Unreachable("La réponse du tiers de télétransmission est illisible.", outcome_unknown=after_post)
    reason = " ".join(rest.decode("iso-8859-1").split())
    sentence = f"Le tiers de télétransmission a refusé : {reason.rstrip('.') or 'sans motif'}."
    if _NUMBER_TAKEN in reason:
        raise NumberTaken(sentence)
    if _CANCELLATION_PENDING in reason:
        raise CancellationPending(sentence)
    if any(words in reason for words in (*_ACCOUNT, *_NOT_YET)):
        raise Unreachable(sentence)
    raise Rejected(sentence)


def read_status(payload: bytes) -> TransactionStatus:
    """Split the number, the XML if any, and the error that follows it without any mark. Raises Unreachable."""
    number, _, rest = payload.partition(b"\n")
    try:
        state = int(number)
    except ValueError:
        raise Unreachable("L’état donné par le tiers de télétransmission est illisible.") from None
    end = _end_of_xml(rest)
    message, error = rest[:end], rest[end:]
    return TransactionStatus(
        state=state,
        message=message.strip() or None,
        error=" ".join(error.decode("iso-8859-1").split()) if state == -1 else "",
    )


def _end_of_xml(data: bytes) -> int:
    """Where the document ends: its error may hold a `>`, so the closing tag of the root is looked for."""
    root = re.match(rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<([\w:.\-]+)", data, re.DOTALL)
    if root is None:
        return 0
    closing = re.compile(rb"</" + re.escape(root.group(1)) + rb"\s*>")
    ends = [found.end() for found in closing.finditer(data)]
    # A root without content closes itself: 6-2 does.
    return ends[-1] if ends else data.find(b"/>") + 2


def cancellation_among(exchanges: bytes) -> str | None:
    """The last request for cancellation (type 6) among the exchanges of an act, those that failed aside."""
    found = [item.number for item in exchanges_of(exchanges) if item.kind == "6" and item.state != -1]
    return str(max(found)) if found else None
