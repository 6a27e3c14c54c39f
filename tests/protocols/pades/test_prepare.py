"""Signing in two acts."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15

from hemicycle.protocols.pades.frozen import NotTheFrozenDocument, Unsignable, check_extends, digest_of
from hemicycle.protocols.pades.prepare import Evidence, SignatureRefused, finish, prepare

from .conftest import NOON, Cast, der


def test_the_digest_is_that_of_the_exact_bytes(frozen: bytes, cast: Cast) -> None:
    prepared = prepare(frozen, certificate=der(cast.president), at=NOON)

    assert digest_of(frozen) == hashlib.sha256(frozen).hexdigest() == prepared.frozen_digest


def test_a_signed_file_starts_with_the_frozen_document(frozen: bytes, cast: Cast) -> None:
    signed = cast.sign(frozen)

    check_extends(signed=signed, frozen=frozen)
    assert digest_of(signed[: len(frozen)]) == digest_of(frozen)


def test_a_second_signature_extends_the_first(frozen: bytes, cast: Cast) -> None:
    once = cast.sign(frozen)

    twice = cast.sign(once)

    check_extends(signed=twice, frozen=once)
    with pytest.raises(NotTheFrozenDocument, match="une seule mise à jour"):
        check_extends(signed=twice, frozen=frozen)


def test_another_document_signed_is_refused(frozen: bytes, cast: Cast) -> None:
    other = cast.sign(frozen.replace(b"%PDF-1.7", b"%PDF-1.6"))

    with pytest.raises(NotTheFrozenDocument, match="ce n’est pas lui"):
        check_extends(signed=other, frozen=frozen)


@pytest.mark.parametrize("addition", [b"", b"% rien\n", b"garbage"])
def test_a_file_without_signature_is_refused(frozen: bytes, addition: bytes) -> None:
    with pytest.raises(NotTheFrozenDocument):
        check_extends(signed=frozen + addition, frozen=frozen)


def test_a_value_made_by_another_key_is_refused(frozen: bytes, cast: Cast) -> None:
    prepared = prepare(frozen, certificate=der(cast.president), at=NOON)
    value = cast.unit.key.sign(prepared.to_be_signed, PKCS1v15(), hashes.SHA256())

    with pytest.raises(SignatureRefused, match="clé du certificat"):
        finish(prepared, signature=value)


def test_a_token_over_something_else_is_refused(frozen: bytes, cast: Cast) -> None:
    prepared = prepare(frozen, certificate=der(cast.president), at=NOON)
    value = cast.president.key.sign(prepared.to_be_signed, PKCS1v15(), hashes.SHA256())

    for token in (cast.token(b"something else"), b"no token"):
        with pytest.raises(SignatureRefused, match="ne porte pas sur cette signature"):
            finish(prepared, signature=value, token=token)


def test_a_hole_too_small_is_refused(frozen: bytes, cast: Cast) -> None:
    prepared = prepare(frozen, certificate=der(cast.president), at=NOON)
    value = cast.president.key.sign(prepared.to_be_signed, PKCS1v15(), hashes.SHA256())
    start, _ = prepared.hole

    with pytest.raises(SignatureRefused, match="plus longue"):
        finish(replace(prepared, hole=(start, start + 100)), signature=value)


def test_bytes_without_final_newline_are_refused(frozen: bytes, cast: Cast) -> None:
    with pytest.raises(Unsignable, match="saut de ligne"):
        prepare(frozen.rstrip(b"\n"), certificate=der(cast.president), at=NOON)


def test_what_is_no_pdf_or_is_encrypted_is_refused(frozen: bytes, cast: Cast, tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(frozen)) as pdf:
        pdf.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="secret", user="secret"))

    for content in (b"bonjour\n", (tmp_path / "locked.pdf").read_bytes() + b"\n"):
        with pytest.raises(Unsignable):
            prepare(content, certificate=der(cast.president), at=NOON)


def metadata(pdf: bytes) -> tuple[dict[str, str], bytes]:
    with pikepdf.open(BytesIO(pdf)) as opened:
        return {k: str(v) for k, v in opened.docinfo.items()}, opened.Root.Metadata.read_bytes()


def test_signing_leaves_the_metadata_as_they_were(frozen: bytes, cast: Cast) -> None:
    signed = cast.sign(frozen)

    assert metadata(signed) == metadata(frozen)


def test_pdfsig_says_valid_and_total(frozen: bytes, cast: Cast, tmp_path: Path) -> None:
    if shutil.which("pdfsig") is None:
        pytest.skip("needs pdfsig (poppler-utils)")
    evidence = Evidence(certificates=[der(cast.issuing)], crls=[cast.crl()])
    for level, signed in {"b": cast.sign(frozen, stamped=False), "lt": cast.sign(frozen, evidence=evidence)}.items():
        path = tmp_path / f"{level}.pdf"
        path.write_bytes(signed)

        said = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True).stdout

        assert "Signature is Valid" in said
        assert "Total document signed" in said
        assert "Sep 14 2026" in said


def test_a_signature_keeps_pdf_a_and_pdf_ua(frozen: bytes, cast: Cast, verapdf: str, tmp_path: Path) -> None:
    evidence = Evidence(certificates=[der(cast.issuing)], crls=[cast.crl()])
    (tmp_path / "signed.pdf").write_bytes(cast.sign(frozen, evidence=evidence))

    said = subprocess.run([verapdf, "2a,ua1", str(tmp_path / "signed.pdf")], capture_output=True, text=True)

    assert said.returncode == 0, said.stdout
