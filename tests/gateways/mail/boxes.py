"""A mail box that IMAP serves over TLS, and letters dropped in it."""

from __future__ import annotations

import imaplib
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

from tests.gateways.authorities import an_authority, issued_by
from tests.simulators.mail.running import running

ADDRESS, PASSWORD = "retours@departement.test", "simulateur"
MINISTRY = "actes@ministere-simule.test"


@dataclass(frozen=True, kw_only=True)
class Box:
    imap: str
    smtp: tuple[str, int]
    #: PEM of the authority of its certificate.
    authority: Path

    def drop(
        self, *files: tuple[str, bytes], sender: str = "actes@ministere-simule.test", text: str = "Bonjour"
    ) -> None:
        """A letter for the account; files by name."""
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = sender, ADDRESS, "Essai"
        letter.set_content(text)
        for name, data in files:
            letter.add_attachment(data, maintype="application", subtype="xml", filename=name)
        with smtplib.SMTP(*self.smtp) as server:
            server.send_message(letter)

    @contextmanager
    def by_hand(self) -> Iterator[imaplib.IMAP4_SSL]:
        """As someone who opens the box with a mail program."""
        context = ssl.create_default_context(cafile=str(self.authority))
        port = urlsplit(self.imap).port or 0
        with imaplib.IMAP4_SSL("127.0.0.1", port, ssl_context=context) as server:
            server.login(ADDRESS, PASSWORD)
            server.select("INBOX")
            yield server

    def unseen(self) -> int:
        with self.by_hand() as server:
            return len(server.uid("SEARCH", "UNSEEN")[1][0].split())


@contextmanager
def a_box(folder: Path) -> Iterator[Box]:
    authority = an_authority()
    trusted, _ = authority.write(folder, "authority")
    certificate, key = issued_by(authority).write(folder, "serving")
    options = ("--tls-certificate", str(certificate), "--tls-key", str(key), "--imap-user", ADDRESS)
    with running(*options, data=folder / "mail") as mail:
        yield Box(imap=mail.imap, smtp=(mail.host, mail.port), authority=trusted)
