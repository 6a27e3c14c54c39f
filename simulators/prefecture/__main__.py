"""`python -m simulators.prefecture --port N`: a TdT speaking S²LOW's API, one speaking Stela's, and their ministry."""

from __future__ import annotations

import json
import socket
import sys
from contextlib import ExitStack

import uvicorn

from .app import make_app, make_town
from .secure import serving
from .settings import read_settings


def main() -> int:
    """Serve until SIGTERM."""
    settings = read_settings(sys.argv[1:])
    listener = _listening(settings.host, settings.port)
    url = f"http://{settings.host}:{listener.getsockname()[1]}"
    town = make_town(settings, url)
    line = {
        "simulator": "prefecture",
        "url": url,
        "ministry": f"{url}/ministere/actes.json",
        "stela": f"{url}/editeur/api/acte",
        "stela_serial": settings.stela_serial,
        "login": settings.login,
        "password": settings.password,
        "data": str(settings.data),
    }

    def ready() -> None:
        print(json.dumps(line), flush=True)

    app = make_app(town, ready, serial=settings.stela_serial)
    with ExitStack() as until_the_end:
        if settings.door is not None:
            secure = _listening(settings.host, settings.door.port)
            line["tls"] = f"https://{settings.host}:{secure.getsockname()[1]}"
            until_the_end.enter_context(serving(app, secure, settings.door))
        uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on")).run(sockets=[listener])
    return 0


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With its protocol named, asyncio sets TCP_NODELAY on what it accepts: no 40 ms wait at each answer.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    return listener


if __name__ == "__main__":
    sys.exit(main())
