"""How a return leaves the ministry: to a simulated TdT by HTTP, to anyone else by e-mail (norm, section 1)."""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Mapping, Sequence
from email.message import EmailMessage

import httpx

from hemicycle.protocols.actes import Member

#: Addresses of the envelope and the parts of the return; True once it has been taken.
Deliver = Callable[[Sequence[str], Sequence[Member]], bool]
_SENDER = "actes@ministere-simule.test"


def by_http(url: str) -> Deliver:
    """Post the parts to the door that stands for the mail box of a simulated TdT."""

    def deliver(_: Sequence[str], parts: Sequence[Member]) -> bool:
        files = [("piece", (part.name, part.data, "application/octet-stream")) for part in parts]
        try:
            return httpx.post(url, files=files, timeout=30).status_code == 200
        except httpx.HTTPError:
            return False

    return deliver


def by_mail(host: str, port: int) -> Deliver:
    """Send one e-mail to all the return addresses, one attachment per part."""

    def deliver(addresses: Sequence[str], parts: Sequence[Member]) -> bool:
        try:
            with smtplib.SMTP(host, port, timeout=30) as server:
                server.send_message(as_mail(addresses, parts))
        except (OSError, smtplib.SMTPException):
            return False
        return True

    return deliver


def by_address(fronts: Mapping[str, Deliver], *, to_others: Deliver | None, without_server: Deliver) -> Deliver:
    """Each to its own: a simulated TdT by its return address, the others by mail.

    `without_server` takes what has no server to be mailed by.
    """

    def deliver(addresses: Sequence[str], parts: Sequence[Member]) -> bool:
        front = next((fronts[address] for address in addresses if address in fronts), None)
        return (front or to_others or without_server)(addresses, parts)

    return deliver


def as_mail(addresses: Sequence[str], parts: Sequence[Member]) -> EmailMessage:
    """The e-mail @CTES sends: an HTML body, then the envelope, the message and the documents."""
    mail = EmailMessage()
    mail["From"], mail["To"] = _SENDER, ", ".join(dict.fromkeys(addresses))
    mail["Subject"] = "Retour @CTES (simulateur)"
    bodies = [part for part in parts if part.name.endswith(".html")]
    mail.set_content("".join(body.data.decode("iso-8859-1") for body in bodies), subtype="html")
    for part in parts:
        if part in bodies:
            continue
        kind = "xml" if part.name.endswith(".xml") else "pdf" if part.name.endswith(".pdf") else "octet-stream"
        mail.add_attachment(part.data, maintype="application", subtype=kind, filename=part.name)
    return mail
