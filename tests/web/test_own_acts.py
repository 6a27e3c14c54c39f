"""The president's acts on the site: a type that is not voted, a dossier without assembly, the act taken."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from hemicycle.dossier.models import ActType, Dossier, Nature
from hemicycle.dossier.stages import Stage
from tests.cast import Cast
from tests.factories import a_dossier

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(client: Client, cast: Cast) -> Callable[[str], Client]:
    def as_(who: str) -> Client:
        client.force_login(getattr(cast, who))
        return client

    return as_


def test_a_type_of_act_is_declared_with_its_nature(cast: Cast, site: Callable[[str], Client]) -> None:
    site("clerk").post("/administration/types/nouveau", {"name": "Arrêté de circulation", "nature": "AR"})

    kind = ActType.objects.get(name="Arrêté de circulation")
    assert kind.nature == Nature.REGULATORY
    site("clerk").post(f"/administration/types/{kind.pk}", {"name": "Circulation"})
    kind.refresh_from_db()
    assert (kind.name, kind.nature) == ("Circulation", Nature.REGULATORY)


def test_a_dossier_of_that_type_goes_to_no_assembly(cast: Cast, site: Callable[[str], Client]) -> None:
    kind = ActType.objects.create(name="Arrêté de circulation", nature=Nature.REGULATORY)
    page = site("drafter").get(f"/dossiers/nouveau?act_type={kind.pk}").content.decode()
    assert 'name="body"' not in page and "sans vote" in page

    sent = {"object": "Circulation alternée", "subject_code": "6.1", "unit": cast.service.pk, "act_type": kind.pk}
    site("drafter").post("/dossiers/nouveau", sent)

    dossier = Dossier.objects.get()
    assert (dossier.nature, dossier.body) == (Nature.REGULATORY, "")
    shown = site("drafter").get(f"/dossiers/{dossier.id}/").content.decode()
    assert "Arrêté réglementaire du président" in shown


def test_a_dossier_may_become_an_arrete_and_a_deliberation_again(cast: Cast, site: Callable[[str], Client]) -> None:
    kind = ActType.objects.create(name="Arrêté", nature=Nature.INDIVIDUAL)
    dossier = a_dossier(cast)
    url = f"/dossiers/{dossier.id}/decrire"
    sent = {"object": dossier.object, "subject_code": "7.5", "act_type": kind.pk}

    site("drafter").post(url, sent)

    dossier.refresh_from_db()
    assert (dossier.nature, dossier.body) == (Nature.INDIVIDUAL, "")
    site("drafter").post(url, sent | {"act_type": "", "body": "CD"})
    dossier.refresh_from_db()
    assert (dossier.nature, dossier.body) == (Nature.DELIBERATION, "CD")


@pytest.mark.parametrize("who", ["clerk", "president"])
def test_the_act_is_taken_from_the_page_of_the_dossier(cast: Cast, site: Callable[[str], Client], who: str) -> None:
    dossier = a_dossier(cast, ready=True, nature=Nature.REGULATORY, body="")
    page = site(who).get(f"/dossiers/{dossier.id}/").content.decode()
    assert "Prendre l’arrêté" in page and "Choisir une séance" not in page

    after = site(who).post(f"/dossiers/{dossier.id}/prendre", follow=True).content.decode()

    dossier.refresh_from_db()
    assert dossier.stage == Stage.ADOPTED
    assert dossier.act_number in after and "part à la signature" in after


def test_a_deliberation_is_not_taken(cast: Cast, site: Callable[[str], Client]) -> None:
    dossier = a_dossier(cast, ready=True)

    after = site("clerk").post(f"/dossiers/{dossier.id}/prendre", follow=True).content.decode()

    assert "il se vote" in after
    dossier.refresh_from_db()
    assert dossier.stage == Stage.READY
