"""The double signs as the real one does."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from hemicycle.gateways.signature.client import Signer
from hemicycle.gateways.signature.errors import Rejected, Unreachable
from hemicycle.gateways.signature.fake import FakeSigner
from hemicycle.protocols.pades.frozen import check_extends
from hemicycle.protocols.pades.verify import verify

NOON = datetime(2026, 9, 14, 12, 0, tzinfo=UTC)


def test_the_double_makes_a_valid_stamped_signature(act: bytes) -> None:
    signer = FakeSigner("Hélène Arnault")
    port: Signer = signer

    signed = port.sign(act, at=NOON, reason="Délibération", location="Nantes")

    verdict = verify(signed, trust_roots=[signer.root])
    check_extends(signed=signed, frozen=act)
    [signature] = verdict.signatures
    assert verdict.valid, verdict
    assert (signature.signer, signature.level) == ("Hélène Arnault", "B-T")
    assert signature.signed_at == signature.stamped_at == NOON


def test_the_double_refuses_as_the_real_one_does(act: bytes) -> None:
    with pytest.raises(Rejected, match="saut de ligne"):
        FakeSigner().sign(act.rstrip(b"\n"), at=NOON, reason="", location="")


def test_the_double_fails_on_demand(act: bytes) -> None:
    signer = FakeSigner()
    signer.failure = Unreachable("Le service d’horodatage ne répond pas.")

    with pytest.raises(Unreachable):
        signer.sign(act, at=NOON, reason="", location="")
