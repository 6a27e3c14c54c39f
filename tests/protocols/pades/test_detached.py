"""A signature made apart from the file: the bytes go out, a CMS comes back."""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest
from asn1crypto import cms, pem
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509 import load_der_x509_certificate

from hemicycle.gateways.signature.fake import FakeSigner, token_over
from hemicycle.protocols.pades.detached import blank, blob_of, embed, is_cms, unstamped_value, with_token
from hemicycle.protocols.pades.frozen import check_extends
from hemicycle.protocols.pades.prepare import SignatureRefused
from hemicycle.protocols.pades.verify import verify
from tests.signed_acts import a_pdf, sign_pdf

AT = datetime(2026, 11, 24, 11, tzinfo=UTC)
TOOL = Path(__file__).resolve().parents[3] / "docs" / "sign_blob.py"


@pytest.fixture(scope="module")
def signer() -> FakeSigner:
    return FakeSigner("Jean Valmorin")


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("sign_blob", TOOL)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def prepared() -> bytes:
    return blank(a_pdf(), at=AT, reason="Acte", location="Ambrelle", name="Jean Valmorin")


def test_the_tool_in_the_documentation_signs_what_any_reader_accepts(signer: FakeSigner, tool: ModuleType) -> None:
    locked = BestAvailableEncryption(b"secret")
    root, own = load_der_x509_certificate(signer.root), load_der_x509_certificate(signer.certificate)
    p12 = serialize_key_and_certificates(b"", signer._key, own, [root], locked)
    document = prepared()

    certificates, sign = tool.from_p12(p12, "secret")
    signed = embed(document, tool.detached(blob_of(document), certificates, sign))

    check_extends(signed=signed, frozen=a_pdf())
    (found,) = verify(signed, trust_roots=[signer.root]).signatures
    assert found.intact and found.covers_whole_document and found.trusted
    assert (found.signer, found.level) == ("Jean Valmorin", "B-B")


def test_a_wrong_password_is_said(signer: FakeSigner, tool: ModuleType) -> None:
    p12 = serialize_key_and_certificates(
        b"", signer._key, load_der_x509_certificate(signer.certificate), None, BestAvailableEncryption(b"secret")
    )

    with pytest.raises(ValueError, match="password"):
        tool.from_p12(p12, "autre")


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_openssl_signs_it_too(signer: FakeSigner, tmp_path: Path) -> None:
    document = prepared()
    (tmp_path / "blob").write_bytes(blob_of(document))
    key = signer._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "key.pem").write_bytes(key)
    (tmp_path / "own.pem").write_bytes(load_der_x509_certificate(signer.certificate).public_bytes(Encoding.PEM))
    command = "openssl cms -sign -binary -cades -md sha256 -in blob -signer own.pem -inkey key.pem -outform PEM -out s"
    subprocess.run(command.split(), cwd=tmp_path, check=True, capture_output=True)

    signed = embed(document, (tmp_path / "s").read_bytes())

    (found,) = verify(signed, trust_roots=[signer.root]).signatures
    assert found.intact and found.signer == "Jean Valmorin"


def test_the_timestamp_joins_it_afterwards(signer: FakeSigner) -> None:
    document = prepared()
    signed = embed(document, signer.sign_apart(blob_of(document)))
    value = unstamped_value(signed)
    assert value is not None

    stamped = with_token(signed, token_over(hashlib.sha256(value).digest(), AT))

    (found,) = verify(stamped, trust_roots=[signer.root]).signatures
    assert unstamped_value(stamped) is None
    assert (found.intact, found.stamped_at, found.level) == (True, AT, "B-T")
    assert len(stamped) == len(document)


def test_a_file_already_timestamped_needs_nothing(signer: FakeSigner) -> None:
    assert unstamped_value(sign_pdf(a_pdf(), signer)) is None


def test_what_is_not_the_detached_signature_of_that_very_file_is_refused(signer: FakeSigner) -> None:
    document = prepared()
    good = signer.sign_apart(blob_of(document))
    wrong = {
        "ne porte pas sur le bloc": signer.sign_apart(b"autre chose"),
        "lisible": b"0\x03abc",
        "ne désigne pas son certificat": without_reference(good),
    }

    for sentence, content in wrong.items():
        with pytest.raises(SignatureRefused, match=sentence):
            embed(document, content)
    with pytest.raises(SignatureRefused, match="pas de place"):
        embed(a_pdf(), good)
    with pytest.raises(SignatureRefused, match="lisible"):
        embed(document, good + b"0" * 300_000)


def without_reference(good: bytes) -> bytes:
    envelope = cms.ContentInfo.load(good)
    signer = envelope["content"]["signer_infos"][0]
    signer["signed_attrs"] = cms.CMSAttributes(
        [each for each in signer["signed_attrs"] if each["type"].native != "signing_certificate_v2"]
    )
    return bytes(envelope.dump(force=True))


def test_pem_and_der_are_both_taken(signer: FakeSigner) -> None:
    document = prepared()
    der = signer.sign_apart(blob_of(document))
    armored = pem.armor("CMS", der)

    assert embed(document, armored) == embed(document, der)
    assert (is_cms(der), is_cms(armored), is_cms(a_pdf())) == (True, True, False)
