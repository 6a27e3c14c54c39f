"""The three channels to the préfecture, each a client of ours before the programs that speak its protocol."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from hemicycle.gateways.mail.reading import ImapBox
from hemicycle.gateways.prefecture.client import S2lowClient, Tdt, TransactionStatus
from hemicycle.gateways.prefecture.direct import DirectClient, Operator
from hemicycle.gateways.prefecture.direct_returns import Returns, Trust
from hemicycle.gateways.prefecture.errors import Unreachable
from hemicycle.gateways.prefecture.ledger import Ledger
from hemicycle.gateways.prefecture.line import Line
from hemicycle.gateways.prefecture.stela import StelaClient
from hemicycle.protocols.actes import Acte
from tests.gateways.authorities import an_authority, issued_by
from tests.protocols.actes.made import CONTACT, EMITTER
from tests.simulators.mail.running import running as running_mail
from tests.simulators.prefecture.running import running_town

NOW = datetime.fromisoformat("2026-12-18T10:00:00+01:00")
#: Seconds that a client waits; the simulator holds an answer longer.
TIMEOUT = 2.0
RETURNS = "retours@departement.test"
MINISTRY = "actes@ministere-simule.test"
CHANNELS = ("s2low", "stela", "direct")


@dataclass(frozen=True, kw_only=True)
class Town:
    """The simulators running, and what a client needs to come in by the door over TLS."""

    #: Without TLS: the desk of whoever plays the préfecture.
    url: str
    tls: str
    imap: str
    smtp: tuple[str, int]
    authority: Path
    certificate: Path
    key: Path

    def choose(self, scenario: str, number: str = "", times: str = "") -> None:
        fields = {"scenario": scenario, "number": number, "times": times}
        assert httpx.post(f"{self.url}/scenario", data=fields).status_code == 303

    def write(self, acte_id: str, kind: str, text: str = "À compléter.") -> None:
        fields = {"acte": acte_id, "type": kind, "texte": text}
        assert httpx.post(f"{self.url}/ministere/courrier", data=fields).status_code == 303

    def received(self, acte_id: str) -> dict[str, Any]:
        """What the ministry says of an act; counts of nought when it never saw it."""
        found = httpx.get(f"{self.url}/ministere/actes.json").json()["actes"]
        return next((act for act in found if act["id"] == acte_id), {"count": 0, "accepted": 0, "exchanges": []})

    def shown(self) -> dict[str, Path]:
        """Our certificate, and whom we trust."""
        return {"certificate": self.certificate, "key": self.key, "verify": self.authority}


@dataclass(frozen=True, kw_only=True)
class Channel:
    name: str
    tdt: Tdt
    town: Town

    def number(self, what: str) -> str:
        """A number of this channel: they all stand before one ministry."""
        return f"{self.name.upper()}_{what}"


@contextmanager
def running(folder: Path, *options: str) -> Iterator[Town]:
    """A town whose door over TLS and mail box show certificates of one authority, that it asks of clients too."""
    authority = an_authority()
    trusted, _ = authority.write(folder, "authority")
    server, server_key = issued_by(authority).write(folder, "serving")
    ours = issued_by(authority, "hemicycle.departement.test")
    certificate, key = ours.write(folder, "ours")
    tls = ("--tls-certificate", str(server), "--tls-key", str(server_key))
    with ExitStack() as until_the_end:
        mail = until_the_end.enter_context(running_mail(*tls, "--imap-user", RETURNS, data=folder / "mail"))
        town = until_the_end.enter_context(
            running_town(
                folder / "prefecture",
                *("--now", NOW.isoformat(), "--delay", "0.2", "--hold", str(TIMEOUT + 2)),
                *("--smtp", f"{mail.host}:{mail.port}", *tls, "--tls-clients", str(trusted)),
                *("--stela-serial", f"{ours.certificate.serial_number:X}", *options),
            )
        )
        yield Town(
            url=town["url"],
            tls=town["tls"],
            imap=mail.imap,
            smtp=(mail.host, mail.port),
            authority=trusted,
            certificate=certificate,
            key=key,
        )


@contextmanager
def opened(name: str, town: Town, folder: Path) -> Iterator[Tdt]:
    """A client of that channel."""
    if name == "s2low":
        client: S2lowClient | StelaClient | DirectClient = S2lowClient(
            town.tls, "simulateur", "simulateur", timeout=TIMEOUT, **town.shown()
        )
    elif name == "stela":
        client = StelaClient(town.tls, timeout=TIMEOUT, **town.shown())
    else:
        client = a_direct_client(town, folder)
    try:
        yield client
    finally:
        client.close()


def a_direct_client(
    town: Town,
    folder: Path,
    *,
    clock: Callable[[], datetime] = lambda: NOW,
    trust: Trust | None = None,
    url: str = "",
    patience: timedelta = timedelta(days=1),
) -> DirectClient:
    ledger = Ledger(folder / "ledger")
    box = ImapBox(town.imap, "simulateur", verify=town.authority, timeout=5)
    return DirectClient(
        Line(url or f"{town.tls}/ministere/depot", who="Le ministère", timeout=TIMEOUT, **town.shown()),
        returns=Returns(box, ledger, trust=trust or Trust(senders=(MINISTRY,)), every=0),
        ledger=ledger,
        operator=lambda: Operator(
            emitter=EMITTER, contact=CONTACT, return_address=RETURNS, trigramme="HEM", quadrigramme="TACT"
        ),
        clock=clock,
        patience=patience,
    )


def settled(tdt: Tdt, transaction: str, *states: int) -> TransactionStatus:
    """The status, once it is one of these."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        status = tdt.status(transaction)
        if status.state in states:
            return status
        time.sleep(0.1)
    raise AssertionError(f"transaction {transaction} never reached {states}, but {status}")


def carried(tdt: Tdt, acte: Acte) -> str:
    """The act, deposited as the courier does: an unknown outcome is asked about before anything is sent again."""
    end = time.monotonic() + 30
    sending = False
    while time.monotonic() < end:
        try:
            found = tdt.find(acte.number, acte.unique_id(EMITTER)) if sending else None
            sending = True
            return found or tdt.deposit(acte)
        except Unreachable:
            time.sleep(0.3)
    raise AssertionError(f"{acte.number} never left")
