"""The files of a dossier: their pages in the browser, and who never has the confidential ones."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image

from hemicycle.accounts.models import Agent
from hemicycle.chain.distribution import letters, partner_page
from hemicycle.chain.publication import queries as publication
from hemicycle.chain.sitting import queries as sitting
from hemicycle.dossier import attachments, versions
from hemicycle.dossier.models import Attachment, Dossier
from tests.cast import NOON, Cast
from tests.chain.drafting.files import JPEG, a_pdf
from tests.factories import a_dossier, an_attachment
from tests.web.conftest import Enter

pytestmark = pytest.mark.django_db


def a_secret(dossier: Dossier, cast: Cast, **facts: Any) -> Attachment:
    return an_attachment(dossier, a_pdf(2), by=cast.drafter, title="Avis fiscal", confidential=True, **facts)


def test_a_page_has_its_picture_its_place_and_the_way_to_the_next(cast: Cast, enter: Enter) -> None:
    annex = an_attachment(a_dossier(cast), a_pdf(3), by=cast.drafter)
    client = enter(cast.director)

    page = client.get(f"/pieces/{annex.id}/pages/2").content.decode()
    picture = client.get(f"/pieces/{annex.id}/pages/2.png?largeur=240")

    assert "page <b>2</b> sur 3" in page and 'rel="prev"' in page and 'rel="next"' in page
    assert "Cette page n’a pas de texte" in page
    assert picture["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(picture.content)).width == 240


def test_the_words_of_a_page_stand_beside_its_picture(cast: Cast, enter: Enter, shared: Path) -> None:
    data = (shared / "corpus" / "affaires" / "13-01-sport-adapte" / "annexes" / "convention.pdf").read_bytes()
    annex = an_attachment(a_dossier(cast), data, by=cast.drafter)

    page = enter(cast.drafter).get(f"/pieces/{annex.id}/pages/1").content.decode()

    assert "<summary>Texte de la page 1</summary><pre" in page and "PDF d&#x27;exemple" in page


def test_an_image_is_shown_narrowed_and_never_as_it_was_sent(cast: Cast, enter: Enter) -> None:
    annex = an_attachment(a_dossier(cast), JPEG, by=cast.drafter, name="plan.jpg", media_type="image/jpeg")
    client = enter(cast.drafter)

    assert client.get(f"/pieces/{annex.id}/pages/1").status_code == 200
    assert Image.open(io.BytesIO(client.get(f"/pieces/{annex.id}/pages/1.png").content)).format == "PNG"


@pytest.mark.parametrize("number", ["0", "4", "99999999999"])
def test_a_page_that_is_not_there_is_not_found(cast: Cast, enter: Enter, number: str) -> None:
    annex = an_attachment(a_dossier(cast), a_pdf(3), by=cast.drafter)

    for suffix in ("", ".png"):
        assert enter(cast.drafter).get(f"/pieces/{annex.id}/pages/{number}{suffix}").status_code == 404


def test_a_damaged_pdf_and_a_file_without_pages_say_so(cast: Cast, enter: Enter) -> None:
    dossier, client = a_dossier(cast), enter(cast.drafter)
    damaged = an_attachment(dossier, b"%PDF-1.7 rien", by=cast.drafter)
    xml = an_attachment(dossier, b"<a/>", by=cast.drafter, name="a.xml", media_type="text/xml")

    page = client.get(f"/pieces/{damaged.id}/pages/1")

    assert "ne peut pas être montrée ici" in page.content.decode()
    assert client.get(f"/pieces/{damaged.id}/pages/1.png").status_code == 404
    assert client.get(f"/pieces/{xml.id}/pages/1").status_code == 404


def test_an_image_larger_than_any_memory_is_not_opened(cast: Cast, enter: Enter) -> None:
    bomb = io.BytesIO()
    Image.new("1", (60_000, 1_200)).save(bomb, format="PNG")
    annex = an_attachment(a_dossier(cast), bomb.getvalue(), by=cast.drafter, media_type="image/png")

    assert enter(cast.drafter).get(f"/pieces/{annex.id}/pages/1.png").status_code == 404


class TestConfidential:
    """Its unit, its circuit, the service des assemblées, the DGS and the president; nobody else, anywhere."""

    def test_its_bytes_and_pages_go_to_those_alone(self, cast: Cast, enter: Enter) -> None:
        secret = a_secret(a_dossier(cast, in_circuit=True), cast)
        let_in = (cast.drafter, cast.director, cast.head_of_service, cast.clerk, cast.chief_executive, cast.president)

        for who in let_in:
            assert enter(who).get(f"/pieces/{secret.id}").status_code == 200
        for who in (cast.auditor, cast.secretariat):
            for suffix in ("", "/pages/1", "/pages/1.png"):
                assert enter(who).get(f"/pieces/{secret.id}{suffix}").status_code == 404

    def test_it_is_named_on_no_page_of_the_others(self, cast: Cast, enter: Enter) -> None:
        dossier = a_dossier(cast)
        a_secret(dossier, cast, order=1)
        versions.freeze(dossier, by=cast.drafter, at=NOON)
        attachments.annexes_of(dossier)[0].delete()
        a_secret(dossier, cast, order=1, name="autre.pdf")
        versions.freeze(dossier, by=cast.drafter, at=NOON)

        def named(who: Agent, address: str) -> bool:
            return "Avis fiscal" in enter(who).get(f"/dossiers/{dossier.id}/{address}").content.decode()

        for address in ("annexes/", "versions/1/"):
            assert named(cast.clerk, address) and not named(cast.auditor, address), address
        assert not named(cast.auditor, "versions/1/2/")

    def test_it_is_in_no_zip_of_the_others(self, cast: Cast, enter: Enter) -> None:
        dossier = a_dossier(cast, in_circuit=True)
        an_attachment(dossier, by=cast.drafter, order=1)
        a_secret(dossier, cast, order=2)

        def packed(who: Agent) -> list[str]:
            answer = enter(who).get(f"/dossiers/{dossier.id}/annexes.zip")
            return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).namelist()

        assert packed(cast.clerk) == ["01 Convention.pdf", "02 Avis fiscal.pdf"]
        assert packed(cast.auditor) == ["01 Convention.pdf"]

    def test_neither_members_nor_partners_nor_the_public_have_it(self, cast: Cast) -> None:
        dossier = a_dossier(cast, published=True)
        secret = a_secret(dossier, cast, order=1, published=True)
        inside = an_attachment(dossier, b"%PDF interne", by=cast.drafter, order=2, in_booklet=False, title="Interne")

        item = dossier.agenda_items.order_by("pk")[0]

        assert secret not in sitting.annexes_for_member(item) and inside not in sitting.annexes_for_member(item)
        assert attachments.public_of(dossier) == [inside]
        found = publication.public_act(publication.publication_of(dossier).slug)  # type: ignore[union-attr]
        assert found is not None and [file.label for file in found.annexes] == ["Interne"]
        assert [rank for rank, _ in attachments.printed_with(dossier)] == [2]
        assert letters.attachments is partner_page.attachments is attachments

    def test_the_archives_that_hold_it_follow_it(self, cast: Cast, enter: Enter) -> None:
        dossier = a_dossier(cast, published=True)
        sip = an_attachment(dossier, b"PK", by=cast.courier, kind="produced", media_type="application/zip")
        assert enter(cast.auditor).get(f"/pieces/{sip.id}").status_code == 200

        a_secret(dossier, cast)

        assert enter(cast.auditor).get(f"/pieces/{sip.id}").status_code == 404
        assert enter(cast.clerk).get(f"/pieces/{sip.id}").status_code == 200


def test_the_file_replaced_stays_readable(cast: Cast, enter: Enter) -> None:
    dossier = a_dossier(cast)
    old = an_attachment(dossier, a_pdf(), by=cast.drafter, name="ancien.pdf")
    Attachment.objects.filter(id=old.id).update(removed_at=timezone.now())
    an_attachment(dossier, a_pdf(2), by=cast.drafter, replaces=old)

    page = enter(cast.director).get(f"/dossiers/{dossier.id}/annexes/").content.decode()

    assert f'Remplace <a href="/pieces/{old.id}">ancien.pdf</a> du ' in page
    assert enter(cast.director).get(f"/pieces/{old.id}").content == a_pdf()


@pytest.mark.parametrize("scanned", [False, True])
def test_nobody_has_a_file_before_the_antivirus_has_spoken(
    cast: Cast, enter: Enter, settings: Any, scanned: bool
) -> None:
    settings.CLAMD = "tcp://localhost:3310"
    dossier = a_dossier(cast)
    annex = an_attachment(dossier, a_pdf(), by=cast.drafter)
    Attachment.objects.filter(id=annex.id).update(scanned_at=NOON if scanned else None)
    client = enter(cast.drafter)

    page = client.get(f"/dossiers/{dossier.id}/annexes/").content.decode()

    assert ("en cours d’analyse" in page) is not scanned
    for suffix in ("", "/pages/1", "/pages/1.png"):
        assert client.get(f"/pieces/{annex.id}{suffix}").status_code == (200 if scanned else 404)
