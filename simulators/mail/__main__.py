"""Start the mail sink: `python -m simulators.mail --port N [--smtp-port N] [--data DIR] [--now ISO8601]`.

With `--tls-certificate` and `--tls-key`, the letters to one account are also served over IMAP.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import socket
import sys
import tempfile
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import uvicorn
from aiosmtpd.smtp import SMTP

from .app import Sink, build
from .imap import Account, serving
from .mailbox import Mailbox

#: The largest letter taken, in bytes.
MAXIMUM = 50 * 1024 * 1024


def main() -> None:
    """Listen on both ports, print the ready line, serve until SIGTERM."""
    options = _options()
    # uvicorn hands SIGTERM back once it has stopped: end the program in order, temporary folder included.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with tempfile.TemporaryDirectory(prefix="hemicycle-mail-") as temporary:
        folder = options.data or Path(temporary)
        account = _account(options, folder) if options.tls_certificate else None
        asyncio.run(_serve(options, Mailbox(folder / "messages"), account))


def _account(options: argparse.Namespace, folder: Path) -> Account:
    return Account(address=options.imap_user, password=options.imap_password, folder=folder / "imap")


async def _serve(options: argparse.Namespace, mailbox: Mailbox, account: Account | None) -> None:
    http, smtp = _listen(options.host, options.port), _listen(options.host, options.smtp_port)
    sink = Sink(mailbox, _clock(options.now), account)
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(sink, hostname="simulateur", ident="Simulateur de courrier", data_size_limit=MAXIMUM), sock=smtp
    )
    url = f"http://{options.host}:{http.getsockname()[1]}"
    ready = {"simulator": "mail", "url": url, "smtp": f"{options.host}:{smtp.getsockname()[1]}"}
    async with AsyncExitStack() as open_until_the_end:
        if account is not None:
            imap = _listen(options.host, options.imap_port)
            ready["imap"] = f"imaps://{quote(account.address)}@{options.host}:{imap.getsockname()[1]}/INBOX"
            shown = {"certificate": options.tls_certificate, "key": options.tls_key}
            await open_until_the_end.enter_async_context(serving(account, imap, **shown))
        await open_until_the_end.enter_async_context(server)
        print(json.dumps(ready), flush=True)
        await uvicorn.Server(uvicorn.Config(build(mailbox), log_level="warning", access_log=False)).serve([http])


def _listen(host: str, port: int) -> socket.socket:
    # With its protocol named, asyncio sets TCP_NODELAY on what it accepts: no 40 ms wait at each answer.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen(128)
    return listener


def _clock(start: datetime | None) -> Callable[[], datetime]:
    """A clock that starts at the instant chosen and advances at real speed."""
    began = datetime.now(UTC)
    shift = (start or began) - began
    return lambda: datetime.now(UTC) + shift


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="simulators.mail", description="Serveur de courrier simulé")
    parser.add_argument("--port", type=int, required=True, help="port HTTP, 0 pour un port libre")
    parser.add_argument("--smtp-port", type=int, default=0, help="port SMTP, 0 pour un port libre")
    parser.add_argument("--host", default="127.0.0.1", help="adresse d’écoute")
    parser.add_argument("--data", type=Path, help="dossier où garder les messages")
    parser.add_argument("--tls-certificate", type=Path, help="certificat (PEM) du serveur IMAP, qui s’ouvre avec lui")
    parser.add_argument("--tls-key", type=Path, help="sa clé (PEM)")
    parser.add_argument("--imap-port", type=int, default=0, help="port IMAP, 0 pour un port libre")
    parser.add_argument("--imap-user", default="retours@departement.test", help="adresse dont IMAP montre le courrier")
    parser.add_argument("--imap-password", default="simulateur")
    parser.add_argument("--now", type=_instant, help="heure de départ de l’horloge (ISO 8601)")
    return parser.parse_args()


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    return instant if instant.tzinfo else instant.astimezone()


if __name__ == "__main__":
    main()
