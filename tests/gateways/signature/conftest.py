"""An authority running, a president enrolled with it, and an act to sign."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import typst
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from hemicycle.gateways.signature.client import PadesSigner
from hemicycle.gateways.signature.pkcs12 import Pkcs12Key
from tests.simulators.authority.running import running
from tests.simulators.csc.running import Remote
from tests.simulators.csc.running import running as remote_running

from .tokens import Hsm, softhsm

SOURCE = """#set document(title: "Délibération", date: datetime(year: 2026, month: 9, day: 14))
#set text(lang: "fr")
= Délibération
Le Conseil départemental décide.
"""


@dataclass(frozen=True, kw_only=True)
class Office:
    """What a test needs of the authority."""

    url: str

    def root(self) -> bytes:
        pem = httpx.get(f"{self.url}/root.pem").content
        return x509.load_pem_x509_certificate(pem).public_bytes(Encoding.DER)

    def enrol(self, name: str = "Hélène Arnault", kind: str = "person") -> tuple[bytes, str, str]:
        answer = httpx.post(f"{self.url}/enrol", json={"common_name": name, "kind": kind}).json()
        return base64.b64decode(answer["pkcs12"]), answer["passphrase"], answer["serial"]

    def signer(self, **options: str) -> PadesSigner:
        pkcs12, passphrase, _ = self.enrol()
        return PadesSigner(Pkcs12Key(pkcs12, passphrase), **{"tsa_url": f"{self.url}/tsa", **options})  # type: ignore[arg-type]


@pytest.fixture(scope="package")
def office() -> Iterator[Office]:
    with running() as url:
        yield Office(url=url)


@pytest.fixture(scope="session")
def act(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path: Path = tmp_path_factory.mktemp("act") / "acte.typ"
    path.write_text(SOURCE, encoding="utf-8")
    return bytes(typst.compile(str(path), pdf_standards=["a-2a", "ua-1"])) + b"\n"


@pytest.fixture(scope="package")
def hsm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hsm]:
    with pytest.MonkeyPatch.context() as patch:
        yield softhsm(tmp_path_factory.mktemp("softhsm"), patch)


@pytest.fixture(scope="package")
def remote(office: Office) -> Iterator[Remote]:
    with remote_running(office.url, "--slowness", "1.5") as service:
        yield service
