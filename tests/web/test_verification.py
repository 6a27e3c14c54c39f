"""« Vérifier un document »: whatever is given, an answer in words; nothing kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.cache import cache as counters
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hemicycle.chain.publication.models import Publication
from hemicycle.chain.signing.models import Act
from hemicycle.dossier import attachments
from hemicycle.web import verification
from tests.cast import Cast
from tests.protocols.pades import attacks
from tests.protocols.pades import conftest as pades
from tests.protocols.pades.conftest import compiled, frozen
from tests.published_acts import published

__all__ = ["compiled", "frozen"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_counters() -> Iterator[None]:
    counters.clear()
    yield
    counters.clear()


@pytest.fixture(scope="session")
def signatory() -> pades.Cast:
    return pades.make_cast()


@pytest.fixture
def _trusting(settings: Any, tmp_path: Path, signatory: pades.Cast) -> None:
    (tmp_path / "racine.pem").write_bytes(signatory.root.certificate.public_bytes(Encoding.PEM))
    settings.TRUST_ROOTS = str(tmp_path)


def give(data: bytes, name: str = "acte.pdf", **headers: Any) -> Any:
    return Client(enforce_csrf_checks=True).post("/verifier/", {"file": SimpleUploadedFile(name, data)}, **headers)


@pytest.mark.usefixtures("_trusting")
def test_a_whole_act_is_said_whole_by_whom_and_when(frozen: bytes, signatory: pades.Cast) -> None:
    answer = give(signatory.sign(frozen))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "rien n’y a changé depuis sa signature par Hélène Arnault." in page
    assert "14/09/2026 à 14:00:00" in page
    assert "Vous pouvez vous y fier." in page
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.usefixtures("_trusting")
def test_a_stamped_over_act_is_refused_in_words(frozen: bytes, signatory: pades.Cast) -> None:
    page = give(attacks.stamp_as_pdf_tools_do(signatory.sign(frozen))).content.decode()

    assert "Ne vous fiez pas à ce document." in page
    assert "la page 1 a été modifiée ou remplacée" in page
    assert "Vous pouvez vous y fier" not in page


def test_the_act_of_an_unknown_authority_is_doubtful(frozen: bytes, signatory: pades.Cast) -> None:
    page = give(signatory.sign(frozen)).content.decode()

    assert "un doute demeure" in page
    assert "n’a été confronté à aucune autorité reconnue" in page


def test_our_published_original_and_its_copy_are_recognised(cast: Cast) -> None:
    dossier = published(cast)
    publication = Publication.objects.get(dossier=dossier)
    original = Act.objects.get(dossier=dossier).signed
    assert original is not None

    of_original = give(attachments.read(original)).content.decode()
    of_copy = give(attachments.read(publication.document)).content.decode()

    for page in (of_original, of_copy):
        assert f"/actes/{publication.slug}/" in page
    assert "l’original signé de l’acte" in of_original
    assert "Ce document est la copie que nous publions" in of_copy
    assert "ne porte aucune signature" not in of_copy


def test_one_byte_more_and_our_act_is_not_recognised(cast: Cast) -> None:
    dossier = published(cast)
    publication = Publication.objects.get(dossier=dossier)

    page = give(attachments.read(publication.document) + b"\n").content.decode()

    assert f"/actes/{publication.slug}/" not in page


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Ce fichier est vide"),
        (b"bonjour", "Ce fichier n’est pas un PDF"),
        (b"<html>%PDF</html>", "Ce fichier n’est pas un PDF"),
    ],
)
def test_what_is_no_pdf_is_said_beside_the_field(data: bytes, said: str) -> None:
    answer = give(data)

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_no_file_is_said_too() -> None:
    answer = Client().post("/verifier/", {})

    assert answer.status_code == 422
    assert "Choisissez un fichier PDF" in answer.content.decode()


def test_a_broken_pdf_is_a_verdict_not_a_fault() -> None:
    answer = give(b"%PDF-1.7\n1 0 obj")

    assert answer.status_code == 200
    assert "Le fichier n’est pas un PDF lisible." in answer.content.decode()


def test_a_file_announced_too_big_is_refused_before_it_is_read() -> None:
    answer = Client().generic("POST", "/verifier/", b"", CONTENT_LENGTH=str(10**10))

    assert answer.status_code == 413
    assert "dépasse 50 Mo" in answer.content.decode()


def test_a_file_too_big_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verification, "MAX_BYTES", 100)

    answer = give(b"%PDF-1.7\n".ljust(101))

    assert answer.status_code == 422
    assert "dépasse" in answer.content.decode()


def test_one_address_cannot_ask_without_end_nor_stop_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verification, "MOST", 2)

    codes = [give(b"bonjour").status_code for _ in range(4)]
    other = give(b"bonjour", REMOTE_ADDR="192.0.2.7").status_code

    assert codes == [422, 422, 429, 429]
    assert other == 422


def test_when_all_turns_are_taken_one_is_asked_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verification, "PATIENCE", 0.01)
    taken = [verification._turns.acquire(blocking=False) for _ in range(2)]

    try:
        answer = give(b"%PDF-1.7\n1 0 obj")
    finally:
        for _ in filter(None, taken):
            verification._turns.release()

    assert answer.status_code == 503
    assert "recommencez dans une minute" in answer.content.decode()


def test_nothing_is_kept(
    frozen: bytes, signatory: pades.Cast, nothing_written: Callable[[], AbstractContextManager[None]]
) -> None:
    with nothing_written():
        answer = give(signatory.sign(frozen))

    assert not answer.cookies


def test_authorities_that_do_not_read_vouch_for_nobody(
    frozen: bytes, signatory: pades.Cast, settings: Any, tmp_path: Path
) -> None:
    settings.TRUST_ROOTS = str(tmp_path / "absent")

    page = give(signatory.sign(frozen)).content.decode()

    assert "un doute demeure" in page


@pytest.mark.parametrize("address", ["/actes/", "/verifier/"])
def test_public_pages_lead_to_it(cast: Cast, address: str) -> None:
    page = Client().get(address).content.decode()

    assert 'href="/verifier/"' in page
    assert "<script" not in page


def test_a_hostile_name_is_shown_as_text(frozen: bytes) -> None:
    page = give(frozen, name="<script>alert(1)</script>.pdf").content.decode()

    assert "<script" not in page
