"""`hemicycle verify`: signed files judged in sentences, and by the exit code."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from hemicycle.inspection import verify
from tests.journeys.playing import run
from tests.protocols.pades import attacks
from tests.protocols.pades.conftest import NOON, Cast, cast, compiled, frozen

__all__ = ["cast", "compiled", "frozen"]


@pytest.fixture
def roots(tmp_path: Path, cast: Cast) -> Path:
    folder = tmp_path / "autorites"
    folder.mkdir()
    (folder / "racine.pem").write_bytes(cast.root.certificate.public_bytes(Encoding.PEM))
    (folder / "LISEZMOI.txt").write_text("Les autorités de confiance.")
    return folder


@pytest.fixture
def signed(tmp_path: Path, cast: Cast, frozen: bytes) -> Path:
    place = tmp_path / "acte.pdf"
    place.write_bytes(cast.sign(frozen))
    return place


def test_a_whole_file_of_a_known_authority_is_code_0(signed: Path, roots: Path) -> None:
    report, code = verify([signed], roots=roots, at=NOON)

    assert code == 0
    assert report.startswith("acte.pdf : entier\n")
    assert "rien n’y a changé depuis sa signature par Hélène Arnault." in report
    assert re.search(r"Niveau +B-T : datée par un horodatage", report)
    assert re.search(r"Date prouvée +14/09/2026 à 14:00:00\n", report)


def test_without_authorities_the_file_is_doubtful_and_code_1(signed: Path) -> None:
    report, code = verify([signed], roots=None, at=NOON)

    assert code == 1
    assert "acte.pdf : douteux" in report
    assert "n’a été confronté à aucune autorité reconnue" in report
    assert "par une autorité non reconnue" in report


def test_the_worst_of_several_files_makes_the_code(signed: Path, roots: Path) -> None:
    forged = signed.with_name("faux.pdf")
    forged.write_bytes(attacks.draw_over(signed.read_bytes()))

    report, code = verify([signed, forged], roots=roots, at=NOON)

    assert code == 2
    assert "acte.pdf : entier" in report
    assert "faux.pdf : refusé" in report
    assert "✗ Le document a été modifié après la signature de « Hélène Arnault » : la page 1" in report


def test_a_file_without_signature_is_doubtful(frozen: bytes, tmp_path: Path) -> None:
    (tmp_path / "projet.pdf").write_bytes(frozen)

    report, code = verify([tmp_path / "projet.pdf"], roots=None, at=NOON)

    assert code == 1
    assert "ne porte aucune signature" in report


@pytest.mark.parametrize("content", [None, b"", b"bonjour", b"%PDF-1.7\n1 0 obj"])
def test_what_is_no_pdf_is_refused_in_a_sentence(content: bytes | None, tmp_path: Path) -> None:
    place = tmp_path / "acte.pdf"
    if content is not None:
        place.write_bytes(content)

    report, code = verify([place], roots=None, at=NOON)

    assert code == 2
    assert "refusé" in report
    assert report.endswith(".")


@pytest.mark.parametrize("content", [None, b"bonjour"])
def test_authorities_that_do_not_read_stop_everything(signed: Path, tmp_path: Path, content: bytes | None) -> None:
    folder = tmp_path / "autres"
    folder.mkdir()
    if content is not None:
        (folder / "racine.pem").write_bytes(content)

    report, code = verify([signed], roots=folder, at=NOON)

    assert code == 2
    assert "certificat d’autorité" in report


def test_the_command_answers_in_json_with_its_code(signed: Path, roots: Path) -> None:
    done = run("verify", signed, "--roots", roots, "--json", cwd=roots)

    answer = json.loads(done.stdout)

    assert (done.returncode, done.stderr) == (0, "")
    assert (answer["fichier"], answer["verdict"], answer["raisons"]) == ("acte.pdf", "entier", [])
    assert answer["signatures"][0]["faits"]["Signataire"] == "Hélène Arnault"
    assert answer["signatures"][0]["detail"]["level"] == "B-T"


def test_the_command_on_a_forged_file_is_code_2(signed: Path, roots: Path) -> None:
    signed.write_bytes(attacks.one_byte(signed.read_bytes()))

    done = run("verify", signed, "--roots", roots, cwd=roots)

    assert (done.returncode, done.stderr) == (2, "")
    assert "Ne vous fiez pas à ce document." in done.stdout
