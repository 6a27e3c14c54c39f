"""A PDF described to a person."""

from __future__ import annotations

import random
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from hemicycle.protocols.pades.inspection import describe

from .conftest import Cast


def saved(frozen: bytes, **options: object) -> bytes:
    output = BytesIO()
    with pikepdf.open(BytesIO(frozen)) as pdf:
        pdf.save(output, **options)  # type: ignore[arg-type]
    return output.getvalue()


def test_an_unsigned_act_says_what_it_claims(frozen: bytes) -> None:
    description = describe(frozen, "acte.pdf")

    assert description is not None
    assert description.sound
    assert ("Conformité annoncée", "PDF/A-2a") in description.facts
    assert ("Accessibilité annoncée", "PDF/UA-1") in description.facts
    assert ("Signatures", "aucune") in description.facts


def test_a_signed_act_names_its_signatory(frozen: bytes, cast: Cast) -> None:
    description = describe(cast.sign(frozen), "acte.pdf")

    assert description is not None
    assert description.sound
    assert description.kind == "Document PDF signé (PAdES)"
    assert ("Signataire", "Hélène Arnault") in description.facts
    assert ("Heure attestée", "14/09/2026 à 12:00:00 UTC") in description.facts


def test_a_genuine_signature_of_another_maker_is_sound(shared: Path) -> None:
    path = shared / "corpus/fichiers/PDF_signe_pades.pdf"

    description = describe(path.read_bytes(), path.name)

    assert description is not None
    assert description.sound
    assert ("Signataire", "Christian Noir - Recette i-parapheur") in description.facts
    assert ("Portée", "tout le document") in description.facts


def test_a_genuine_signature_altered_is_denounced(shared: Path) -> None:
    content = bytearray((shared / "corpus/fichiers/PDF_signe_pades.pdf").read_bytes())
    content[5000] ^= 1

    description = describe(bytes(content), "acte.pdf")

    assert description is not None
    assert not description.sound


def test_every_pdf_of_the_corpus_is_described(shared: Path) -> None:
    for path in sorted((shared / "corpus").rglob("*.pdf")):
        description = describe(path.read_bytes(), path.name)

        assert description is not None, path.name
        assert description.sound, (path.name, description.problems)


@pytest.mark.parametrize("user", ["secret", ""])
def test_an_encrypted_pdf_is_a_problem(frozen: bytes, user: str) -> None:
    locked = saved(frozen, encryption=pikepdf.Encryption(owner="secret", user=user))

    description = describe(locked, "acte.pdf")

    assert description is not None
    assert "fourni sans protection" in description.problems[0]


def test_an_active_pdf_is_a_problem(frozen: bytes) -> None:
    output = BytesIO()
    with pikepdf.open(BytesIO(frozen)) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        pdf.save(output)

    description = describe(output.getvalue(), "acte.pdf")

    assert description is not None
    assert "script" in description.problems[0]


def test_what_is_no_pdf_is_left_to_others() -> None:
    assert describe(b"<?xml version='1.0'?>", "message.xml") is None


@pytest.mark.parametrize("content", [b"", b"bonjour", b"%PDF-1.7", b"%PDF-1.7\n1 0 obj"])
def test_a_false_or_broken_pdf_is_a_problem(content: bytes) -> None:
    description = describe(content, "acte.pdf")

    assert description is not None
    assert not description.sound


def test_damaged_files_never_raise(frozen: bytes, cast: Cast) -> None:
    signed, dice = cast.sign(frozen), random.Random(7)

    for _ in range(60):
        damaged = bytearray(signed)
        for _ in range(dice.choice([1, 5, 50])):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        description = describe(bytes(damaged), "acte.pdf")

        assert description is not None
        assert all(problem.endswith(".") for problem in description.problems)
