"""The pages where circuits are defined."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.accounts.models import Post, Role
from hemicycle.chain.circuit import definitions
from hemicycle.chain.circuit.models import Circuit, CircuitStep
from tests.cast import Cast
from tests.factories import a_circuit, a_dossier

pytestmark = pytest.mark.django_db

NEW = "/administration/circuits/nouveau"


def step(place: int, **given: str) -> dict[str, str]:
    """A step as the page posts it; what is not ticked is not sent."""
    facts = {"label": f"Étape {place}", "who": "role:legal", "kind": "one", "days": "3", "required": "on"}
    return {f"e{place}-{name}": value for name, value in (facts | given).items()}


def sent(*steps: dict[str, str], do: str = "save", **given: str) -> dict[str, str]:
    merged: dict[str, str] = {"name": "Circuit court", "unit": "", "count": str(len(steps)), "do": do}
    for one in steps:
        merged |= one
    return merged | given


def test_a_circuit_is_defined_with_all_that_a_step_says(cast: Cast, enter: Any) -> None:
    full = step(
        1,
        who="person",
        person=f"Jules Juriste ({cast.legal.email})",
        kind="all_of",
        days="0",
        again_after_edit="on",
        why="car il engage",
        amount_over="23 000,00",
        subjects="7.5, 8.4",
        units=str(cast.direction.pk),
    )

    answer = enter(cast.clerk).post(NEW, sent(step(0, who="role:director"), full), follow=True)

    assert "est enregistré" in answer.content.decode()
    first, second = (definitions.draft_of(s) for s in CircuitStep.objects.order_by("order"))
    assert (first.role, first.again_after_edit) == (Role.DIRECTOR, False)
    assert (second.person_id, second.kind, second.days, second.why) == (cast.legal.pk, "all_of", 0, "car il engage")
    assert (str(second.when.amount_over), second.when.subjects) == ("23000.00", ("7.5", "8.4"))
    assert second.when.units == (cast.direction.pk,)


def test_steps_are_added_moved_and_removed_without_losing_what_was_typed(cast: Cast, enter: Any) -> None:
    client = enter(cast.clerk)
    typed = [step(0, label="Premier", subjects="inconnue"), step(1, label="Second", amount_over="mille")]

    added = client.post(NEW, sent(*typed, do="add")).context
    up = client.post(NEW, sent(*typed, do="up-1")).context
    removed = client.post(NEW, sent(*typed, do="remove-0")).context

    assert len(added["steps"]) == 3 and added["focus"] == 2
    assert [s["label"].value() for s in up["steps"]] == ["Second", "Premier"]
    assert (up["steps"][0]["amount_over"].value(), up["steps"][1]["subjects"].value()) == ("mille", "inconnue")
    assert [s["label"].value() for s in removed["steps"]] == ["Second"]
    assert removed["form"]["name"].value() == "Circuit court"
    assert not Circuit.objects.exists()


@pytest.mark.parametrize("do", ["up-0", "down-1", "up-9", "remove-", "down-x", "nothing", ""])
def test_a_gesture_that_means_nothing_changes_nothing(cast: Cast, enter: Any, nothing_written: Any, do: str) -> None:
    client = enter(cast.clerk)

    with nothing_written():
        page = client.post(NEW, sent(step(0), step(1), do=do))

    assert [s["label"].value() for s in page.context["steps"]] == ["Étape 0", "Étape 1"]


def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(
    cast: Cast, enter: Any, nothing_written: Any
) -> None:
    client = enter(cast.clerk)
    wrong = step(0, who="person", person="Personne Du Tout", subjects="99.99", days="999")

    with nothing_written():
        answer = client.post(NEW, sent(wrong))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Personne en fonction ne s’appelle « Personne Du Tout »" in page
    assert "n’a pas de matière « 99.99 »" in page and "Circuit court" in page


def test_what_the_action_refuses_is_said_on_top(cast: Cast, enter: Any, nothing_written: Any) -> None:
    client = enter(cast.clerk)

    with nothing_written():
        answer = client.post(NEW, sent())

    assert answer.status_code == 409 and "au moins une étape" in answer.content.decode()


def test_the_preview_names_people_and_warns_of_nobody(cast: Cast, enter: Any) -> None:
    Post.objects.filter(agent=cast.finance).delete()
    steps = [step(0, who="role:head_of_service"), step(1, label="Finances", who="role:finance")]

    page = enter(cast.clerk).post(NEW, sent(*steps, do="look", for_unit=str(cast.service.pk))).content.decode()

    assert cast.head_of_service.full_name in page
    assert "personne derrière cette étape" in page


def test_editing_says_how_many_passages_go_on_and_keeps_them(cast: Cast, enter: Any) -> None:
    circuit = a_circuit(Role.LEGAL)
    a_dossier(cast, in_circuit=True, circuit=circuit)
    client = enter(cast.clerk)
    url = f"/administration/circuits/{circuit.pk}/"

    page = client.get(url)
    client.post(url, sent(step(0, label="Autre"), base=page.context["form"]["base"].value()))

    assert "1\xa0dossier passe" in page.content.decode()
    assert [s.label for s in CircuitStep.objects.all()] == ["Autre"]


def test_two_people_saving_at_once_are_told(cast: Cast, enter: Any) -> None:
    circuit = a_circuit(Role.LEGAL)
    client, url = enter(cast.clerk), f"/administration/circuits/{circuit.pk}/"
    base = client.get(url).context["form"]["base"].value()
    client.post(url, sent(step(0, label="Un"), base=base))

    answer = client.post(url, sent(step(0, label="Deux"), base=base))

    assert answer.status_code == 409 and "modifié par quelqu’un d’autre" in answer.content.decode()
    assert [s.label for s in CircuitStep.objects.all()] == ["Un"]


def test_a_circuit_is_retired_from_the_list(cast: Cast, enter: Any) -> None:
    circuit = a_circuit()

    page = enter(cast.clerk).post(f"/administration/circuits/{circuit.pk}/retirer", follow=True).content.decode()

    assert "n’est plus proposé" in page and "Proposer de nouveau" in page


def test_those_who_only_look_have_no_gesture(cast: Cast, enter: Any) -> None:
    a_circuit()

    for agent in (cast.auditor, cast.administrator):
        page = enter(agent).get("/administration/circuits").content.decode()
        assert "Modifier" not in page and "Définir un circuit" not in page
        assert enter(agent).get(NEW).status_code == 404
