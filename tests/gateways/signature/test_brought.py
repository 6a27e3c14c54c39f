"""A file signed elsewhere: its certificate is asked of its authority."""

from __future__ import annotations

import datetime as dt

import httpx
import pytest

from hemicycle.gateways.signature.brought import proof_of
from hemicycle.gateways.signature.client import PadesSigner
from hemicycle.gateways.signature.errors import Rejected
from hemicycle.gateways.signature.fake import FakeSigner
from hemicycle.gateways.signature.pkcs12 import Pkcs12Key
from tests.gateways.signature.conftest import Office


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def test_a_certificate_that_stands_brings_its_proof(office: Office, act: bytes) -> None:
    signed = office.signer().sign(act, at=now(), reason="", location="")

    found = proof_of(signed, at=now(), known=[office.root()])

    assert found.ocsp_responses or found.crls


def test_a_certificate_revoked_since_is_refused_with_its_date(office: Office, act: bytes) -> None:
    pkcs12, passphrase, serial = office.enrol()
    signed = PadesSigner(Pkcs12Key(pkcs12, passphrase), tsa_url=f"{office.url}/tsa").sign(
        act, at=now(), reason="", location=""
    )
    httpx.post(f"{office.url}/revoke", json={"serial": serial})

    with pytest.raises(Rejected, match="« Hélène Arnault » est révoqué depuis le"):
        proof_of(signed, at=now(), known=[office.root()])


def test_a_certificate_whose_authority_is_unknown_cannot_be_asked_about(act: bytes) -> None:
    signed = FakeSigner("Jean Valmorin").sign(act, at=now(), reason="", location="")

    with pytest.raises(Rejected, match="n’est pas connue"):
        proof_of(signed, at=now())


def test_a_file_without_signature_has_no_certificate(act: bytes) -> None:
    with pytest.raises(Rejected, match="illisible"):
        proof_of(act, at=now())
