"""Several visas after reading: shown first, then given one by one."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hemicycle.accounts.models import Role
from hemicycle.chain.circuit.actions.ask_opinion import ask_opinion
from hemicycle.chain.circuit.actions.send_back import send_back
from hemicycle.chain.circuit.actions.submit import submit
from hemicycle.chain.circuit.models import Visa
from hemicycle.dossier.models import Dossier
from hemicycle.texts.typography import of_fr
from tests.cast import Cast
from tests.factories import REPORT, a_circuit, a_delegation, a_dossier

pytestmark = pytest.mark.django_db


def read_by(client: Any, *dossiers: Dossier) -> None:
    for dossier in dossiers:
        client.get(f"/dossiers/{dossier.id}/")


def confirmed(*picks: str) -> dict[str, Any]:
    return {"ids": list(picks), "confirm": "1"}


def test_nothing_is_given_before_it_was_shown(cast: Cast, enter: Any, nothing_written: Any) -> None:
    read, unread = (a_dossier(cast, in_circuit=True) for _ in range(2))
    client = enter(cast.head_of_service)
    read_by(client, read)

    with nothing_written():
        page = client.post("/visas", {"ids": [f"{read.id}/", f"{unread.id}/"]}).content.decode()

    assert "Viser 1\xa0dossier lu" in page
    assert f"{read.id}//1" in page and f"{unread.id}//1" not in page
    assert "jamais ouverte : lisez-la" in page


def test_those_read_are_given_and_the_others_are_named(cast: Cast, enter: Any) -> None:
    read, unread = (a_dossier(cast, in_circuit=True) for _ in range(2))
    client = enter(cast.head_of_service)
    read_by(client, read)

    answer = client.post("/visas", confirmed(f"{read.id}//1", f"{unread.id}//1"), follow=True)

    page = answer.content.decode()
    assert "1 dossier est visé, 1 ne l’est pas." in page
    assert f"{unread.number} : version 1 jamais ouverte" in page
    assert [v.step.run.dossier_id for v in Visa.objects.select_related("step__run")] == [read.id]


def changed(cast: Cast, dossier: Dossier) -> None:
    """Sent back, corrected, submitted again: version 2."""
    at = timezone.now()
    send_back(dossier_id=dossier.id, agent=cast.head_of_service, version_read=1, reason="À revoir", at=at)
    dossier.refresh_from_db()
    dossier.report = {**REPORT, "content": REPORT["content"][:1]}
    dossier.save(update_fields=["report"])
    submit(dossier_id=dossier.id, circuit_id=0, agent=cast.drafter, at=at)


def test_what_changed_since_one_s_last_passage_is_said(cast: Cast, enter: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    changed(cast, dossier)
    client = enter(cast.head_of_service)
    read_by(client, dossier)

    page = client.post("/visas", {"ids": [f"{dossier.id}/"]}).content.decode()

    assert "Depuis la version 1" in page and "paragraphe supprimé" in page
    assert f"{dossier.id}//2" in page


def test_a_text_that_changed_since_the_page_was_shown_is_not_given(cast: Cast, enter: Any) -> None:
    dossier, steady = (a_dossier(cast, in_circuit=True) for _ in range(2))
    client = enter(cast.head_of_service)
    read_by(client, dossier, steady)
    changed(cast, dossier)

    page = client.post("/visas", confirmed(f"{dossier.id}//1", f"{steady.id}//1"), follow=True).content.decode()

    assert "lisez la version 2" in page and "1 dossier est visé, 1 ne l’est pas." in page
    assert list(Visa.objects.standing().values_list("step__run__dossier", flat=True)) == [steady.id]


def test_in_the_name_of_the_absent(cast: Cast, enter: Any) -> None:
    dossier, absent = a_dossier(cast, in_circuit=True), cast.head_of_service
    a_delegation(absent, cast.director, on=timezone.localdate())
    client = enter(cast.director)
    read_by(client, dossier)

    page = client.post("/visas", {"ids": [f"{dossier.id}/{absent.pk}"]}).content.decode()
    client.post("/visas", confirmed(f"{dossier.id}/{absent.pk}/1"))

    assert f"en l’absence {of_fr(absent.full_name)}" in page
    assert Visa.objects.get().on_behalf_of == absent


def test_an_opinion_is_not_given_in_a_batch(cast: Cast, enter: Any) -> None:
    dossier, at = a_dossier(cast, in_circuit=True), timezone.now()
    facts: dict[str, Any] = {"dossier_id": dossier.id, "version_read": 1, "at": at}
    ask_opinion(agent=cast.head_of_service, whom_id=cast.legal.pk, question="Est-ce légal ?", **facts)
    client = enter(cast.legal)
    read_by(client, dossier)

    page = client.post("/visas", {"ids": [f"{dossier.id}/"]}).content.decode()

    assert "un avis est demandé" in page and 'name="ids"' not in page


@pytest.mark.parametrize("ids", [[], ["n’importe quoi"], ["a/b/c"], ["//"]])
@pytest.mark.parametrize("confirm", ["", "1"])
def test_nothing_chosen_is_said(cast: Cast, enter: Any, ids: list[str], confirm: str, nothing_written: Any) -> None:
    client = enter(cast.head_of_service)

    with nothing_written():
        answer = client.post("/visas", {"ids": ids, "confirm": confirm}, follow=True)

    assert "Aucun dossier n’était choisi" in answer.content.decode()


def test_a_dossier_of_others_is_not_told_about(cast: Cast, enter: Any, nothing_written: Any) -> None:
    dossier, client = a_dossier(cast, in_circuit=True), enter(cast.outsider)

    with nothing_written():
        shown = client.post("/visas", {"ids": [f"{dossier.id}/"]}, follow=True).content.decode()
        given = client.post("/visas", confirmed(f"{dossier.id}//1"), follow=True).content.decode()

    assert dossier.number not in shown + given


def test_it_asks_as_much_for_twelve_dossiers_as_for_three(cast: Cast, enter: Any) -> None:
    client, counts = enter(cast.legal), []
    dossiers: list[Dossier] = []
    for how_many in (3, 9):
        dossiers += [a_dossier(cast, in_circuit=True, circuit=a_circuit(Role.LEGAL)) for _ in range(how_many)]
        with CaptureQueriesContext(connection) as queries:
            client.post("/visas", {"ids": [f"{dossier.id}/" for dossier in dossiers]})
        counts.append(len(queries))

    assert counts[0] == counts[1]
