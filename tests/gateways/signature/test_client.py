"""Signing against the simulated authority."""

from __future__ import annotations

import shutil
import socket
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from hemicycle.gateways.signature.client import Document, PadesSigner
from hemicycle.gateways.signature.errors import Rejected, Unreachable
from hemicycle.gateways.signature.pkcs12 import Pkcs12Key
from hemicycle.protocols.pades.frozen import check_extends
from hemicycle.protocols.pades.verify import verify
from tests.simulators.authority.running import running

from .conftest import Office

NOW = datetime.now(UTC).replace(microsecond=0)


def sign(signer: PadesSigner, act: bytes, at: datetime = NOW) -> bytes:
    return signer.sign(act, at=at, reason="Délibération adoptée", location="Nantes")


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_signed_act_is_valid_stamped_and_long_term(office: Office, act: bytes) -> None:
    signed = sign(office.signer(), act)

    verdict = verify(signed, trust_roots=[office.root()])
    check_extends(signed=signed, frozen=act)
    [signature] = verdict.signatures
    assert verdict.valid
    assert (signature.signer, signature.level) == ("Hélène Arnault", "B-LT")
    assert signature.signed_at == NOW
    assert signature.stamped_at is not None
    assert signature.covers_whole_document


def test_pdfsig_says_valid_and_total(office: Office, act: bytes, tmp_path: Path) -> None:
    if shutil.which("pdfsig") is None:
        pytest.skip("needs pdfsig (poppler-utils)")
    (tmp_path / "acte.pdf").write_bytes(sign(office.signer(), act))

    said = subprocess.run(["pdfsig", "-nocert", str(tmp_path / "acte.pdf")], capture_output=True, text=True).stdout

    assert "Signature is Valid" in said
    assert "Total document signed" in said


