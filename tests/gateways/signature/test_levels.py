"""Each level, by each kind of key, before judges who are not ours: poppler, openssl, pyHanko, veraPDF."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from secrets import token_hex

import httpx
import pytest
from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESPassed
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.ades import ades_lta_validation
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.policy_decl import (
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager

from hemicycle.chain.signing.rules import Proofs, check_signed
from hemicycle.gateways.signature.client import Level, PadesSigner
from hemicycle.gateways.signature.csc import CscKey
from hemicycle.gateways.signature.keys import Key
from hemicycle.gateways.signature.pkcs12 import Pkcs12Key
from hemicycle.gateways.signature.remote import CscService

from .conftest import Office

NOW = datetime.now(UTC).replace(microsecond=0)
KINDS = ("pkcs12", "pkcs11", "csc")


@dataclass(frozen=True, kw_only=True)
class Signed:
    pdf: bytes
    level: Level
    root: bytes
    folder: Path

    @property
    def reader(self) -> PdfFileReader:
        return PdfFileReader(BytesIO(self.pdf))

    @property
    def own(self) -> EmbeddedPdfSignature:
        [found] = self.reader.embedded_regular_signatures
        return found

    def covered(self, signature: EmbeddedPdfSignature) -> bytes:
        """What the signature is over: the file but its hole."""
        start, first, second, length = (int(n) for n in signature.byte_range)
        return self.pdf[start:first] + self.pdf[second : second + length]

    def write(self, name: str, data: bytes) -> None:
        (self.folder / name).write_bytes(data)

    def run(self, *command: str) -> str:
        if shutil.which(command[0]) is None:
            pytest.skip(f"needs {command[0]}")
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, errors="replace")
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr


@pytest.fixture(scope="module")
def key(request: pytest.FixtureRequest, office: Office) -> Key:
    """The president's key of that kind."""
    if request.param == "pkcs12":
        pkcs12, passphrase, _ = office.enrol()
        return Pkcs12Key(pkcs12, passphrase)
    if request.param == "csc":
        remote = request.getfixturevalue("remote")
        service = CscService(url=remote.csc, client_id=remote.client_id, client_secret=remote.client_secret)
        return CscKey(service=service, credential="president", pin="2468")
    hsm = request.getfixturevalue("hsm")
    # pytest may ask for the same key again after another: each has a token of its own.
    token = f"Niveaux {token_hex(4)}"
    hsm.token(token)
    hsm.write_certificates(token, "president", hsm.hold(token, "president", "RSA-3072", office.url))
    return hsm.key(token, "president")  # type: ignore[no-any-return]


@pytest.fixture(scope="module", params=list(Level))
def signed(
    request: pytest.FixtureRequest, key: Key, office: Office, act: bytes, tmp_path_factory: pytest.TempPathFactory
) -> Signed:
    signer = PadesSigner(key, tsa_url=f"{office.url}/tsa", level=request.param)
    folder = tmp_path_factory.mktemp("signed")
    for name in ("root.pem", "issuing.pem"):
        (folder / name).write_bytes(httpx.get(f"{office.url}/{name}").content)
    pdf = signer.sign(act, at=NOW, reason="Délibération adoptée", location="Brissey")
    (folder / "act.pdf").write_bytes(pdf)
    return Signed(pdf=pdf, level=request.param, root=office.root(), folder=folder)


def over_each_kind(test: object) -> object:
    return pytest.mark.parametrize("key", KINDS, indirect=True, scope="module")(test)


@over_each_kind
def test_our_own_checks_accept_it_at_its_level(signed: Signed, act: bytes) -> None:
    proofs = Proofs(trust_roots=[signed.root])

    found = check_signed(signed=signed.pdf, former=act, signers=["Hélène Arnault"], proofs=proofs)

    assert signed.pdf.startswith(act)
    assert (found.level, found.problems) == (signed.level, ())


@over_each_kind
def test_poppler_says_valid_and_total(signed: Signed) -> None:
    said = signed.run("pdfsig", "-nocert", "act.pdf")

    last = said.split("Signature #")[-1]
    assert "Signature is Valid" in said.split("Signature #")[1]
    assert "Total document signed" in last
    assert said.count("Signature #") == (2 if signed.level is Level.B_LTA else 1)


