"""What one may not read is nowhere: in no list, count or search, behind no identifier put in another's place."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hemicycle.accounts.models import ElectedMember, Role
from hemicycle.chain.distribution.actions.prepare_notice import prepare_notice
from hemicycle.chain.distribution.models import Notice
from hemicycle.chain.finding import index
from hemicycle.chain.publication.models import Publication
from hemicycle.chain.sitting.models import AgendaItem, Summons
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.web.papers import file_answer
from tests.cast import NOON, TODAY, Cast
from tests.factories import a_circuit, a_dossier, a_sitting, an_attachment, put_on_agenda
from tests.web.conftest import Enter
from tests.web.permission_scenes import elsewhere, errand, foreign_in_circuit, prepared, unpublished

pytestmark = pytest.mark.django_db

Nothing = Callable[[], AbstractContextManager[None]]
LISTS = (
    *("/", "/dossiers", "/dossiers?mots=forages", "/recherche?q=forages", "/seances/", "/mes-seances/", "/a-signer/"),
    *("/actes/registre/", "/actes/registre/?q=forages", "/retours/", "/actes/", "/actes/?q=forages"),
)


@pytest.mark.parametrize("who", ["drafter", "director", "legal", "cabinet", "archivist", "administrator", "outsider"])
def test_the_dossier_of_another_direction_is_in_no_list(cast: Cast, enter: Enter, who: str) -> None:
    dossier = foreign_in_circuit(cast)["dossier"]
    a_dossier(cast, to_sign=True, circuit=a_circuit(Role.CHIEF_EXECUTIVE), **elsewhere(cast))
    list(index.rebuild())
    browser = enter(getattr(cast, who))

    pages = {address: browser.get(address).content.decode() for address in LISTS}

    shown = [a for a, page in pages.items() if dossier.number in page or "confidentielle" in page]
    assert shown == []
    assert "confidentielle" in enter(cast.neighbour).get("/recherche?q=forages").content.decode()


@pytest.mark.parametrize("words", ["forages", "confidentielle forages", "2026-0001", "%", "_"])
def test_a_search_does_not_say_how_much_it_hides(cast: Cast, enter: Enter, words: str) -> None:
    before = enter(cast.drafter).get("/recherche", {"q": words}).content
    dossier = foreign_in_circuit(cast)["dossier"]
    Dossier.objects.filter(id=dossier.id).update(number="2026-0001")
    list(index.rebuild())

    after = enter(cast.drafter).get("/recherche", {"q": words}).content

    assert _without_nonce(after) == _without_nonce(before)


def _without_nonce(page: bytes) -> list[bytes]:
    return [line for line in page.splitlines() if b"nonce" not in line and b"csrf" not in line.lower()]


def test_the_annex_of_another_dossier_is_neither_read_nor_removed_nor_ordered(
    cast: Cast, enter: Enter, nothing_written: Nothing
) -> None:
    mine, theirs = a_dossier(cast), foreign_in_circuit(cast)["annex"]
    own = an_attachment(mine, by=cast.drafter, order=1)
    browser = enter(cast.drafter)

    with nothing_written():
        read = browser.get(f"/pieces/{theirs.id}")
        browser.post(f"/dossiers/{mine.id}/annexes/{theirs.id}/retirer")
        browser.post(f"/dossiers/{mine.id}/annexes/ordre", {"ids": [str(own.id), str(theirs.id)], "up": str(theirs.id)})

    assert read.status_code == 404


def test_a_form_cannot_be_pointed_at_another_unit_nor_at_another_sitting(
    cast: Cast, enter: Enter, nothing_written: Nothing
) -> None:
    scene, other = prepared(cast), a_sitting(cast)
    opening = {"object": "Un objet", "body": "CP", "nature": "DE", "subject_code": "7.5", "unit": cast.other_service.pk}
    drafter, clerk = enter(cast.drafter), enter(cast.clerk)

    with nothing_written():
        opened = drafter.post("/dossiers/nouveau", opening)
        removed = clerk.post(f"/seances/{other.id}/retirer/{scene['item_id']}", {"reason": "Erreur"})
        ordered = clerk.post(f"/seances/{other.id}/ordre", {"move": f"{scene['item_id']}:up"})

    assert (opened.status_code, removed.status_code, ordered.status_code) == (409, 404, 409)


def test_nobody_visas_in_the_name_of_someone_who_gave_no_delegation(
    cast: Cast, enter: Enter, nothing_written: Nothing
) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    sent = {"version_read": 1, "on_behalf_of": str(cast.head_of_service.pk)}
    browser = enter(cast.director)

    with nothing_written():
        answer = browser.post(f"/dossiers/{dossier.id}/viser", sent)

    assert answer.status_code == 409
    assert "Aucune délégation" in answer.content.decode()


def test_fields_that_no_form_has_are_left_out(cast: Cast, enter: Enter) -> None:
    dossier = a_dossier(cast)
    sent = {"object": "Un objet", "body": "CP", "nature": "DE", "subject_code": "7.5", "theme": ""}
    more = {"stage": "archived", "drafter": str(cast.neighbour.pk), "number": "9", "act_number": "CP-1", "unit_id": "1"}

    enter(cast.drafter).post(f"/dossiers/{dossier.id}/decrire", sent | more)

    dossier.refresh_from_db()
    assert (dossier.stage, dossier.drafter, dossier.act_number) == ("drafting", cast.drafter, "")
    assert dossier.number != "9" and dossier.unit == cast.service


class TestASitting:
    def test_a_drafter_sees_one_s_own_dossiers_in_an_agenda(self, cast: Cast, enter: Enter) -> None:
        scene = prepared(cast)
        circuit = a_circuit(Role.CABINET)
        put_on_agenda(a_dossier(cast, ready=True, circuit=circuit, **elsewhere(cast)), scene["sitting"])

        page = enter(cast.drafter).get(f"/seances/{scene['sitting_id']}/").content.decode()

        assert scene["dossier"].number in page
        assert "confidentielle" not in page
        assert "confidentielle" in enter(cast.clerk).get(f"/seances/{scene['sitting_id']}/").content.decode()

    def test_the_report_of_a_sitting_to_which_one_is_not_summoned_is_not_read_through_another(
        self, cast: Cast, enter: Enter
    ) -> None:
        hidden = prepared(cast)
        own = a_sitting(cast, convened=True)
        member = enter(cast.members[1].agent)
        address = f"/mes-seances/{own.id}/{hidden['item_id']}/"

        assert member.get(f"/mes-seances/{own.id}/").status_code == 200
        assert member.get(address).status_code == 404
        assert member.get(f"{address}{hidden['annex_id']}").status_code == 404

    def test_what_left_the_agenda_is_no_longer_read(self, cast: Cast, enter: Enter) -> None:
        sitting = a_sitting(cast, convened=True)
        item = put_on_agenda(a_dossier(cast, ready=True), sitting)
        annex = an_attachment(item.dossier, by=cast.drafter, order=1)
        member, address = enter(cast.members[1].agent), f"/mes-seances/{sitting.id}/{item.id}/"
        before = [member.get(address).status_code, member.get(f"{address}{annex.id}").status_code]

        AgendaItem.objects.filter(id=item.id).update(outcome=AgendaItem.Outcome.REMOVED)

        after = [member.get(address).status_code, member.get(f"{address}{annex.id}").status_code]
        assert (before, after) == ([200, 200], [404, 404])

    def test_a_mandate_that_ended_closes_the_member_s_pages(
        self, cast: Cast, enter: Enter, nothing_written: Nothing
    ) -> None:
        sitting = a_sitting(cast, convened=True)
        item = put_on_agenda(a_dossier(cast, ready=True), sitting)
        gone = cast.members[4]
        ElectedMember.objects.filter(id=gone.pk).update(valid_to=TODAY.replace(year=2025))
        browser = enter(gone.agent)

        with nothing_written():
            answers = [
                browser.get(f"/mes-seances/{sitting.id}/"),
                browser.get(f"/mes-seances/{sitting.id}/{item.id}/"),
                browser.get(f"/seances/{sitting.id}/"),
            ]

        assert [a.status_code for a in answers] == [404, 404, 404]
        assert Summons.objects.get(sitting=sitting, member=gone).opened_at is None


class TestThePublic:
    def test_an_act_not_put_online_has_no_page_no_file_and_no_line(self, cast: Cast) -> None:
        scene = unpublished(cast)
        dossier: Dossier = scene["dossier"]
        number, anyone = dossier.act_number, Client()
        files = [str(pk) for pk in Attachment.objects.filter(dossier=dossier).values_list("id", flat=True)]
        sitting = AgendaItem.objects.get(dossier=dossier).sitting_id

        closed = [f"/actes/{number.lower()}/", *(f"/actes/{number.lower()}/{pk}" for pk in files)]
        lists = ["/actes/", "/actes/?q=club", "/actes/scdl.csv", "/actes/seances/"]

        assert {anyone.get(address).status_code for address in closed} == {404}
        assert [a for a in lists if number.encode() in anyone.get(a).content] == []
        assert number not in anyone.get(f"/actes/seances/{sitting}/").content.decode()

    def test_of_a_published_act_only_what_was_published_is_given(self, cast: Cast) -> None:
        dossier, other = a_dossier(cast, archived=True), a_dossier(cast, published=True)
        shown = an_attachment(dossier, by=cast.drafter, order=1, published=True)
        hidden = an_attachment(dossier, b"%PDF-1.7 nominatif", by=cast.drafter, order=2, published=False)
        letter = _notice(cast, dossier).letter
        publication = Publication.objects.get(dossier=dossier)
        offered = {publication.document_id, shown.id, dossier.act.signed_id}
        anyone, page = Client(), f"/actes/{publication.slug}/"

        every = Attachment.objects.all()
        given = {a.id for a in every if anyone.get(f"{page}{a.id}").status_code == 200}

        assert letter is not None and {hidden.id, letter.id} <= {a.id for a in every}
        assert given == offered
        assert str(hidden.id) not in anyone.get(page).content.decode()
        assert anyone.get(f"{page}{Publication.objects.get(dossier=other).document_id}").status_code == 404

    def test_a_withdrawn_annex_is_no_longer_given(self, cast: Cast) -> None:
        dossier = a_dossier(cast, published=True)
        annex = an_attachment(dossier, by=cast.drafter, order=1)
        address = f"/actes/{Publication.objects.get(dossier=dossier).slug}/{annex.id}"
        before = Client().get(address).status_code

        Attachment.objects.filter(id=annex.id).update(removed_at=NOON)

        assert (before, Client().get(address).status_code) == (200, 404)


def _notice(cast: Cast, dossier: Dossier, email: str = "club@clerande.example") -> Notice:
    return prepare_notice(
        dossier_id=dossier.id, partner="Club", email=email, mode="information", agent=cast.clerk, at=NOON
    )


def test_the_link_of_one_act_opens_no_file_of_another_nor_the_letter_of_another_partner(
    cast: Cast, nothing_written: Nothing
) -> None:
    first, second = a_dossier(cast, acknowledged=True), a_dossier(cast, acknowledged=True)
    hidden = an_attachment(first, b"%PDF-1.7 nominatif", by=cast.drafter, order=1, published=False)
    mine, neighbour = _notice(cast, first), _notice(cast, first, "voisin@clerande.example")
    theirs = Attachment.objects.filter(dossier=second).values_list("id", flat=True)
    anyone = Client()

    with nothing_written():
        refused = [*theirs, hidden.id, neighbour.letter_id, first.departures.get().message_id, uuid4()]
        answers = {anyone.get(f"/p/{mine.token}/{pk}").status_code for pk in refused}
        guesses = {anyone.get(f"/p/{word}/").status_code for word in ("a" * 32, "%", mine.token[:-1], "é" * 20)}

    assert (answers, guesses) == ({404}, {404})
    assert anyone.get(f"/p/{mine.token}/{mine.letter_id}").status_code == 200


def test_who_mends_an_errand_does_not_read_what_it_was_about(cast: Cast, enter: Enter) -> None:
    dossier = errand(cast)["dossier"]

    pages = [enter(cast.administrator).get(a).content.decode() for a in ("/", "/transmissions/", "/administration/")]

    assert all(dossier.number in page and dossier.object not in page for page in pages)
    assert dossier.object in enter(cast.clerk).get("/").content.decode()


def test_the_auditor_is_offered_no_form_on_a_dossier(cast: Cast, enter: Enter) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    page = enter(cast.auditor).get(f"/dossiers/{dossier.id}/commentaires/").content.decode()

    assert "/commenter" not in page
    assert "/commenter" in enter(cast.director).get(f"/dossiers/{dossier.id}/commentaires/").content.decode()


def test_the_president_does_not_keep_the_register_of_the_room(cast: Cast, enter: Enter) -> None:
    sitting = a_sitting(cast, convened=True)

    page = enter(cast.president).get(f"/seances/{sitting.id}/presence").content.decode()

    assert "Enregistrer l’appel" not in page and "Enregistrer le pouvoir" not in page
    assert "Enregistrer l’appel" in enter(cast.clerk).get(f"/seances/{sitting.id}/presence").content.decode()


def test_a_file_is_given_as_what_it_is_and_never_run(cast: Cast, enter: Enter) -> None:
    dossier = a_dossier(cast)
    browser = enter(cast.drafter)
    svg = SimpleUploadedFile("dessin.pdf", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")
    xml = SimpleUploadedFile("piece a joindre.xml", b"<?xml version='1.0'?><a xmlns='x'/>")
    address = f"/dossiers/{dossier.id}/annexes/joindre"

    refused = browser.post(address, {"file": svg, "type_code": "99_DE"})
    browser.post(address, {"file": xml, "type_code": "99_DE"})

    answer = browser.get(f"/pieces/{Attachment.objects.get(dossier=dossier).id}")
    assert refused.status_code == 409
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"


def test_the_name_of_a_file_adds_no_header() -> None:
    answer = file_answer(b"%PDF", name='a"\r\nSet-Cookie: b=1; é.pdf', media_type="application/pdf")

    assert answer["Content-Disposition"] == 'inline; filename="aSet-Cookie: b=1; .pdf"'
