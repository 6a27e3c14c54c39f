"""Start the simulated authority: `python -m simulators.authority --port N [--data DIR] [--now ISO8601]`."""

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
from .authority import open_authority
from .clock import Clock


def main() -> None:
    """Listen, print the ready line, serve until SIGTERM."""
    options = _options()
    # uvicorn hands SIGTERM back once it has stopped: end the program in order, temporary folder included.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with tempfile.TemporaryDirectory(prefix="hemicycle-authority-") as temporary:
        folder: Path = options.data or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        listener = _listen(options.host, options.port, folder / "port")
        url = options.public_url or f"http://{options.host}:{listener.getsockname()[1]}"
        authority = open_authority(folder, url=url, clock=Clock(options.now))
        server = uvicorn.Server(uvicorn.Config(build(authority), log_level="warning", access_log=False))
        addresses = {"ocsp": f"{url}/ocsp", "tsa": f"{url}/tsa", "crl": f"{url}/crl/issuing.crl"}
        # The socket listens already: a caller may connect as soon as it has read this line.
        print(json.dumps({"simulator": "authority", "url": url, **addresses}), flush=True)
        server.run(sockets=[listener])


def _listen(host: str, port: int, memory: Path) -> socket.socket:
    """Bind the port asked for; 0 means the last port used with this data, or any free one.

    Certificates carry the address of their OCSP responder: the same port keeps the old ones checkable.
    """
    remembered = int(memory.read_text()) if port == 0 and memory.exists() else port
    # With its protocol named, asyncio sets TCP_NODELAY on what it accepts: no 40 ms wait at each answer.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, remembered))
    except OSError:
        if port != 0:
            raise
        listener.bind((host, 0))
    listener.listen(128)
    memory.write_text(str(listener.getsockname()[1]))
    return listener


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="simulators.authority", description="Autorité de certification simulée")
    parser.add_argument("--port", type=int, required=True, help="port HTTP, 0 pour un port libre")
    parser.add_argument("--host", default="127.0.0.1", help="adresse d’écoute")
    parser.add_argument("--public-url", help="adresse inscrite dans les certificats, si elle diffère")
    parser.add_argument("--data", type=Path, help="dossier où garder clés et registre")
    parser.add_argument("--now", type=_instant, help="heure de départ de l’horloge (ISO 8601)")
    return parser.parse_args()


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    return instant if instant.tzinfo else instant.astimezone()


if __name__ == "__main__":
    main()
