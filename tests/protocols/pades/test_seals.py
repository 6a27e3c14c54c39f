"""A seal is told as such: where a document comes from, not who signed it."""

from __future__ import annotations

from datetime import UTC, datetime

from hemicycle.gateways.signature.fake import FakeSigner
from hemicycle.protocols.pades.report import as_text
from hemicycle.protocols.pades.verify import verify
from tests.signed_acts import a_pdf

AT = datetime(2026, 11, 24, 11, tzinfo=UTC)


def told(signer: FakeSigner) -> str:
    signed = signer.sign(a_pdf(), at=AT, reason="Copie", location="Ambrelle")
    return as_text("copie.pdf", verify(signed, trust_roots=[signer.root]))


def test_a_seal_is_an_organisation_s_and_said_so() -> None:
    text = told(FakeSigner("Département de l’Ormelle", seal=True))

    assert "Cachet 1 sur 1" in text
    assert "Organisation" in text and "Signataire" not in text
    assert "et non la signature d’une personne" in text


def test_a_person_signs() -> None:
    text = told(FakeSigner("Jean Valmorin"))

    assert "Signature 1 sur 1" in text
    assert "cachet" not in text.lower()
