from __future__ import annotations

import io
import re
import uuid
import zipfile
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hemicycle.chain.circuit.actions.submit import submit
from hemicycle.chain.printing.actions.try_act import try_act
from hemicycle.dossier import versions
from hemicycle.dossier.models import Comment, Reading
from hemicycle.texts.typography import of_fr
from tests.cast import NOON, Cast
from tests.factories import a_delegation, a_dossier, a_text, an_attachment, send_back

TABS = ("", "deliberation/", "annexes/", "commentaires/", "versions/", "journal/", "parcours/")


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("stage", ["", "in_circuit", "to_correct", "ready", "adopted", "acknowledged", "archived"])
def test_every_part_of_the_page_shows_at_every_stage(cast: Cast, enter: Any, tab: str, stage: str) -> None:
    dossier = a_dossier(cast, **({stage: True} if stage else {}))

    answer = enter(cast.clerk).get(f"/dossiers/{dossier.id}/{tab}")

    assert answer.status_code == 200
    assert dossier.object in answer.content.decode()


@pytest.mark.parametrize("tab", TABS)
def test_a_dossier_that_one_may_not_read_does_not_exist(cast: Cast, enter: Any, tab: str) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    assert enter(cast.neighbour).get(f"/dossiers/{dossier.id}/{tab}").status_code == 404


def test_an_unknown_dossier_or_part_does_not_exist(cast: Cast, enter: Any) -> None:
    client, dossier = enter(cast.drafter), a_dossier(cast)

    assert client.get(f"/dossiers/{uuid.uuid4()}/").status_code == 404
    assert client.get(f"/dossiers/{dossier.id}/cuisine/").status_code == 404


