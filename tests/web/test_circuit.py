from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from hemicycle.chain.circuit.models import Visa
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.stages import Stage
from hemicycle.texts.typography import of_fr
from tests.cast import Cast
from tests.factories import a_circuit, a_delegation, a_dossier


class TestSubmitting:
    def test_the_drafter_submits_to_a_circuit(self, cast: Cast, enter: Any) -> None:
        dossier, circuit = a_dossier(cast), a_circuit()
        client = enter(cast.drafter)

        page = client.get(f"/dossiers/{dossier.id}/soumettre").content.decode()
        answer = client.post(f"/dossiers/{dossier.id}/soumettre", {"circuit": circuit.pk, "note": "Prêt."}, follow=True)

        assert circuit.name in page
        assert "La version 1 est figée" in answer.content.decode()
        dossier.refresh_from_db()
        assert dossier.stage == Stage.IN_CIRCUIT

    def test_after_a_correction_there_is_no_circuit_to_choose(self, cast: Cast, enter: Any) -> None:
        dossier = a_dossier(cast, to_correct=True)

        enter(cast.drafter).post(f"/dossiers/{dossier.id}/soumettre", {"note": "Corrigé."})

        dossier.refresh_from_db()
        assert (dossier.stage, dossier.version) == (Stage.IN_CIRCUIT, 2)

    def test_an_incomplete_dossier_is_refused_and_the_note_kept(
        self, cast: Cast, enter: Any, nothing_written: Any
    ) -> None:
        dossier, circuit, client = a_dossier(cast, rapporteur=None), a_circuit(), enter(cast.drafter)

        with nothing_written():
            answer = client.post(f"/dossiers/{dossier.id}/soumettre", {"circuit": circuit.pk, "note": "Ma note"})

        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Choisissez le rapporteur" in page and "Ma note" in page

    def test_a_reader_who_does_not_write_cannot_submit(self, cast: Cast, enter: Any, nothing_written: Any) -> None:
        dossier, circuit, client = a_dossier(cast), a_circuit(), enter(cast.director)

        with nothing_written():
            assert client.post(f"/dossiers/{dossier.id}/soumettre", {"circuit": circuit.pk}).status_code == 404


class TestGivingAVisa:
    def test_it_is_given_on_the_version_read(self, cast: Cast, enter: Any) -> None:
        dossier = a_dossier(cast, in_circuit=True)

        answer = enter(cast.head_of_service).post(f"/dossiers/{dossier.id}/viser", {"version_read": 1}, follow=True)

        assert "Votre visa est donné sur la version 1" in answer.content.decode()
        assert Visa.objects.get().agent == cast.head_of_service

    def test_it_is_given_with_a_remark(self, cast: Cast, enter: Any) -> None:
        dossier, client = a_dossier(cast, in_circuit=True), enter(cast.head_of_service)

        page = client.get(f"/dossiers/{dossier.id}/viser").content.decode()
        client.post(f"/dossiers/{dossier.id}/viser", {"version_read": 1, "remark": "Bien."})

        assert "portera sur la" in page
        assert Visa.objects.get().remark == "Bien."

    def test_it_is_given_in_the_name_of_the_absent(self, cast: Cast, enter: Any) -> None:
        dossier, client = a_dossier(cast, in_circuit=True), enter(cast.director)
        a_delegation(cast.head_of_service, cast.director, on=timezone.localdate())
        absent = cast.head_of_service.pk

        page = client.get(f"/dossiers/{dossier.id}/viser", {"pour": absent}).content.decode()
        client.post(f"/dossiers/{dossier.id}/viser", {"version_read": 1, "on_behalf_of": absent})

        assert f"en l’absence {of_fr(cast.head_of_service.full_name)}" in page
        assert Visa.objects.get().on_behalf_of == cast.head_of_service

    def test_on_an_older_version_it_is_refused_on_the_dossiers_own_page(
        self, cast: Cast, enter: Any, nothing_written: Any
    ) -> None:
        dossier, client = a_dossier(cast, in_circuit=True), enter(cast.head_of_service)

        with nothing_written():
            answer = client.post(f"/dossiers/{dossier.id}/viser", {"version_read": 7})

        assert answer.status_code == 409
        assert "Le texte a changé depuis votre lecture" in answer.content.decode()

    def test_a_refusal_keeps_the_remark(self, cast: Cast, enter: Any, nothing_written: Any) -> None:
        dossier, client = a_dossier(cast, in_circuit=True), enter(cast.head_of_service)

        with nothing_written():
            answer = client.post(f"/dossiers/{dossier.id}/viser", {"version_read": 7, "remark": "Ma longue remarque"})

        assert answer.status_code == 409
        assert "Ma longue remarque" in answer.content.decode()

    def test_out_of_turn_it_is_refused(self, cast: Cast, enter: Any, nothing_written: Any) -> None:
        dossier, client = a_dossier(cast, in_circuit=True), enter(cast.director)

        with nothing_written():
            answer = client.post(f"/dossiers/{dossier.id}/viser", {"version_read": 1})

        assert "ce n’est pas le vôtre" in answer.content.decode()

    @pytest.mark.parametrize("gesture", ["viser", "renvoyer"])
    def test_the_form_does_not_exist_for_whom_nothing_is_awaited(self, cast: Cast, enter: Any, gesture: str) -> None:
        dossier = a_dossier(cast, in_circuit=True)

        assert enter(cast.director).get(f"/dossiers/{dossier.id}/{gesture}").status_code == 404

    @pytest.mark.parametrize("gesture", ["viser", "renvoyer", "soumettre", "retirer", "decrire"])
    def test_nothing_exists_for_a_stranger(self, cast: Cast, enter: Any, gesture: str, nothing_written: Any) -> None:
        dossier, client = a_dossier(cast, in_circuit=True), enter(cast.outsider)

        with nothing_written():
            sent = {"version_read": 1, "reason": "x"}
            assert client.post(f"/dossiers/{dossier.id}/{gesture}", sent).status_code == 404


class TestSendingBack:
    def test_the_drafter_reads_the_reason_at_the_head_of_the_dossier(self, cast: Cast, enter: Any) -> None:
        dossier = a_dossier(cast, in_circuit=True)
        sent = {"version_read": 1, "reason": "Le montant manque."}

        enter(cast.head_of_service).post(f"/dossiers/{dossier.id}/renvoyer", sent)

        page = enter(cast.drafter).get(f"/dossiers/{dossier.id}/").content.decode()
        assert "Une correction est demandée" in page
        assert "Le montant manque." in page

    def test_the_reason_stays_there_while_the_correction_lacks_something(self, cast: Cast, enter: Any) -> None:
        dossier = a_dossier(cast, in_circuit=True)
        sent = {"version_read": 1, "reason": "Le montant manque."}
        enter(cast.head_of_service).post(f"/dossiers/{dossier.id}/renvoyer", sent)
        Dossier.objects.filter(pk=dossier.id).update(rapporteur=None)

        page = enter(cast.drafter).get(f"/dossiers/{dossier.id}/").content.decode()

        for words in ("Le montant manque.", "Compléter la description", "Écrire le rapport"):
            assert words in page

    def test_without_a_reason_it_is_refused_beside_the_field(
        self, cast: Cast, enter: Any, nothing_written: Any
    ) -> None:
        dossier, client = a_dossier(cast, in_circuit=True), enter(cast.head_of_service)

        with nothing_written():
            answer = client.post(f"/dossiers/{dossier.id}/renvoyer", {"version_read": 1, "reason": " "})

        assert answer.status_code == 409
        assert 'aria-invalid="true"' in answer.content.decode()
