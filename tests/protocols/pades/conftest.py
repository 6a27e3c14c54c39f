"""A small accessible PDF/A and a signatory of one's own, made once; no network, no simulator."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typst
from asn1crypto import algos, tsp
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.serialization import Encoding

from hemicycle.protocols.pades.prepare import Evidence, finish, prepare
from simulators.authority import certificates, revocation, timestamping
from simulators.authority.certificates import Addresses, Applicant, Holder

NOON = datetime(2026, 9, 14, 12, 0, tzinfo=UTC)
SOURCE = """#set document(title: "Délibération", date: datetime(year: 2026, month: 9, day: 14))
#set text(lang: "fr")
= Délibération
Le Conseil départemental décide.
"""


def der(holder: Holder) -> bytes:
    return holder.certificate.public_bytes(Encoding.DER)


@dataclass(frozen=True, kw_only=True)
class Cast:
    """The authorities and the president."""

    root: Holder
    issuing: Holder
    unit: Holder
    president: Holder

    def token(self, value: bytes, *, at: datetime = NOON) -> bytes:
        return self.token_over(hashlib.sha256(value).digest(), at=at)

    def token_over(self, digest: bytes, *, at: datetime = NOON) -> bytes:
        imprint = {
            "hash_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}),
            "hashed_message": digest,
        }
        request = tsp.TimeStampReq({"version": 1, "message_imprint": imprint, "cert_req": True}).dump()
        answer = timestamping.timestamp(request, unit=self.unit, issuing=self.issuing, serial=1, at=at)
        return bytes(tsp.TimeStampResp.load(answer.response)["time_stamp_token"].dump())

    def sign(self, pdf: bytes, *, stamped: bool = True, evidence: Evidence | None = None, at: datetime = NOON) -> bytes:
        prepared = prepare(
            pdf,
            certificate=der(self.president),
            chain=[der(self.issuing)],
            at=at,
            reason="Délibération adoptée",
            location="Nantes",
            name="Hélène Arnault",
            evidence=evidence,
        )
        value = self.president.key.sign(prepared.to_be_signed, PKCS1v15(), hashes.SHA256())
        return finish(prepared, signature=value, token=self.token(value, at=at) if stamped else None)

    def crl(self, *, revoked_at: datetime | None = None, at: datetime = NOON) -> bytes:
        serial = self.president.certificate.serial_number
        return revocation.crl(self.issuing, {serial: revoked_at} if revoked_at else {}, number=1, at=at)


def make_cast(at: datetime = NOON) -> Cast:
    addresses = Addresses(crl="http://authority.invalid/crl")
    root = certificates.make_root(at=at)
    issuing = certificates.make_issuing(root, addresses=addresses, at=at)
    applicant = Applicant(kind="person", common_name="Hélène Arnault", organisation="Département")
    return Cast(
        root=root,
        issuing=issuing,
        unit=certificates.make_timestamper(issuing, addresses=addresses, at=at),
        president=certificates.issue(applicant, issuing, addresses=addresses, at=at),
    )


@pytest.fixture(scope="session")
def cast() -> Cast:
    return make_cast()


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], bytes]:
    def compile_one(source: str) -> bytes:
        path = tmp_path_factory.mktemp("typst") / "acte.typ"
        path.write_text(source, encoding="utf-8")
        return bytes(typst.compile(str(path), pdf_standards=["a-2a", "ua-1"])) + b"\n"

    return compile_one


@pytest.fixture(scope="session")
def frozen(compiled: Callable[[str], bytes]) -> bytes:
    return compiled(SOURCE)


@pytest.fixture
def verapdf(shared: Path) -> str:
    """The referee of PDF/A and PDF/UA, where it has already been set up."""
    if not (Path.home() / ".cache/hemicycle-verapdf/classes/VeraCheck.class").exists():
        pytest.skip("needs veraPDF, set up by its first use")
    return str(shared / "tools/verapdf/verapdf")