def test_reading_the_page_notes_the_version_read_and_writes_nothing_else(cast: Cast, enter: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    enter(cast.head_of_service).get(f"/dossiers/{dossier.id}/")

    assert Reading.objects.get().version == 1


def test_the_giver_of_a_visa_is_asked_for_it_with_the_version_on_screen(cast: Cast, enter: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    page = enter(cast.head_of_service).get(f"/dossiers/{dossier.id}/").content.decode()

    assert "Viser la version 1" in page
    assert 'name="version_read" value="1"' in page


def test_the_substitute_is_told_in_whose_absence(cast: Cast, enter: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    a_delegation(cast.head_of_service, cast.director, on=timezone.localdate())

    page = enter(cast.director).get(f"/dossiers/{dossier.id}/").content.decode()

    assert f'<span class="acting">en l’absence {of_fr(cast.head_of_service.full_name)}</span>' in page


def test_whoever_has_nothing_to_do_is_told_where_the_dossier_waits(cast: Cast, enter: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    page = enter(cast.drafter).get(f"/dossiers/{dossier.id}/").content.decode()

    assert "Rien n’est attendu de vous." in page
    assert f"attendu de {cast.head_of_service.full_name}" in page


def test_the_drafter_is_told_what_is_missing_before_submitting(cast: Cast, enter: Any) -> None:
    dossier = a_dossier(cast, report={})

    page = enter(cast.drafter).get(f"/dossiers/{dossier.id}/").content.decode()

    assert "est vide" in page
    assert f"/dossiers/{dossier.id}/rapport/ecrire" in page


def test_the_drafter_reads_every_fault_with_its_place(cast: Cast, enter: Any) -> None:
    words = a_text("Article 1 – Une aide de … € est versée.", "Article 2 – Bravo 🎉.")
    dossier = a_dossier(cast, deliberation=words)

    page = enter(cast.drafter).get(f"/dossiers/{dossier.id}/").content.decode()

    assert "L’acte ne peut pas encore être établi" in page
    assert "contient encore «\u00a0… €\u00a0», à l’article\u00a01" in page
    assert "PARTY POPPER" in page


@pytest.mark.parametrize(
    ("words", "said"), [("Une aide.", "L’acte peut être établi"), ("Bravo 🎉.", "L’acte ne peut pas être établi")]
)
def test_everyone_reads_whether_the_act_can_be_drawn_up(cast: Cast, enter: Any, words: str, said: str) -> None:
    dossier = a_dossier(cast, in_circuit=True, deliberation=a_text(f"Article 1 – {words}"))
    try_act(dossier_id=dossier.id, agent=cast.courier, at=NOON)

    page = enter(cast.head_of_service).get(f"/dossiers/{dossier.id}/").content.decode()

    assert said in page


class TestWhatChanged:
    @pytest.fixture
    def resubmitted(self, cast: Cast, enter: Any) -> Any:
        dossier = a_dossier(cast, to_correct=True)
        Reading.objects.create(dossier=dossier, agent=cast.head_of_service, version=1, read_at=timezone.now())
        dossier.report = a_text(
            "Le club de Clérande demande une aide de 15 000 €.", "Il est proposé de la lui accorder."
        )
        dossier.amount = 15000
        dossier.save()
        submit(dossier_id=dossier.id, circuit_id=0, agent=cast.drafter, at=timezone.now())
        return dossier

    def test_it_opens_on_what_changed_since_the_last_reading(self, cast: Cast, enter: Any, resubmitted: Any) -> None:
        page = enter(cast.head_of_service).get(f"/dossiers/{resubmitted.id}/").content.decode()

        assert "Ce qui a changé depuis votre dernier passage" in page
        assert "<del>" in page and "15 000" in page.replace("\u00a0", " ").replace("\u202f", " ")
        assert re.search(r"Montant[^§]{0,80}<del>", page)

    def test_it_stays_on_screen_from_tab_to_tab_of_the_same_visit(
        self, cast: Cast, enter: Any, resubmitted: Any
    ) -> None:
        client = enter(cast.head_of_service)
        first = client.get(f"/dossiers/{resubmitted.id}/").content.decode()

        second = client.get(f"/dossiers/{resubmitted.id}/deliberation/?depuis=1").content.decode()

        assert "deliberation/?depuis=1#matiere" in first
        assert "Ce qui a changé" in second

    def test_it_is_gone_at_the_next_visit_of_whoever_is_asked_nothing(
        self, cast: Cast, enter: Any, resubmitted: Any
    ) -> None:
        Reading.objects.create(dossier=resubmitted, agent=cast.director, version=1, read_at=timezone.now())
        client = enter(cast.director)
        client.get(f"/dossiers/{resubmitted.id}/")

        assert "Ce qui a changé" not in client.get(f"/dossiers/{resubmitted.id}/").content.decode()

    @pytest.mark.parametrize("since", ["0", "9", "-1", "abc", "99999999999999999999", "²"])
    def test_a_nonsense_version_shows_no_change(self, cast: Cast, enter: Any, resubmitted: Any, since: str) -> None:
        answer = enter(cast.clerk).get(f"/dossiers/{resubmitted.id}/", {"depuis": since})

        assert answer.status_code == 200
        assert "Ce qui a changé" not in answer.content.decode()


class TestComments:
    def test_a_reader_writes_a_comment(self, cast: Cast, enter: Any) -> None:
        dossier = a_dossier(cast, in_circuit=True)

        answer = enter(cast.head_of_service).post(
            f"/dossiers/{dossier.id}/commenter", {"text": "Le bilan ?"}, follow=True
        )

        assert Comment.objects.get().text == "Le bilan ?"
        assert "Le bilan ?" in answer.content.decode()

    def test_an_empty_comment_is_refused_beside_its_field(self, cast: Cast, enter: Any, nothing_written: Any) -> None:
        dossier, client = a_dossier(cast, in_circuit=True), enter(cast.head_of_service)

        with nothing_written():
            answer = client.post(f"/dossiers/{dossier.id}/commenter", {"text": "  "})

        assert answer.status_code == 409
        assert 'aria-invalid="true"' in answer.content.decode()

    def test_someone_who_may_not_read_may_not_comment(self, cast: Cast, enter: Any, nothing_written: Any) -> None:
        dossier, client = a_dossier(cast), enter(cast.neighbour)

        with nothing_written():
            assert client.post(f"/dossiers/{dossier.id}/commenter", {"text": "Bonjour"}).status_code == 404


class TestFiles:
    def test_all_the_annexes_come_in_one_zip_in_their_order(self, cast: Cast, enter: Any) -> None:
        dossier = a_dossier(cast)
        an_attachment(dossier, b"second", by=cast.drafter, title="Plan", name="plan.pdf", order=2)
        an_attachment(dossier, b"premier", by=cast.drafter, order=1)

        answer = enter(cast.drafter).get(f"/dossiers/{dossier.id}/annexes.zip")

        bundle = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
        assert bundle.namelist() == ["01 Convention.pdf", "02 Plan.pdf"]
        assert bundle.read("01 Convention.pdf") == b"premier"

    def test_no_annex_no_zip(self, cast: Cast, enter: Any) -> None:
        assert enter(cast.drafter).get(f"/dossiers/{a_dossier(cast).id}/annexes.zip").status_code == 404


def test_the_office_is_led_from_a_ready_dossier_to_the_sittings(cast: Cast, enter: Any) -> None:
    dossier = a_dossier(cast, ready=True)

    office = enter(cast.clerk).get(f"/dossiers/{dossier.id}/").content.decode()
    drafter = enter(cast.drafter).get(f"/dossiers/{dossier.id}/").content.decode()

    assert "Choisir une séance" in office
    assert "Choisir une séance" not in drafter


class TestFlags:
    def test_an_emergency_is_said_on_the_page_and_on_the_sheet(self, cast: Cast, enter: Any) -> None:
        dossier = a_dossier(cast, ready=True, emergency="Crue de la Rivesaine.")

        for tab in ("", "parcours/", "versions/1/"):
            page = enter(cast.drafter).get(f"/dossiers/{dossier.id}/{tab}").content.decode()
            assert "Validé en urgence" in page and "Crue de la Rivesaine." in page

    def test_an_embargo_is_said(self, cast: Cast, enter: Any) -> None:
        dossier = a_dossier(cast, in_circuit=True, embargo=True)

        page = enter(cast.drafter).get(f"/dossiers/{dossier.id}/").content.decode()

        assert "sous embargo jusqu’à la convocation" in page

    def test_the_sheet_proves_each_required_visa(self, cast: Cast, enter: Any) -> None:
        dossier = a_dossier(cast, ready=True)

        page = enter(cast.drafter).get(f"/dossiers/{dossier.id}/parcours/").content.decode()

        assert page.count(versions.current(dossier).digest[:12]) == 4
        assert "Visas requis et leur preuve" in page

    def test_the_journal_keeps_one_kind_when_asked(self, cast: Cast, enter: Any) -> None:
        dossier = a_dossier(cast, in_circuit=True)
        client = enter(cast.drafter)
        client.post(f"/dossiers/{dossier.id}/commenter", {"text": "Vu."})

        assert (
            "a écrit un commentaire"
            in client.get(f"/dossiers/{dossier.id}/journal/?genre=commentaires").content.decode()
        )
        assert (
            "a écrit un commentaire" not in client.get(f"/dossiers/{dossier.id}/journal/?genre=visas").content.decode()
        )


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize(
    ("who", "trait"), [("head_of_service", "in_circuit"), ("drafter", "to_correct"), ("clerk", "acknowledged")]
)
def test_a_page_read_again_asks_fifteen_questions_at_most(
    cast: Cast, enter: Any, who: str, trait: str, tab: str
) -> None:
    dossier, client = a_dossier(cast, **{trait: True}), enter(getattr(cast, who))
    client.get(f"/dossiers/{dossier.id}/")

    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/dossiers/{dossier.id}/{tab}").status_code == 200

    assert len(asked) <= 15


def test_whoever_is_asked_a_visa_again_finds_what_changed_since_the_last_even_on_a_second_visit(
    cast: Cast, enter: Any
) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    chief = enter(cast.head_of_service)
    send_back(dossier)
    dossier.report = a_text("Le club de Clérande demande 9 000 €.")
    dossier.save()
    submit(dossier_id=dossier.pk, circuit_id=0, agent=cast.drafter, at=NOON)

    pages = [chief.get(f"/dossiers/{dossier.id}/").content.decode() for _ in range(2)]

    assert all("Ce qui a changé" in page for page in pages)
    assert all("9\u00a0000" in page or "9 000" in page for page in pages)
