"""The sink's two sides: SMTP, which takes letters, and HTTP, which shows them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from urllib.parse import quote

from aiosmtpd.smtp import SMTP, Envelope, Session
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from . import pages
from .imap import Account
from .mailbox import Mailbox, Reading, read

#: Nothing in a letter may run or load anything.
_INERT = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'"


class Sink:
    """What aiosmtpd calls for each letter. Two domains refuse, for ever and for now, to try out both failures."""

    def __init__(self, mailbox: Mailbox, now: Callable[[], datetime], account: Account | None = None) -> None:
        self._mailbox, self._now, self._account = mailbox, now, account

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take or refuse a recipient."""
        del server, session, options
        if address.endswith("@refus.invalid"):
            return "550 5.1.1 Adresse inconnue"
        if address.endswith("@plus-tard.invalid"):
            return "451 4.3.0 Boite momentanement indisponible"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep the letter before saying that it is kept."""
        del server, session
        content = envelope.content
        assert isinstance(content, bytes)
        number = self._mailbox.add(
            content, envelope_from=envelope.mail_from or "", recipients=envelope.rcpt_tos, at=self._now()
        )
        if self._account is not None and self._account.address in envelope.rcpt_tos:
            self._account.deliver(content)
        return f"250 OK message {number}"


def build(mailbox: Mailbox) -> Starlette:
    """The application that shows this mailbox."""

    def home(_: Request) -> Response:
        return HTMLResponse(pages.inbox([read(r) for r in mailbox.all()]))

    def listed(_: Request) -> Response:
        return JSONResponse([_summary(read(r)) for r in mailbox.all()])

    def on_one(show: Callable[[Reading, Request], Response]) -> Callable[[Request], Response]:
        def endpoint(request: Request) -> Response:
            received = mailbox.get(int(request.path_params["number"]))
            return _absent() if received is None else show(read(received), request)

        return endpoint

    return Starlette(
        routes=[
            Route("/", home),
            Route("/messages.json", listed),
            Route("/messages/{number:int}.eml", on_one(_raw)),
            Route("/messages/{number:int}", on_one(_shown)),
            Route("/messages/{number:int}/body.html", on_one(_body)),
            Route("/messages/{number:int}/attachments/{rank:int}", on_one(_attachment)),
        ]
    )


def _raw(reading: Reading, _: Request) -> Response:
    return _file(reading.received.content, f"{reading.received.number}.eml", "message/rfc822")


def _shown(reading: Reading, _: Request) -> Response:
    return HTMLResponse(pages.letter(reading), headers={"Content-Security-Policy": _INERT})


def _body(reading: Reading, _: Request) -> Response:
    policy = f"{_INERT}; sandbox allow-popups allow-popups-to-escape-sandbox"
    return HTMLResponse(f'<base target="_blank">{reading.html}', headers={"Content-Security-Policy": policy})


def _attachment(reading: Reading, request: Request) -> Response:
    rank = int(request.path_params["rank"])
    if rank >= len(reading.attachments):
        return _absent()
    name, content = reading.attachments[rank]
    return _file(content, name, "application/octet-stream")


def _summary(reading: Reading) -> dict[str, object]:
    return {
        "number": reading.received.number,
        "message_id": reading.message_id,
        "sender": reading.sender,
        "recipient": reading.recipient,
        "envelope_from": reading.received.envelope_from,
        "recipients": list(reading.received.recipients),
        "reply_to": reading.reply_to,
        "subject": reading.subject,
        "date": reading.date,
        "received_at": reading.received.received_at.isoformat(),
        "text": reading.text,
        "html": reading.html,
        "attachments": [name for name, _ in reading.attachments],
    }


def _file(content: bytes, name: str, media_type: str) -> Response:
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, media_type=media_type, headers=headers)


def _absent() -> Response:
    return HTMLResponse("<!doctype html><html lang=fr><title>Absent</title><p>Aucun message ici.</p>", status_code=404)
