"""The page of the proofs."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from django.utils import timezone

from hemicycle.chain.signing.models import Act, Proof
from hemicycle.dossier.models import Errand
from tests.cast import Cast
from tests.signed_acts import an_act_proven
from tests.web.conftest import Enter

pytestmark = pytest.mark.django_db
PAGE = "/administration/signatures/preuves"


@pytest.fixture
def act(cast: Cast) -> Act:
    return an_act_proven(cast)


def ends_in(days: int) -> None:
    Proof.objects.update(protected_until=timezone.now() + dt.timedelta(days=days))


def test_what_ends_within_a_year_is_listed_and_the_rest_on_demand(cast: Cast, enter: Enter, act: Act) -> None:
    office = enter(cast.clerk)
    ends_in(400)
    later, every = office.get(PAGE).content.decode(), office.get(f"{PAGE}?tous=oui").content.decode()
    ends_in(30)

    soon = office.get(PAGE).content.decode()

    assert act.number not in later and "Aucune preuve ne finit dans l’année" in later
    assert act.number in every and act.number in soon
    assert "Horodatage d’essai" in soon


def test_the_chosen_are_asked_and_said_to_be_under_way(cast: Cast, enter: Enter, act: Act) -> None:
    ends_in(30)
    office = enter(cast.clerk)

    answer = office.post(f"{PAGE}/prolonger", {"ids": [act.dossier_id, uuid4()]}, follow=True)

    page = answer.content.decode()
    assert "La preuve est en cours de prolongation" in page
    assert Proof.objects.get().asked_at is not None
    assert f'value="{act.dossier_id}"' not in page


def test_what_could_not_be_done_is_said_and_may_be_chosen_again(cast: Cast, enter: Enter, act: Act) -> None:
    ends_in(30)
    office = enter(cast.clerk)
    office.post(f"{PAGE}/prolonger", {"ids": [act.dossier_id]})
    why = "Le service d’horodatage a refusé."
    Errand.objects.filter(entry__event="signing.prolonging_asked").update(
        carrier="prolong_proof", state="failed", last_error=why
    )

    page = office.get(PAGE).content.decode()

    assert why in page and f'value="{act.dossier_id}"' in page


@pytest.mark.parametrize("ids", [[], ["nimporte"]])
def test_nothing_chosen_is_refused_on_the_page(cast: Cast, enter: Enter, ids: list[str]) -> None:
    assert enter(cast.clerk).post(f"{PAGE}/prolonger", {"ids": ids}).status_code == 409


def test_who_keeps_the_machine_reads_no_dossier_from_there(cast: Cast, enter: Enter, act: Act) -> None:
    ends_in(30)

    page = enter(cast.administrator).get(PAGE).content.decode()

    assert act.number in page and f"/dossiers/{act.dossier_id}/" not in page
