"""The pages where rules are written, tried, switched on."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from hemicycle.accounts.models import Role
from hemicycle.chain.circuit.models import VisaRule
from tests.cast import Cast
from tests.factories import a_circuit, a_dossier

pytestmark = pytest.mark.django_db

NEW = "/administration/regles/nouvelle"
FACTS = {
    "name": "Finances au-delà de 90 000 €",
    "who": "role:finance",
    "why": "car le montant dépasse 90 000 €",
    "days": "3",
    "before_role": "",
    "amount_over": "90 000",
}


def submitted(cast: Cast, **fields: Any) -> Any:
    return a_dossier(cast, in_circuit=True, circuit=a_circuit(Role.LEGAL), at=timezone.now(), **fields)


def test_a_rule_is_written_tried_then_switched_on(cast: Cast, enter: Any) -> None:
    dossier = submitted(cast, amount=100_000)
    submitted(cast, amount=10)
    client = enter(cast.clerk)

    trial = client.post(NEW, FACTS, follow=True)
    rule = VisaRule.objects.get()
    switched = {"active": "1", "tried": trial.context["digest"]}
    answer = client.post(f"/administration/regles/{rule.pk}/service", switched, follow=True)

    page = trial.content.decode()
    assert "Cette règle aurait ajouté 1\xa0visa sur 2\xa0dossiers" in page
    assert dossier.number in page and cast.direction.name in page
    assert "est en service" in answer.content.decode()
    rule.refresh_from_db()
    assert rule.active


def test_it_is_not_switched_on_untried(cast: Cast, enter: Any, nothing_written: Any) -> None:
    client = enter(cast.clerk)
    client.post(NEW, FACTS)
    rule = VisaRule.objects.get()

    with nothing_written():
        answer = client.post(f"/administration/regles/{rule.pk}/service", {"active": "1"}, follow=True)

    assert "n’a pas été essayée" in answer.content.decode()


def test_it_is_switched_off_from_the_list(cast: Cast, enter: Any) -> None:
    rule = VisaRule.objects.create(name="R", role="finance", why="car", active=True, amount_over=1)

    enter(cast.clerk).post(f"/administration/regles/{rule.pk}/service", {"active": "0"})

    rule.refresh_from_db()
    assert not rule.active


def test_changed_conditions_switch_it_off_and_say_so(cast: Cast, enter: Any) -> None:
    rule = VisaRule.objects.create(name="R", role="finance", why="car", active=True, amount_over=1)

    answer = enter(cast.clerk).post(f"/administration/regles/{rule.pk}/", FACTS, follow=True)

    assert "elle est mise hors service" in answer.content.decode()


def test_what_is_refused_is_said_and_kept(cast: Cast, enter: Any, nothing_written: Any) -> None:
    client = enter(cast.clerk)

    with nothing_written():
        answer = client.post(NEW, FACTS | {"amount_over": ""})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "aucune condition" in page and FACTS["why"] in page


def test_a_period_upside_down_is_refused(cast: Cast, enter: Any) -> None:
    rule = VisaRule.objects.create(name="R", role="finance", why="car", amount_over=1)

    url = f"/administration/regles/{rule.pk}/essai"
    answer = enter(cast.clerk).get(url, {"first": "2026-02-01", "last": "2026-01-01"})
    odd = enter(cast.clerk).get(url, {"first": "hier", "last": "2026-01-01"})

    assert (answer.status_code, odd.status_code) == (409, 409)
    assert "finit avant d’avoir commencé" in answer.content.decode()


def test_those_who_only_look_try_and_do_not_switch(cast: Cast, enter: Any) -> None:
    rule = VisaRule.objects.create(name="R", role="finance", why="car", amount_over=1)

    page = enter(cast.auditor).get(f"/administration/regles/{rule.pk}/essai").content.decode()

    assert "Mettre en service" not in page
    assert enter(cast.auditor).post(f"/administration/regles/{rule.pk}/service", {"active": "1"}).status_code == 404