@over_each_kind
def test_openssl_cms_says_the_signature_is_over_these_bytes(signed: Signed) -> None:
    signed.write("signature.der", signed.own.pkcs7_content.rstrip(b"\0"))
    signed.write("data.bin", signed.covered(signed.own))

    said = signed.run(
        *("openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", "signature.der", "-content", "data.bin"),
        *("-CAfile", "root.pem", "-certfile", "issuing.pem", "-purpose", "any", "-out", "/dev/null"),
    )

    assert "CMS Verification successful" in said


@over_each_kind
def test_openssl_ts_says_the_timestamps_are_over_it(signed: Signed) -> None:
    info = signed.own.signer_info
    signed.write("token-1.der", info["unsigned_attrs"][0]["values"][0].dump())
    signed.write("stamped-1.bin", info["signature"].native)
    for rank, stamp in enumerate(signed.reader.embedded_timestamp_signatures, 2):
        signed.write(f"token-{rank}.der", stamp.pkcs7_content)
        signed.write(f"stamped-{rank}.bin", signed.covered(stamp))

    count = 1 + len(signed.reader.embedded_timestamp_signatures)
    for rank in range(1, count + 1):
        said = signed.run(
            *("openssl", "ts", "-verify", "-token_in", "-in", f"token-{rank}.der", "-data", f"stamped-{rank}.bin"),
            *("-CAfile", "root.pem", "-untrusted", "issuing.pem"),
        )
        assert "Verification: OK" in said
    assert count == (2 if signed.level is Level.B_LTA else 1)


def long_term(root: x509.Certificate) -> PdfSignatureValidationSpec:
    """Nothing fetched, and a proof of status required for every certificate of a chain."""
    trusted = CertValidationPolicySpec(
        trust_manager=SimpleTrustManager.build([root]), revinfo_policy=CertRevTrustPolicy(REQUIRE_REVINFO)
    )
    local = RevocationInfoGatheringSpec(RevinfoOnlineFetchingRule.LOCAL_ONLY)
    return PdfSignatureValidationSpec(
        SignatureValidationSpec(
            cert_validation_policy=trusted, ts_cert_validation_policy=trusted, revinfo_gathering_policy=local
        )
    )


@over_each_kind
def test_pyhanko_validates_it_at_its_level(signed: Signed) -> None:
    root = x509.Certificate.load(signed.root)
    if signed.level is Level.B_LTA:
        result = asyncio.run(ades_lta_validation(signed.own, long_term(root)))
        assert result.ades_subindic is AdESPassed.OK, (result.ades_subindic, result.failure_msg)
        assert result.signature_timestamp_status.ades_subindic is AdESPassed.OK
        assert result.oldest_evidence_record_timestamp is not None
        return

    trusted = {"trust_roots": [root], "allow_fetching": False}
    if signed.level is Level.B_LT:
        # At the time of the signature, with what the file holds and nothing else, every status proven.
        store = DocumentSecurityStore.read_dss(signed.reader)
        proven = {"revocation_mode": "hard-fail", "moment": signed.own.self_reported_timestamp}
        context = store.as_validation_context({**trusted, **proven, "retroactive_revinfo": True})
    else:
        context = ValidationContext(**trusted)
    status = validate_pdf_signature(signed.own, context, ts_validation_context=context)

    assert status.bottom_line, status.pretty_print_details()
    assert status.timestamp_validity.valid


@over_each_kind
def test_verapdf_still_finds_an_accessible_archive(signed: Signed, shared: Path) -> None:
    if not (Path.home() / ".cache/hemicycle-verapdf/classes/VeraCheck.class").exists():
        pytest.skip("needs veraPDF, set up by its first use")

    said = signed.run(str(shared / "tools/verapdf/verapdf"), "2a,ua1", "act.pdf")

    assert "PASS" in said.upper()


@pytest.mark.parametrize("level", list(Level))
def test_a_second_signatory_signs_over_the_first_at_the_same_level(office: Office, act: bytes, level: Level) -> None:
    people = ("Hélène Arnault", "Denis Castaniez")
    proofs, former = Proofs(trust_roots=[office.root()]), act
    for rank, name in enumerate(people, 1):
        pkcs12, passphrase, _ = office.enrol(name)
        signer = PadesSigner(Pkcs12Key(pkcs12, passphrase), tsa_url=f"{office.url}/tsa", level=level)
        signed = signer.sign(former, at=NOW, reason="Délibération adoptée", location="Brissey")

        found = check_signed(signed=signed, former=former, signers=people[:rank], proofs=proofs)

        assert (found.signer, found.level, found.problems) == (name, level, ())
        former = signed
