"""The rarer gestures of the circuit, on the dossier's page and on their own."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from hemicycle.accounts.models import Role
from hemicycle.chain.circuit.actions.give_visa import give_visa
from hemicycle.chain.circuit.models import CircuitStep, RunStep, Visa
from hemicycle.chain.circuit.queries import steps_of
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.stages import Stage
from tests.cast import Cast
from tests.factories import a_circuit, a_dossier

pytestmark = pytest.mark.django_db

READ = {"version_read": "1"}


def at(dossier: Dossier, gesture: str = "") -> str:
    return f"/dossiers/{dossier.id}/{gesture}"


def visa_of(dossier: Dossier, agent: Any) -> Visa:
    return give_visa(dossier_id=dossier.id, agent=agent, version_read=1, at=timezone.now())


def at_the_cabinet(cast: Cast) -> Dossier:
    return a_dossier(cast, in_circuit=True, circuit=a_circuit(Role.CABINET, Role.CHIEF_EXECUTIVE))


def test_the_page_has_one_filled_button_and_the_rest_apart(cast: Cast, enter: Any) -> None:
    page = enter(cast.head_of_service).get(at(a_dossier(cast, in_circuit=True))).content.decode()

    assert page.count('class="btn" data-visa') == 1
    assert "Autres gestes" in page and "Demander un avis" in page and "Modifier la délibération" in page
    assert "Retenir" not in page and "Valider en urgence" not in page and "embargo" not in page


class TestReservation:
    def test_the_visa_is_given_with_its_reservation(self, cast: Cast, enter: Any) -> None:
        dossier = a_dossier(cast, in_circuit=True)
        sent = READ | {"reserved": "on", "remark": "Sous réserve du plan."}

        answer = enter(cast.head_of_service).post(at(dossier, "viser"), sent, follow=True)

        assert "donné avec réserve sur la version 1" in answer.content.decode()
        assert (Visa.objects.get().kind, Visa.objects.get().remark) == ("reserved", "Sous réserve du plan.")

    def test_without_words_it_is_refused_on_its_page(self, cast: Cast, enter: Any, nothing_written: Any) -> None:
        dossier, client = a_dossier(cast, in_circuit=True), enter(cast.head_of_service)

        with nothing_written():
            answer = client.post(at(dossier, "viser"), READ | {"reserved": "on"})

        assert answer.status_code == 409 and "Viser avec réserve" in answer.content.decode()


class TestSendingBackToAnEarlierStep:
    def test_the_steps_already_passed_are_offered_and_one_is_chosen(self, cast: Cast, enter: Any) -> None:
        dossier = a_dossier(cast, in_circuit=True)
        visa_of(dossier, cast.head_of_service)
        client, head = enter(cast.legal), steps_of(dossier)[0]

        page = client.get(at(dossier, "renvoyer")).content.decode()
        sent = READ | {"to_step": str(head.id), "reason": "À revoir."}
        answer = client.post(at(dossier, "renvoyer"), sent, follow=True)

        assert "Chef de service, Chems Chef" in page and "Cabinet, " not in page
        assert "renvoyé à l’étape « Chef de service »" in answer.content.decode()
        dossier.refresh_from_db()
        assert dossier.stage == Stage.IN_CIRCUIT and steps_of(dossier)[0].state == "awaited"
        seen = enter(cast.head_of_service).get(at(dossier)).content.decode()
        assert "Jules Juriste (Juridique) l’a renvoyé : « À revoir. »" in seen

    def test_a_step_to_come_is_refused(self, cast: Cast, enter: Any, nothing_written: Any) -> None:
        dossier, client = a_dossier(cast, in_circuit=True), enter(cast.head_of_service)
        later = steps_of(dossier)[2].id

        with nothing_written():
            answer = client.post(at(dossier, "renvoyer"), READ | {"to_step": str(later), "reason": "Non."})

        assert answer.status_code == 409 and "Non." in answer.content.decode()


class TestOpinions:
    def test_it_is_asked_given_and_the_dossier_comes_back(self, cast: Cast, enter: Any) -> None:
        dossier, head, finance = a_dossier(cast, in_circuit=True), enter(cast.head_of_service), enter(cast.finance)
        asked = READ | {"whom": "Fanny Finances", "question": "Est-ce <b>budgété</b> ?"}

        told = head.post(at(dossier, "demander-un-avis"), asked, follow=True).content.decode()
        seen = finance.get(at(dossier)).content.decode()
        form = finance.get(at(dossier, "avis")).content.decode()
        given = finance.post(at(dossier, "avis"), READ | {"text": "Oui."}, follow=True).content.decode()

        assert "L’avis de Fanny Finances est demandé" in told
        assert "Chems Chef demande votre avis" in seen and "&lt;b&gt;budgété" in seen and "&lt;b&gt;budgété" in form
        assert "Votre avis est donné sur la version 1" in given
        assert "Votre visa « Chef de service » est attendu" in head.get(at(dossier)).content.decode()

    def test_an_unknown_person_is_refused_and_the_question_kept(
        self, cast: Cast, enter: Any, nothing_written: Any
    ) -> None:
        dossier, client = a_dossier(cast, in_circuit=True), enter(cast.head_of_service)

        with nothing_written():
            answer = client.post(at(dossier, "demander-un-avis"), READ | {"whom": "Zoé", "question": "Pourquoi ?"})

        page = answer.content.decode()
        assert answer.status_code == 409 and "Personne en fonction ne s’appelle « Zoé »" in page
        assert "Pourquoi ?" in page

    def test_nobody_else_has_the_page(self, cast: Cast, enter: Any) -> None:
        dossier = a_dossier(cast, in_circuit=True)

        for gesture in ("demander-un-avis", "avis"):
            assert enter(cast.director).get(at(dossier, gesture)).status_code == 404


class TestPassingOn:
    def test_an_optional_step_is_passed_over_by_whoever_is_awaited(self, cast: Cast, enter: Any) -> None:
        circuit = a_circuit()
        CircuitStep.objects.filter(circuit=circuit, order=1).update(required=False)
        dossier = a_dossier(cast, in_circuit=True, circuit=circuit)
        RunStep.objects.filter(run__dossier=dossier, order=1).update(required=False)
        client, legal = enter(cast.head_of_service), steps_of(dossier)[1]

        page = client.get(at(dossier, "passer")).content.decode()
        sent = READ | {"to_step": str(legal.id), "reason": "Déjà vu."}
        answer = client.post(at(dossier, "passer"), sent, follow=True)

        assert "Juridique : sans le visa « Chef de service »" in page and "Cabinet :" not in page
        assert "attend maintenant l’étape « Juridique »" in answer.content.decode()
        assert [s.state for s in steps_of(dossier)] == ["waived", "awaited", "missing"]

    def test_a_required_one_is_not_offered(self, cast: Cast, enter: Any) -> None:
        dossier, client = a_dossier(cast, in_circuit=True), enter(cast.head_of_service)

        assert "Passer à une étape suivante" not in client.get(at(dossier)).content.decode()
        assert client.get(at(dossier, "passer")).status_code == 404

    def test_the_dgs_passes_over_a_required_one(self, cast: Cast, enter: Any) -> None:
        dossier, client = a_dossier(cast, in_circuit=True), enter(cast.chief_executive)
        cabinet = steps_of(dossier)[2]

        page = client.get(at(dossier, "passer")).content.decode()
        client.post(at(dossier, "passer"), READ | {"to_step": str(cabinet.id), "reason": "Urgent."})

        assert "« Chef de service » (requis), « Juridique » (requis)" in page
        assert [s.state for s in steps_of(dossier)] == ["waived", "waived", "awaited"]


class TestTakingBack:
    def test_it_is_offered_while_nobody_has_acted_and_undoes_the_visa(self, cast: Cast, enter: Any) -> None:
        dossier, client = a_dossier(cast, in_circuit=True), enter(cast.head_of_service)
        visa = visa_of(dossier, cast.head_of_service)

        page = client.get(at(dossier)).content.decode()
        answer = client.post(at(dossier, "reprendre"), {"visa": visa.pk}, follow=True).content.decode()

        assert "Reprendre mon visa" in page
        assert "est repris" in answer and "Votre visa « Chef de service » est attendu" in answer

    def test_once_the_next_has_acted_it_is_not(self, cast: Cast, enter: Any, nothing_written: Any) -> None:
        dossier, client = a_dossier(cast, in_circuit=True), enter(cast.head_of_service)
        visa = visa_of(dossier, cast.head_of_service)
        visa_of(dossier, cast.legal)

        page = client.get(at(dossier)).content.decode()
        with nothing_written():
            answer = client.post(at(dossier, "reprendre"), {"visa": visa.pk})

        assert "Reprendre mon visa" not in page
        assert answer.status_code == 409 and "ne peut plus être repris" in answer.content.decode()

    def test_another_s_is_not(self, cast: Cast, enter: Any, nothing_written: Any) -> None:
        dossier, client = a_dossier(cast, in_circuit=True), enter(cast.director)
        visa = visa_of(dossier, cast.head_of_service)

        with nothing_written():
            assert client.post(at(dossier, "reprendre"), {"visa": visa.pk}).status_code == 409


class TestEmergency:
    def test_the_missing_visas_are_said_before_and_after(self, cast: Cast, enter: Any) -> None:
        dossier, client = a_dossier(cast, in_circuit=True), enter(cast.chief_executive)
        visa_of(dossier, cast.head_of_service)

        offered = client.get(at(dossier)).content.decode()
        page = client.get(at(dossier, "urgence")).content.decode()
        answer = client.post(at(dossier, "urgence"), READ | {"reason": "La crue."}, follow=True).content.decode()

        assert "Valider en urgence" in offered
        assert "Visas requis qui manquent" in page and "Juridique" in page
        assert "Visas manquants : Juridique, Cabinet." in answer
        dossier.refresh_from_db()
        assert (dossier.stage, dossier.emergency) == (Stage.READY, "La crue.")

    def test_without_a_reason_it_is_refused(self, cast: Cast, enter: Any, nothing_written: Any) -> None:
        dossier, client = a_dossier(cast, in_circuit=True), enter(cast.chief_executive)

        with nothing_written():
            assert client.post(at(dossier, "urgence"), READ | {"reason": " "}).status_code == 409

    def test_few_hold_the_right(self, cast: Cast, enter: Any, nothing_written: Any) -> None:
        dossier = a_dossier(cast, in_circuit=True)
        clients = [enter(agent) for agent in (cast.clerk, cast.head_of_service)]

        for client in clients:
            assert client.get(at(dossier, "urgence")).status_code == 404
            with nothing_written():
                assert client.post(at(dossier, "urgence"), READ | {"reason": "Non."}).status_code == 409


class TestTheCabinet:
    def test_it_holds_and_releases(self, cast: Cast, enter: Any) -> None:
        dossier, client = at_the_cabinet(cast), enter(cast.cabinet)

        client.get(at(dossier, "retenir"))
        held = client.post(at(dossier, "retenir"), READ | {"reason": "Arbitrage."}, follow=True).content.decode()
        page = client.get(at(dossier)).content.decode()
        released = client.post(at(dossier, "liberer"), follow=True).content.decode()

        assert "est retenu au Cabinet" in held and "« Arbitrage. »" in held
        assert "Libérer le dossier" in page
        assert "Le dossier est libéré" in released and "Retenir le dossier" in released

    def test_it_sets_and_lifts_an_embargo(self, cast: Cast, enter: Any) -> None:
        dossier, client, director = at_the_cabinet(cast), enter(cast.cabinet), enter(cast.director)

        client.post(at(dossier, "embargo"))
        assert director.get(at(dossier)).status_code == 404
        client.post(at(dossier, "embargo/lever"))

        assert director.get(at(dossier)).status_code == 200

    def test_nobody_else_does(self, cast: Cast, enter: Any, nothing_written: Any) -> None:
        dossier, client = at_the_cabinet(cast), enter(cast.chief_executive)

        for gesture in ("retenir", "liberer", "embargo", "embargo/lever"):
            with nothing_written():
                assert client.post(at(dossier, gesture), READ | {"reason": "Non."}).status_code == 409


class TestAmending:
    def test_the_text_is_corrected_at_one_s_turn(self, cast: Cast, enter: Any) -> None:
        dossier, client = a_dossier(cast, in_circuit=True), enter(cast.head_of_service)

        page = client.get(at(dossier, "corriger/rapport") + "?saisie=simple").content.decode()
        sent = READ | {"content": "Un rapport corrigé.", "note": "Une phrase."}
        answer = client.post(at(dossier, "corriger/rapport"), sent, follow=True).content.decode()

        assert "Le club de Clérande" in page
        assert "La version 2 est enregistrée" in answer and "Viser la version 2" in answer
        dossier.refresh_from_db()
        assert dossier.version == 2

    def test_the_editor_sends_a_tree(self, cast: Cast, enter: Any) -> None:
        dossier, client = a_dossier(cast, in_circuit=True), enter(cast.head_of_service)
        tree = '{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"Article 1 – Rien."}]}]}'

        client.get(at(dossier, "corriger/deliberation"))
        client.post(at(dossier, "corriger/deliberation"), READ | {"content": tree})

        dossier.refresh_from_db()
        assert "Rien." in str(dossier.deliberation) and dossier.version == 2

    @pytest.mark.parametrize("content", ['{"type":"doc","content":[{"type":"script"}]}', '{"a', "["])
    def test_what_cannot_be_read_is_refused_or_taken_as_words(self, cast: Cast, enter: Any, content: str) -> None:
        dossier, client = a_dossier(cast, in_circuit=True), enter(cast.head_of_service)

        answer = client.post(at(dossier, "corriger/rapport"), READ | {"content": content})

        assert answer.status_code in (302, 409)

    def test_the_same_text_is_refused(self, cast: Cast, enter: Any, nothing_written: Any) -> None:
        dossier, client = a_dossier(cast, in_circuit=True), enter(cast.head_of_service)
        same = "Le club de Clérande demande une aide de 12 000 €.\n\nIl est proposé de la lui accorder."

        with nothing_written():
            answer = client.post(at(dossier, "corriger/rapport"), READ | {"content": same})

        assert answer.status_code == 409 and "rien n’est à enregistrer" in answer.content.decode()

    def test_out_of_one_s_turn_there_is_no_page(self, cast: Cast, enter: Any, nothing_written: Any) -> None:
        dossier, client = a_dossier(cast, in_circuit=True), enter(cast.director)

        assert client.get(at(dossier, "corriger/rapport")).status_code == 404
        with nothing_written():
            assert client.post(at(dossier, "corriger/rapport"), READ | {"content": "Non."}).status_code == 409


def test_a_stranger_has_none_of_these(cast: Cast, enter: Any, nothing_written: Any) -> None:
    dossier, client = at_the_cabinet(cast), enter(cast.outsider)
    gestures = ("demander-un-avis", "avis", "passer", "urgence", "retenir", "liberer", "embargo", "reprendre")

    for gesture in (*gestures, "embargo/lever", "corriger/rapport"):
        with nothing_written():
            assert client.post(at(dossier, gesture), READ | {"reason": "x"}).status_code == 404
