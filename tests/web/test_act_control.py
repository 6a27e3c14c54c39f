"""The page of what the préfecture would refuse, and the places that lead to it."""

from __future__ import annotations

import datetime as dt

import pytest

from hemicycle.chain.signing.models import Act
from hemicycle.chain.transmission.actions.check_act import check_act
from hemicycle.dossier.models import Dossier
from tests.cast import NOON, PASSWORD, Cast
from tests.factories import a_dossier
from tests.signed_acts import a_signed_dossier
from tests.web.conftest import Enter

pytestmark = pytest.mark.django_db


def decided_before(dossier: Dossier) -> Dossier:
    """Whatever today is."""
    Act.objects.filter(dossier=dossier).update(decided_on=dt.date(2026, 11, 20))
    return dossier


def a_misfiled(cast: Cast) -> Dossier:
    dossier = decided_before(a_dossier(cast, to_sign=True, subject_code="7.99"))
    check_act(dossier_id=dossier.id, agent=cast.courier, at=NOON)
    return dossier


def sign(cast: Cast, enter: Enter, dossier: Dossier) -> str:
    key = f"{dossier.id}/{Act.objects.get(dossier=dossier).frozen.sha256}"
    return enter(cast.president).post("/a-signer/signer", {"acts": [key], "password": PASSWORD}).content.decode()


def test_each_point_is_said_with_what_to_do(cast: Cast, enter: Enter) -> None:
    dossier = a_misfiled(cast)

    page = enter(cast.drafter).get(f"/dossiers/{dossier.id}/controle/").content.decode()

    assert "La matière 7.99 n’existe pas dans la classification" in page
    assert "Choisissez une matière" in page
    assert "corriger" not in page.partition("Ce qui part")[2]


def test_a_sound_act_is_said_to_be_so(cast: Cast, enter: Enter) -> None:
    dossier = decided_before(a_signed_dossier(cast, annexes=1))

    page = enter(cast.clerk).get(f"/dossiers/{dossier.id}/controle/").content.decode()

    assert "Rien ne ferait refuser cet acte" in page


def test_the_service_puts_the_filing_right_on_that_page(cast: Cast, enter: Enter) -> None:
    dossier = a_misfiled(cast)
    office = enter(cast.clerk)

    answer = office.post(f"/dossiers/{dossier.id}/controle/corriger", {"subject_code": "7.5"})

    dossier.refresh_from_db()
    assert answer.status_code == 302
    assert dossier.subject_code == "7.5"
    assert "Rien ne ferait refuser" in office.get(f"/dossiers/{dossier.id}/controle/").content.decode()


def test_a_matiere_of_no_list_is_refused_beside_the_form(cast: Cast, enter: Enter) -> None:
    dossier = a_misfiled(cast)

    answer = enter(cast.clerk).post(f"/dossiers/{dossier.id}/controle/corriger", {"subject_code": "12.34"})

    dossier.refresh_from_db()
    assert answer.status_code == 409
    assert dossier.subject_code == "7.99"


def test_what_would_be_refused_is_not_signed(cast: Cast, enter: Enter) -> None:
    dossier = a_misfiled(cast)

    page = sign(cast, enter, dossier)

    assert "ne peut pas être signé" in page
    assert Act.objects.get(dossier=dossier).state == Act.State.TO_SIGN


def test_the_signatory_sees_it_on_the_pile(cast: Cast, enter: Enter) -> None:
    dossier = a_misfiled(cast)

    page = enter(cast.president).get("/a-signer/").content.decode()

    assert "serait refusé par la préfecture" in page.replace("\u00a0", " ")
    assert f"/dossiers/{dossier.id}/controle/" in page


def test_the_service_finds_it_in_its_inbox_and_on_the_dossier(cast: Cast, enter: Enter) -> None:
    dossier = a_misfiled(cast)
    office = enter(cast.clerk)

    inbox = office.get("/").content.decode()
    page = office.get(f"/dossiers/{dossier.id}/").content.decode()

    assert "Actes que la préfecture refuserait" in inbox
    assert f"/dossiers/{dossier.id}/controle/" in inbox
    assert "La préfecture refuserait cet acte." in page


def test_there_is_nothing_to_control_while_a_dossier_is_written(cast: Cast, enter: Enter) -> None:
    dossier = a_dossier(cast)

    assert enter(cast.clerk).get(f"/dossiers/{dossier.id}/controle/").status_code == 404
