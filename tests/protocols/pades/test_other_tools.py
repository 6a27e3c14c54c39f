"""Files that other programs signed, and those that nobody should have signed so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter

from hemicycle.protocols.pades.verify import Unreadable, verify

from .conftest import Cast, der
from .makers import filled, president_of, sign_elsewhere, signer_of, stranger, with_text_field

NOW = datetime.now(UTC)


@pytest.mark.parametrize("subfilter", [SigSeedSubFilter.PADES, SigSeedSubFilter.ADOBE_PKCS7_DETACHED])
@pytest.mark.parametrize("pss", [False, True])
def test_a_signature_of_another_program_is_whole(
    frozen: bytes, cast: Cast, subfilter: SigSeedSubFilter, pss: bool
) -> None:
    signed = sign_elsewhere(frozen, president_of(cast, pss=pss), subfilter=subfilter)

    verdict = verify(signed, trust_roots=[der(cast.root)])

    assert verdict.outcome == "whole", verdict.faults
    assert verdict.signatures[0].algorithm.startswith("SHA-256, RSA")


def test_a_later_signature_with_a_frame_leaves_the_first_whole_and_says_where_to_look(
    frozen: bytes, cast: Cast
) -> None:
    signed = sign_elsewhere(cast.sign(frozen), president_of(cast), box=(50, 50, 250, 120))

    verdict = verify(signed, trust_roots=[der(cast.root)])

    assert verdict.outcome == "whole", verdict.faults
    assert verdict.signatures[0].additions == ("une autre signature",)
    assert any("cadre visible page 1" in note for note in verdict.signatures[0].notes)


def test_a_later_signature_by_a_stranger_leaves_the_first_whole_but_not_the_file(frozen: bytes, cast: Cast) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    signed = sign_elsewhere(cast.sign(frozen), signer_of(key, stranger(key)))

    verdict = verify(signed, trust_roots=[der(cast.root)])

    assert [s.outcome for s in verdict.signatures] == ["whole", "doubtful"]
    assert verdict.outcome == "doubtful"


def test_a_field_filled_after_the_signature_is_refused(frozen: bytes, cast: Cast) -> None:
    signed = cast.sign(with_text_field(frozen))

    before = verify(signed, trust_roots=[der(cast.root)])
    after = verify(filled(signed, "1 000 000 euros"), trust_roots=[der(cast.root)])

    assert before.outcome == "whole"
    assert after.outcome == "refused"
    assert "le champ « montant » a été rempli ou modifié" in after.faults[0]


def test_a_field_that_the_signatory_left_to_fill_is_a_doubt(frozen: bytes, cast: Cast) -> None:
    signed = sign_elsewhere(
        with_text_field(frozen), president_of(cast), certify=True, docmdp_permissions=MDPPerm.FILL_FORMS
    )

    verdict = verify(filled(signed, "13 000 euros"), trust_roots=[der(cast.root)])

    assert verdict.outcome == "doubtful"
    assert "montant" in verdict.faults[0]
    assert "qui l’admettait" in verdict.faults[0]


def test_a_field_filled_where_the_signatory_forbade_it_is_refused(frozen: bytes, cast: Cast) -> None:
    signed = sign_elsewhere(
        with_text_field(frozen), president_of(cast), certify=True, docmdp_permissions=MDPPerm.NO_CHANGES
    )

    verdict = verify(filled(signed, "13 000 euros"), trust_roots=[der(cast.root)])

    assert verdict.outcome == "refused"


@pytest.mark.parametrize(("digest", "said"), [("sha1", "SHA-1"), ("md5", "MD5")])
def test_a_weak_digest_is_refused_and_named(frozen: bytes, cast: Cast, digest: str, said: str) -> None:
    signed = sign_elsewhere(frozen, president_of(cast), md_algorithm=digest)

    verdict = verify(signed, trust_roots=[der(cast.root)])

    assert verdict.outcome == "refused"
    assert any(f"emploie l’algorithme {said}" in fault for fault in verdict.faults), verdict.faults


def test_a_short_key_is_refused_and_measured(frozen: bytes) -> None:
    key = rsa.generate_private_key(65537, 1024)
    certificate = stranger(key)

    verdict = verify(
        sign_elsewhere(frozen, signer_of(key, certificate)), trust_roots=[certificate.public_bytes(Encoding.DER)]
    )

    assert verdict.outcome == "refused"
    assert any("une clé RSA de 1024 bits" in fault for fault in verdict.faults)


def test_a_certificate_for_something_else_than_signing_is_a_doubt(frozen: bytes) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = stranger(key, signs=False)

    verdict = verify(
        sign_elsewhere(frozen, signer_of(key, certificate)), trust_roots=[certificate.public_bytes(Encoding.DER)]
    )

    assert verdict.outcome == "doubtful"
    assert "n’est pas destiné à la signature" in verdict.faults[0]


def test_a_signature_without_timestamp_whose_certificate_expired_since_is_a_doubt(frozen: bytes, cast: Cast) -> None:
    verdict = verify(cast.sign(frozen, stamped=False), trust_roots=[der(cast.root)], at=NOW + timedelta(days=4000))

    assert verdict.outcome == "doubtful"
    assert "rien ne prouve que la signature soit antérieure" in verdict.faults[0]


def test_a_certificate_already_expired_when_signing_is_refused(frozen: bytes, cast: Cast) -> None:
    late = cast.sign(frozen, at=datetime(2032, 1, 1, tzinfo=UTC), stamped=False)

    verdict = verify(late, trust_roots=[der(cast.root)])

    assert verdict.outcome == "refused"
    assert "n’était pas en cours de validité" in verdict.faults[0]


def test_the_genuine_file_of_another_maker_is_intact_and_its_authority_unknown(shared: Path, cast: Cast) -> None:
    data = (shared / "corpus/fichiers/PDF_signe_pades.pdf").read_bytes()

    verdict = verify(data, trust_roots=[der(cast.root)], at=NOW)

    [signature] = verdict.signatures
    assert verdict.outcome == "doubtful"
    assert signature.intact
    assert signature.covers_its_revision
    assert signature.signer == "Christian Noir - Recette i-parapheur"
    assert "n’a pas été délivré par une autorité reconnue" in verdict.faults[0]


def test_an_encrypted_file_is_refused(frozen: bytes) -> None:
    output = BytesIO()
    with pikepdf.open(BytesIO(frozen)) as pdf:
        pdf.save(output, encryption=pikepdf.Encryption(owner="secret", user=""))

    with pytest.raises(Unreadable, match="chiffré"):
        verify(output.getvalue(), trust_roots=[])


def test_a_hostile_name_neither_turns_the_line_nor_clears_the_screen(frozen: bytes) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = "Le Préfet\u202e {0}\x1b[2J" + "x" * 30

    verdict = verify(sign_elsewhere(frozen, signer_of(key, stranger(key, name=name))), trust_roots=[])

    shown = verdict.signatures[0].signer
    assert shown.startswith("Le Préfet {0} [2J")
    assert all(character.isprintable() for character in shown)
