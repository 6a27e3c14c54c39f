"""The IMAP side of the simulator: one account, whose letters are also kept in a Maildir that pymap serves over TLS."""

from __future__ import annotations

import asyncio
import mailbox
import socket
import ssl
from argparse import Namespace
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from proxyprotocol.noop import ProxyProtocolNoop
from proxyprotocol.reader import ProxyProtocolReader
from pymap.backend.maildir import Config, Identity, Login, MaildirBackend
from pymap.frozen import frozendict
from pymap.imap import IMAPServer
from pymap.user import UserMetadata
from pysasl.hashing import Cleartext


@dataclass(frozen=True, kw_only=True)
class Account:
    """Whose letters may be read over IMAP: the address is the login."""

    address: str
    password: str
    #: Of the users and of their Maildirs.
    folder: Path

    def deliver(self, content: bytes) -> None:
        """Lay a letter in the mail box; a reader sees it once it is whole."""
        mailbox.Maildir(self.folder / self.address, create=True).add(content)


@asynccontextmanager
async def serving(account: Account, listening: socket.socket, *, certificate: Path, key: Path) -> AsyncIterator[None]:
    """An IMAP server, TLS from the first byte (RFC 8314), as long as the block lasts."""
    account.folder.mkdir(parents=True, exist_ok=True)
    mailbox.Maildir(account.folder / account.address, create=True)
    # A real hash costs a second at each sign-in, and there is no secret here.
    config = Config.from_args(_options(account.folder), hash_context=Cleartext())
    backend = MaildirBackend(Login(config), config)
    config.apply_context()
    await _open_account(backend, config, account)
    shown = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    shown.load_cert_chain(str(certificate), str(key))
    connected = ProxyProtocolReader(ProxyProtocolNoop()).get_callback(IMAPServer(backend.login, config))
    async with await asyncio.start_server(connected, sock=listening, ssl=shown):
        yield


def _options(folder: Path) -> Namespace:
    # TLS is ours, around the connection: pymap knows STARTTLS only.
    return Namespace(
        host=None,
        port=0,
        debug=False,
        cert=None,
        key=None,
        tls=False,
        passlib_cfg=None,
        proxy_protocol=None,
        inherited_sockets=None,
        base_dir=str(folder),
        layout="++",
        colon=None,
        concurrency=2,
    )


async def _open_account(backend: MaildirBackend, config: Config, account: Account) -> None:
    owner = Identity(config, backend.login.tokens, account.address, None, {"admin"})
    kept = config.hash_context.hash(config.password_prep(account.password))
    places = frozendict({"mailbox_path": account.address})
    await owner.set(UserMetadata(config, account.address, password=kept, params=places))
