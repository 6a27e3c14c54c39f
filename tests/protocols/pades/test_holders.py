"""Who signed last, by the certificate in the file."""

from __future__ import annotations

from hemicycle.gateways.signature.fake import FakeSigner
from hemicycle.protocols.pades.holders import last_holder
from tests.signed_acts import a_pdf, sign_pdf


def test_the_last_holder_is_that_of_the_last_signature() -> None:
    second = FakeSigner("Jean Valmorin")
    signed = sign_pdf(sign_pdf(a_pdf(), FakeSigner("Marie Aubanel")), second)

    found = last_holder(signed)

    assert found is not None
    assert (found.name, found.certificate) == ("Jean Valmorin", second.certificate)
    assert found.valid_from < found.valid_until


def test_nobody_signed_an_unsigned_file_nor_one_that_is_no_pdf() -> None:
    assert last_holder(a_pdf()) is None
    assert last_holder(b"rien") is None
