"""The way out of an operator who is its own TdT: an envelope written in the book, then posted (norm, section 1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from hemicycle.gateways.prefecture.errors import Rejected, Unreachable
from hemicycle.gateways.prefecture.ledger import Fate, Ledger, Sent
from hemicycle.gateways.prefecture.line import Line
from hemicycle.protocols.actes import (
    Acte,
    ActesError,
    Contact,
    Emitter,
    Transmission,
    Wrapping,
    build_transmission,
)

#: These say that nothing was taken; a 500 or a 504 may come after the archive was.
_NOT_TAKEN = (301, 302, 303, 307, 308, 401, 403, 404, 405, 413, 429)
_MAINTENANCE = 503


@dataclass(frozen=True, kw_only=True)
class Operator:
    """Who we are for the ministry."""

    emitter: Emitter
    contact: Contact
    #: Where the ministry writes back: the address of the mail box that is read.
    return_address: str
    #: Three letters of the approved operator, and four of the application: EACT, or TACT to try.
    trigramme: str
    quadrigramme: str


class Door:
    """Parameters as DirectClient."""

    def __init__(
        self, line: Line, ledger: Ledger, *, operator: Callable[[], Operator], clock: Callable[[], datetime]
    ) -> None:
        self._line, self._ledger, self._operator, self._clock = line, ledger, operator, clock

    def send(self, flow: str, build: Callable[..., Transmission], *, about: str = "") -> str:
        """An envelope, made by `build` of a `wrapping`, kept before it leaves; its name. Raises as `post`."""
        return self.post(self._written(flow, build, about))

    def _written(self, flow: str, build: Callable[..., Transmission], about: str) -> Sent:
        operator, at = self._operator(), self._clock()
        first = _wrapping(operator, at.date())
        prefix = f"{operator.quadrigramme}--{operator.emitter.siren}--{at:%Y%m%d}-"

        def made(serial: int) -> Transmission:
            return build(wrapping=replace(first, serial=serial))

        try:
            return self._ledger.write(made, prefix=prefix, flow=flow, at=at, about=about)
        except ActesError as reason:
            raise Rejected(str(reason)) from None

    def post(self, sent: Sent, *, again: bool = False) -> str:
        """Present the archive; the name of the envelope. Raises Unreachable (look at outcome_unknown), Rejected.

        `again`: an earlier try had an unknown outcome, which a door that is shut today does not settle.
        """
        files = {sent.archive_name: (sent.archive_name, self._ledger.archive(sent), "application/x-gzip")}
        try:
            reply = self._line.ask("POST", self._line.url, files=files)
        except Unreachable as silence:
            self._not_taken(sent, again=again or silence.outcome_unknown)
            raise
        if reply.status == 200:
            self._ledger.settle(sent, Fate.SENT)
            return sent.name
        if reply.status == 400:
            self._ledger.settle(sent, Fate.VOID)
            said = " ".join(reply.body[:600].decode("utf-8", "replace").split())
            raise Rejected(f"Le ministère refuse l’archive : {said or 'sans motif'}")
        if reply.status == _MAINTENANCE:
            self._not_taken(sent, again=again)
            raise Unreachable("Le ministère est en maintenance ; nouvel essai plus tard.")
        if reply.status in _NOT_TAKEN:
            self._not_taken(sent, again=again)
            raise Unreachable(
                f"Le ministère ne prend pas nos archives (code {reply.status}) ; vérifiez l’adresse et le certificat."
            )
        raise Unreachable(f"Le ministère a répondu par l’erreur {reply.status}.", outcome_unknown=True)

    def _not_taken(self, sent: Sent, *, again: bool) -> None:
        if not again:
            self._ledger.settle(sent, Fate.VOID)


def act(acte: Acte, *, wrapping: Wrapping) -> Transmission:
    """The 1-1 of an act. Raises ActesError."""
    return build_transmission(
        acte,
        emitter=wrapping.emitter,
        contact=wrapping.contact,
        return_addresses=wrapping.return_addresses,
        serial=wrapping.serial,
        on=wrapping.on,
        trigramme=wrapping.trigramme,
        quadrigramme=wrapping.quadrigramme,
    )


def _wrapping(operator: Operator, on: date) -> Wrapping:
    return Wrapping(
        emitter=operator.emitter,
        contact=operator.contact,
        return_addresses=(operator.return_address,),
        serial=1,
        on=on,
        trigramme=operator.trigramme,
        quadrigramme=operator.quadrigramme,
    )
