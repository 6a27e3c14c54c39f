"""The door over TLS: it wants a certificate of each client, and says whose serial it saw, as a proxy in front would."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from .settings import SecureDoor

#: What the reverse proxy says of the client certificate it has verified.
SERIAL_HEADER = "x-ssl-client-m-serial"


class Shown(H11Protocol):
    """Each connection tells the application the serial of its certificate, whatever its requests claim."""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        certificate = transport.get_extra_info("ssl_object").getpeercert() or {}
        self.app: Any = _naming(self.app, str(certificate.get("serialNumber", "")))


@contextmanager
def serving(app: ASGIApp, listening: socket.socket, door: SecureDoor) -> Iterator[None]:
    """The same application behind TLS, from a thread, as long as the block lasts."""
    config = uvicorn.Config(
        app,
        log_level="warning",
        lifespan="off",
        http=Shown,
        ssl_certfile=str(door.certificate),
        ssl_keyfile=str(door.key),
        ssl_ca_certs=str(door.clients),
        ssl_cert_reqs=ssl.CERT_REQUIRED,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listening])), name="tls", daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(timeout=5)


def _naming(app: ASGIApp, serial: str) -> ASGIApp:
    name = SERIAL_HEADER.encode()

    async def named(scope: Scope, receive: Receive, send: Send) -> None:
        kept = [(key, value) for key, value in scope["headers"] if key != name]
        await app({**scope, "headers": [*kept, (name, serial.encode())]}, receive, send)

    return named
