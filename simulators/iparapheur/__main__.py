"""Start the simulated parapheur: `python -m simulators.iparapheur --port N --authority URL [--data DIR] [--now …]`."""

from __future__ import annotations

import argparse
import json
import signal
import socket
import sys
import tempfile
from datetime import datetime
from pathlib import Path

import uvicorn

from .app import build
from .book import EMITTER, SUBTYPE, TENANT, TYPE, Book
from .clock import Clock
from .signing import Signatory


def main() -> None:
    """Listen, print the ready line, serve until SIGTERM."""
    options = _options()
    # uvicorn hands SIGTERM back once it has stopped: end the program in order, temporary folder included.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with tempfile.TemporaryDirectory(prefix="hemicycle-iparapheur-") as temporary:
        folder: Path = options.data or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        listener = _listen(options.host, options.port)
        url = f"http://{options.host}:{listener.getsockname()[1]}"
        book = Book(folder=folder, clock=Clock(options.now))
        signatory = Signatory(name=options.signatory, authority=options.authority)
        other = Signatory(name="Pierre Autreperson", authority=options.authority)
        app = build(book, signatory, other, slowness=options.slowness)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
        known = {"user": book.user, "password": book.password, "tenant": TENANT, "desk": EMITTER}
        ready = {"simulator": "iparapheur", "url": url, **known, "reference": f"iparapheur:{TYPE}/{SUBTYPE}"}
        print(json.dumps(ready, ensure_ascii=False), flush=True)
        server.run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With its protocol named, asyncio sets TCP_NODELAY on what it accepts: no 40 ms wait at each answer.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen(128)
    return listener


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="simulators.iparapheur", description="i-Parapheur simulé")
    parser.add_argument("--port", type=int, required=True, help="port HTTP, 0 pour un port libre")
    parser.add_argument("--host", default="127.0.0.1", help="adresse d’écoute")
    parser.add_argument("--authority", required=True, help="adresse de l’autorité simulée qui certifie le signataire")
    parser.add_argument("--signatory", default="Étienne Valmorin", help="nom de qui signe")
    parser.add_argument("--data", type=Path, help="dossier où garder les dossiers")
    parser.add_argument("--now", type=_instant, help="heure de départ de l’horloge (ISO 8601)")
    parser.add_argument("--slowness", type=float, default=40.0, help="secondes d’attente de la panne « lent »")
    return parser.parse_args()


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    return instant if instant.tzinfo else instant.astimezone()


if __name__ == "__main__":
    main()
