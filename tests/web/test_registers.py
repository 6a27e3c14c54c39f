"""The registers on the site: their lines, a number cancelled, an extract, the way numbers are written."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from hemicycle.chain.registers.actions.cancel_number import cancel_number
from hemicycle.dossier import register
from hemicycle.dossier.models import Attachment, Numbering, RegisterLine
from hemicycle.dossier.stages import Stage
from tests.cast import NOON, Cast
from tests.factories import a_dossier

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(client: Client, cast: Cast) -> Callable[[str], Client]:
    def as_(who: str) -> Client:
        client.force_login(getattr(cast, who))
        return client

    return as_


def test_the_register_shows_the_cancelled_number_with_its_reason(cast: Cast, site: Callable[[str], Client]) -> None:
    kept, struck = a_dossier(cast, adopted=True), a_dossier(cast, adopted=True)
    cancel_number(dossier_id=struck.id, reason="Le vote est à reprendre.", agent=cast.clerk, at=NOON)

    page = site("clerk").get("/registres/CP/2026/").content.decode()

    assert f"<s>{struck.act_number}</s>" in page
    assert "Motif de l’annulation : Le vote est à reprendre." in page
    assert f"/dossiers/{kept.id}/" in page


def test_whoever_may_not_open_the_dossier_has_no_link_to_it(cast: Cast, site: Callable[[str], Client]) -> None:
    dossier = a_dossier(cast, adopted=True)

    page = site("outsider").get("/registres/CP/2026/").content.decode()

    assert dossier.act_number in page
    assert str(dossier.id) not in page
    assert dossier.object not in page


def test_the_register_is_printed_for_those_who_keep_it(cast: Cast, site: Callable[[str], Client]) -> None:
    a_dossier(cast, adopted=True)

    answer = site("clerk").get("/registres/CP/2026/registre.pdf")

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_a_register_without_number_does_not_exist(cast: Cast, site: Callable[[str], Client]) -> None:
    assert site("clerk").get("/registres/CD/2026/").status_code == 404
    assert site("clerk").get("/registres/R/2026/").status_code == 404


def test_the_service_des_assemblees_cancels_a_number_from_the_dossier(
    cast: Cast, site: Callable[[str], Client]
) -> None:
    dossier = a_dossier(cast, to_sign=True)
    url = f"/dossiers/{dossier.id}/numero/annuler"
    assert url in site("clerk").get(f"/dossiers/{dossier.id}/").content.decode()

    site("clerk").post(url, {"reason": "Le vote est à reprendre."})

    dossier.refresh_from_db()
    assert dossier.stage == Stage.WITHDRAWN
    assert RegisterLine.objects.get(dossier=dossier).cancelled_reason == "Le vote est à reprendre."
    after = site("clerk").get(f"/dossiers/{dossier.id}/").content.decode()
    assert "Numéro annulé" in after


def test_without_a_reason_the_form_says_so(cast: Cast, site: Callable[[str], Client]) -> None:
    dossier = a_dossier(cast, to_sign=True)

    answer = site("clerk").post(f"/dossiers/{dossier.id}/numero/annuler", {"reason": " "})

    assert answer.status_code == 409
    assert RegisterLine.objects.get(dossier=dossier).cancelled_reason == ""


def test_an_extract_is_delivered_as_a_file_of_the_dossier(cast: Cast, site: Callable[[str], Client]) -> None:
    dossier = a_dossier(cast, signed=True)

    answer = site("clerk").post(f"/dossiers/{dossier.id}/extrait")

    kept = Attachment.objects.get(dossier=dossier, name=f"{dossier.act_number}-extrait.pdf")
    assert answer["Location"] == f"/pieces/{kept.id}"


def test_the_numbering_is_set_on_its_page(cast: Cast, site: Callable[[str], Client]) -> None:
    sent = {"key": "AR", "label": "Arrêtés", "pattern": "{register}{year}-{number:04}"}

    site("administrator").post("/administration/numerotation", sent | {"valid_from": f"{timezone.localdate()}"})

    assert Numbering.objects.get().pattern == "{register}{year}-{number:04}"
    page = site("administrator").get("/administration/numerotation").content.decode()
    assert f"AR{timezone.localdate().year}-0123" in page


def test_a_pattern_that_the_prefecture_would_refuse_is_refused_beside_its_field(
    cast: Cast, site: Callable[[str], Client]
) -> None:
    sent = {"key": "AR", "label": "Arrêtés", "pattern": "{number}/{year}", "valid_from": f"{timezone.localdate()}"}

    answer = site("clerk").post("/administration/numerotation", sent)

    assert answer.status_code == 409
    assert "dans cet ordre" in answer.content.decode()
    assert register.patterns(on=timezone.localdate())["AR"].pattern == "{register}-{year}-{number:04}"