def test_openssl_verifies_the_timestamp_of_a_signature(office: Office, act: bytes, tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl")
    from pyhanko.pdf_utils.reader import PdfFileReader

    with (tmp_path / "acte.pdf").open("w+b") as file:
        file.write(sign(office.signer(), act))
        info = PdfFileReader(file).embedded_signatures[0].signer_info
    (tmp_path / "token.der").write_bytes(info["unsigned_attrs"][0]["values"][0].dump())
    (tmp_path / "value.bin").write_bytes(info["signature"].native)
    for name in ("root.pem", "issuing.pem"):
        (tmp_path / name).write_bytes(httpx.get(f"{office.url}/{name}").content)

    said = subprocess.run(
        [
            "openssl",
            "ts",
            "-verify",
            "-token_in",
            "-in",
            "token.der",
            "-data",
            "value.bin",
            "-CAfile",
            "root.pem",
            "-untrusted",
            "issuing.pem",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )

    assert "Verification: OK" in said.stdout + said.stderr


def test_a_signature_keeps_pdf_a_and_pdf_ua(office: Office, act: bytes, shared: Path, tmp_path: Path) -> None:
    if not (Path.home() / ".cache/hemicycle-verapdf/classes/VeraCheck.class").exists():
        pytest.skip("needs veraPDF, set up by its first use")
    (tmp_path / "acte.pdf").write_bytes(sign(office.signer(), act))

    said = subprocess.run(
        [str(shared / "tools/verapdf/verapdf"), "2a,ua1", str(tmp_path / "acte.pdf")],
        capture_output=True,
        text=True,
    )

    assert said.returncode == 0, said.stdout


def test_a_signature_follows_the_authority_s_clock_not_ours(act: bytes) -> None:
    september = datetime(2026, 9, 14, 12, 0, tzinfo=UTC)
    with running("--now", september.isoformat()) as url:
        office = Office(url=url)
        signed = sign(office.signer(), act, at=september)
        verdict = verify(signed, trust_roots=[office.root()])

    [signature] = verdict.signatures
    assert verdict.valid
    assert signature.signed_at == september
    assert signature.stamped_at is not None
    assert abs(signature.stamped_at - september) < timedelta(minutes=1)


def test_a_revoked_certificate_does_not_sign(office: Office, act: bytes) -> None:
    pkcs12, passphrase, serial = office.enrol()
    signer = PadesSigner(Pkcs12Key(pkcs12, passphrase), tsa_url=f"{office.url}/tsa")
    httpx.post(f"{office.url}/revoke", json={"serial": serial})

    with pytest.raises(Rejected, match="est révoqué depuis le"):
        sign(signer, act)


def test_a_revocation_is_seen_by_the_list_when_ocsp_is_down(office: Office, act: bytes) -> None:
    pkcs12, passphrase, serial = office.enrol()
    down = f"http://127.0.0.1:{closed_port()}/ocsp"
    signer = PadesSigner(Pkcs12Key(pkcs12, passphrase), tsa_url=f"{office.url}/tsa", ocsp_url=down)
    first = sign(signer, act)
    httpx.post(f"{office.url}/revoke", json={"serial": serial})

    assert verify(first, trust_roots=[office.root()]).signatures[0].level == "B-LT"
    with pytest.raises(Rejected, match="est révoqué depuis le"):
        sign(signer, act)


def test_a_silent_timestamping_service_is_a_reason_to_retry(office: Office, act: bytes) -> None:
    signer = office.signer(tsa_url=f"http://127.0.0.1:{closed_port()}/tsa")

    with pytest.raises(Unreachable, match="service d’horodatage ne répond pas"):
        sign(signer, act)


def test_a_silent_authority_is_a_reason_to_retry(act: bytes) -> None:
    with running() as url:
        signer = Office(url=url).signer()

    with pytest.raises(Unreachable):
        sign(signer, act)


def test_a_service_that_is_no_timestamping_service_stamps_nothing(office: Office, act: bytes) -> None:
    for path, error in (("/enrol", Rejected), ("/absent", Rejected), ("/ocsp", Unreachable)):
        signer = office.signer(tsa_url=f"{office.url}{path}")

        with pytest.raises(error):
            sign(signer, act)


@pytest.mark.parametrize("days", [-4000, 4000])
def test_a_certificate_out_of_its_life_does_not_sign(office: Office, act: bytes, days: int) -> None:
    signer = office.signer()

    with pytest.raises(Rejected, match="Hélène Arnault"):
        sign(signer, act, at=NOW + timedelta(days=days))


def test_a_certificate_for_tls_does_not_sign(office: Office, act: bytes) -> None:
    pkcs12, passphrase, _ = office.enrol("tdt.exemple.fr", kind="tls")
    signer = PadesSigner(Pkcs12Key(pkcs12, passphrase), tsa_url=f"{office.url}/tsa")

    with pytest.raises(Rejected, match="n’est pas destiné à la signature"):
        sign(signer, act)


def test_a_wrong_passphrase_is_refused(office: Office) -> None:
    pkcs12, _, _ = office.enrol()

    for content, passphrase in ((pkcs12, "faux"), (b"bruit", "faux")):
        with pytest.raises(Rejected, match="mot de passe erroné"):
            Pkcs12Key(content, passphrase)


def test_a_document_that_cannot_be_signed_is_refused(office: Office, act: bytes) -> None:
    signer = office.signer()

    for content in (act.rstrip(b"\n"), b"bonjour\n"):
        with pytest.raises(Rejected):
            sign(signer, content)


def test_each_act_costs_one_token_once_the_service_is_known(office: Office, act: bytes) -> None:
    signer = office.signer()
    sign(signer, act)
    before = httpx.get(office.url).text.count('<td class="code">')

    signer.sign_all([Document(pdf=act, reason="")] * 2, at=NOW, location="")

    # Three cells a token on the authority's page.
    assert httpx.get(office.url).text.count('<td class="code">') == before + 2 * 3
