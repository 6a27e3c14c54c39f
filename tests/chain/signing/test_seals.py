"""The seal of the organisation, judged."""

from __future__ import annotations

import pytest

from hemicycle.chain.signing.rules import NotTheSignature, Proofs, check_signed
from hemicycle.chain.signing.seals import check_sealed
from tests.signed_acts import a_pdf, sign_pdf, the_president_s_signer, the_seal

NONE = Proofs()


def test_the_seal_of_an_organisation_says_where_a_copy_comes_from() -> None:
    sealed = sign_pdf(a_pdf(), the_seal())

    found = check_sealed(sealed=sealed, copy=a_pdf(), proofs=Proofs(trust_roots=[the_seal().root]))

    assert (found.signer, found.seal, found.trusted) == ("Département de l’Ormelle", True, True)


def test_a_person_s_key_is_no_seal() -> None:
    with pytest.raises(NotTheSignature, match="celle d’une personne, « Jean Valmorin »"):
        check_sealed(sealed=sign_pdf(a_pdf(), the_president_s_signer()), copy=a_pdf(), proofs=NONE)


def test_a_seal_is_no_signature() -> None:
    with pytest.raises(NotTheSignature, match="le cachet de « Département de l’Ormelle », et non une signature"):
        check_signed(
            signed=sign_pdf(a_pdf(), the_seal()), former=a_pdf(), signers=["Département de l’Ormelle"], proofs=NONE
        )


@pytest.mark.parametrize("sealed", [a_pdf(), b"%PDF-1.7 rien"])
def test_a_file_that_is_not_the_copy_under_one_seal_is_refused(sealed: bytes) -> None:
    with pytest.raises(NotTheSignature):
        check_sealed(sealed=sealed, copy=a_pdf(), proofs=NONE)


def test_a_seal_altered_by_one_byte_is_refused() -> None:
    sealed = bytearray(sign_pdf(a_pdf(), the_seal()))
    sealed[sealed.index(b"Ambrelle")] ^= 1

    with pytest.raises(NotTheSignature):
        check_sealed(sealed=bytes(sealed), copy=a_pdf(), proofs=NONE)
