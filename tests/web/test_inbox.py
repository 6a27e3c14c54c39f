from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from hemicycle.chain.circuit.models import RunStep
from hemicycle.dossier.models import Errand, JournalEntry
from hemicycle.dossier.stages import Stage
from hemicycle.texts.typography import of_fr
from tests.cast import Cast
from tests.factories import a_circuit, a_delegation, a_dossier, a_sitting
from tests.signed_acts import an_act_of_two, signed_by_the_secretary


def test_an_inbox_with_nothing_says_what_would_be_there(cast: Cast, enter: Any) -> None:
    page = enter(cast.outsider).get("/").content.decode()

    assert "Rien n’attend de vous" in page
    assert "Ici viendront" in page


def test_a_visa_awaited_is_on_the_list_of_its_giver_and_of_nobody_else(cast: Cast, enter: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    mine = enter(cast.head_of_service).get("/").content.decode()
    other = enter(cast.legal).get("/").content.decode()

    assert dossier.number in mine and "Votre visa est attendu" in mine
    assert dossier.number not in other


def test_the_most_pressing_visas_are_shown_and_all_are_counted(cast: Cast, enter: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("hemicycle.web.inbox.SHOWN", 1)
    patient, pressing = a_dossier(cast, in_circuit=True), a_dossier(cast, in_circuit=True)
    RunStep.objects.filter(run__dossier=patient, opened_at__isnull=False).update(due_on=dt.date(2099, 1, 2))
    RunStep.objects.filter(run__dossier=pressing, opened_at__isnull=False).update(due_on=dt.date(2099, 1, 1))

    section = enter(cast.head_of_service).get("/").context["sections"][0]

    assert [line.dossier.number for line in section.lines] == [pressing.number]
    assert section.total == 2


def test_the_substitute_sees_in_whose_name_the_visa_is_awaited(cast: Cast, enter: Any) -> None:
    a_dossier(cast, in_circuit=True)
    a_delegation(cast.head_of_service, cast.director, on=timezone.localdate())

    page = enter(cast.director).get("/").content.decode()

    assert f"en l’absence {of_fr(cast.head_of_service.full_name)}" in page


def test_the_drafter_finds_drafts_corrections_and_dossiers_on_their_way(cast: Cast, enter: Any) -> None:
    draft, back, away = a_dossier(cast), a_dossier(cast, to_correct=True), a_dossier(cast, ready=True)

    page = enter(cast.drafter).get("/").content.decode()

    assert page.index("À corriger") < page.index(back.number)
    assert page.index("En cours de rédaction") < page.index(draft.number)
    assert page.index("Vos dossiers en chemin") < page.index(away.number)


def test_the_office_finds_what_is_ready_and_what_is_to_publish(cast: Cast, enter: Any) -> None:
    ready, received = a_dossier(cast, ready=True), a_dossier(cast, acknowledged=True)

    page = enter(cast.clerk).get("/").content.decode()

    assert page.index("Prêts pour une séance") < page.index(ready.number)
    assert page.index("à publier") < page.index(received.number)


def an_errand_in_failure(cast: Cast) -> Errand:
    dossier = a_dossier(cast, signed=True)
    now = timezone.now()
    entry = JournalEntry.objects.create(
        n=1, at=now, event="transmission.departure_prepared", dossier=dossier, actor=cast.courier, sealed={}, hash="0"
    )
    return Errand.objects.create(
        entry=entry, carrier="deposit_act", state="failed", due_at=now, attempts=8, last_error="Le TdT ne répond pas."
    )


def test_the_office_takes_a_failed_errand_up_again(cast: Cast, enter: Any) -> None:
    errand = an_errand_in_failure(cast)
    client = enter(cast.clerk)

    shown = client.get("/").content.decode()
    answer = client.post(f"/pannes/{errand.pk}/reprendre", follow=True)

    assert "Dépôt à la préfecture" in shown and "Le TdT ne répond pas." in shown
    assert "remis parmi ceux qui attendent" in answer.content.decode()
    errand.refresh_from_db()
    assert errand.state == Errand.State.WAITING


def test_a_drafter_takes_no_errand_up_again(cast: Cast, enter: Any, nothing_written: Any) -> None:
    errand, client = an_errand_in_failure(cast), enter(cast.drafter)

    with nothing_written():
        answer = client.post(f"/pannes/{errand.pk}/reprendre", follow=True)

    assert "est réservé au rôle" in answer.content.decode()


def test_a_late_visa_is_said_late(cast: Cast, enter: Any) -> None:
    long_ago = timezone.now() - dt.timedelta(days=30)
    dossier = a_dossier(cast, in_circuit=True, circuit=a_circuit(), at=long_ago)

    page = enter(cast.head_of_service).get("/").content.decode()

    assert dossier.stage == Stage.IN_CIRCUIT
    assert "1 est en retard" in page.replace("\u00a0", " ")


def test_a_member_finds_the_reports_not_opened_yet_until_they_are(cast: Cast, enter: Any) -> None:
    sitting = a_sitting(cast, convened=True)
    member = enter(cast.members[1].agent)

    before = member.get("/").content.decode()
    member.get(f"/mes-seances/{sitting.id}/")

    assert "Convocations à lire" in before
    assert f"/mes-seances/{sitting.id}/" in before
    assert "Convocations à lire" not in member.get("/").content.decode()


def test_the_second_signatory_finds_the_act_once_the_first_has_signed(cast: Cast, enter: Any) -> None:
    dossier, _act, secretary = an_act_of_two(cast)
    before = enter(cast.president).get("/").content.decode()
    signed_by_the_secretary(cast, dossier, secretary)

    page = enter(cast.president).get("/").content.decode()

    assert "Votre signature est attendue" not in before
    assert "Votre signature est attendue" in page and f"/a-signer/{dossier.id}/" in page
