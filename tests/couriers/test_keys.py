"""A key reference leads to its file, its token or its service; what is missing is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509 import load_der_x509_certificate
from django.core.exceptions import ValidationError

from hemicycle.accounts.models import Signatory
from hemicycle.couriers import keys
from hemicycle.couriers.keys import signer_of
from hemicycle.gateways.signature.client import PadesSigner
from hemicycle.gateways.signature.csc import CscKey
from hemicycle.gateways.signature.errors import Rejected
from hemicycle.gateways.signature.fake import FakeSigner
from hemicycle.gateways.signature.pkcs11 import Pkcs11Key
from hemicycle.gateways.signature.pkcs12 import Pkcs12Key


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.SIGNATURE_KEYS, settings.PKCS11_MODULE = tmp_path, "/lib/jeton.so"
    settings.CSC_URL, settings.CSC_CLIENT_ID, settings.CSC_CLIENT_SECRET = "https://csc.test/csc/v2", "moi", "secret"
    return tmp_path


def key_of(reference: str) -> Any:
    signer = signer_of(reference)
    assert isinstance(signer, PadesSigner)
    return signer._key


@pytest.mark.parametrize("reference", ["president", "p12:president"])
def test_a_name_is_that_of_a_file(folder: Path, reference: str) -> None:
    signer = FakeSigner("Hélène Arnault")
    certificate = load_der_x509_certificate(signer.certificate)
    locked = BestAvailableEncryption(b"secret")
    (folder / "president.p12").write_bytes(serialize_key_and_certificates(b"", signer._key, certificate, None, locked))
    (folder / "president.pass").write_text("secret\n")

    found = key_of(reference)

    assert isinstance(found, Pkcs12Key)
    assert signer_of("president") is signer_of(reference)
    assert signer_of(reference).signer_name == "Hélène Arnault"


def test_a_token_has_its_pin_in_a_file_and_is_kept_until_that_file_changes(folder: Path) -> None:
    (folder / "Présidence.pin").write_text("0000\n")
    first = key_of("pkcs11:Présidence/id=0a1b")
    again = key_of("pkcs11:Présidence/id=0a1b")
    (folder / "Présidence.pin").write_text("1234\n")
    (folder / "Présidence.id=0a1b.pem").write_text("")

    corrected = key_of("pkcs11:Présidence/id=0a1b")

    assert isinstance(first, Pkcs11Key)
    assert first is again
    assert (first.module, first.token, first.name, first.pin) == ("/lib/jeton.so", "Présidence", "id=0a1b", "0000")
    assert (corrected.pin, corrected.certificate_file) == ("1234", folder / "Présidence.id=0a1b.pem")


def test_a_credential_of_the_remote_service_may_have_no_pin(folder: Path) -> None:
    (folder / "president.pin").write_text("2468")

    with_pin, without = key_of("csc:president"), key_of("csc:cachet")

    assert isinstance(with_pin, CscKey)
    assert (with_pin.credential, with_pin.pin, without.pin) == ("president", "2468", "")
    assert with_pin.service.url == "https://csc.test/csc/v2"


@pytest.mark.parametrize(
    ("reference", "sentence"),
    [
        ("absent", "déposer absent.p12"),
        ("pkcs11:Absent/cle", "demande son code PIN"),
        ("vault:cle", "ni p12:nom, ni pkcs11:jeton/clé, ni csc:identifiant"),
    ],
)
def test_what_is_missing_is_named(folder: Path, reference: str, sentence: str) -> None:
    with pytest.raises(Rejected, match=sentence):
        signer_of(reference)


def test_without_a_remote_service_its_keys_are_refused(folder: Path, settings: Any) -> None:
    settings.CSC_URL = ""

    with pytest.raises(Rejected, match="HEMICYCLE_CSC_URL est vide"):
        signer_of("csc:president")


def test_a_chain_that_is_no_pem_is_named(folder: Path) -> None:
    (folder / "chain.pem").write_text("bonjour")

    with pytest.raises(Rejected, match=r"chain\.pem"):
        signer_of("csc:president")


@pytest.mark.parametrize(
    "reference",
    [
        "president",
        "p12:president",
        "pkcs11:Présidence CD/cle-1",
        "pkcs11:J/id=0a1b",
        "csc:a@b.c:12",
        "iparapheur:Actes/Signature (CD)",
    ],
)
def test_a_signatory_may_have_any_of_these_references(reference: str) -> None:
    Signatory._meta.get_field("key_name").clean(reference, None)


@pytest.mark.parametrize(
    "reference",
    ["", "a/b", "../p", "p12:../p", "pkcs11:jeton", "pkcs11:../a/b/c", "vault:x", "iparapheur:Actes", "a\n"],
)
def test_a_signatory_may_have_no_other(reference: str) -> None:
    with pytest.raises(ValidationError):
        Signatory._meta.get_field("key_name").clean(reference, None)


@pytest.fixture(autouse=True)
def _keys_of_this_test() -> None:
    for kept in (keys._signer, keys._file_key, keys._token_key, keys._remote_key):
        kept.cache_clear()


def test_a_pin_typed_serves_one_gesture_and_is_not_kept(folder: Path) -> None:
    (folder / "president-otp.pin").write_text("2468")

    token = signer_of("pkcs11:Présidence/cle", {"PIN": "1357"})
    remote = signer_of("csc:president-otp", {"OTP": "123456"})

    assert isinstance(token, PadesSigner) and isinstance(remote, PadesSigner)
    held, kept = token._key, remote._key
    assert isinstance(held, Pkcs11Key) and isinstance(kept, CscKey)
    assert (held.pin, kept.pin, kept.otp) == ("1357", "2468", "123456")
    assert signer_of("csc:president-otp", {"OTP": "123456"}) is not remote
