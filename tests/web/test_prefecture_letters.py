"""The letters of the préfecture on the site: the tray, the page of each, the answer prepared then sent."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hemicycle.chain.correspondence.models import Letter, Reply
from tests.cast import Cast
from tests.letters import WORDS, a_file, a_letter, a_reply, sent

pytestmark = pytest.mark.django_db
TRAY = "/transmissions/courriers/"


def url_of(letter: Letter) -> str:
    return f"{TRAY}{letter.id}/"


def page_of(client: Any, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return str(answer.content.decode()).replace("\u00a0", " ")


def test_a_letter_waits_in_the_tray_of_the_direction_and_of_the_service_des_assemblees(cast: Cast, enter: Any) -> None:
    letter = a_letter(cast)

    for agent in (cast.drafter, cast.clerk):
        page = page_of(enter(agent), TRAY)
        assert "1 courrier de la préfecture attend une réponse" in page
        assert url_of(letter) in page
    assert "Aucun courrier" in page_of(enter(cast.neighbour), TRAY)


def test_it_waits_in_a_traiter_and_on_the_page_of_the_dossier_with_its_calendar(cast: Cast, enter: Any) -> None:
    letter = a_letter(cast)
    director = enter(cast.director)

    inbox, dossier = page_of(director, "/"), page_of(director, f"/dossiers/{letter.dossier_id}/")

    assert "Courriers de la préfecture" in inbox and url_of(letter) in inbox
    assert "La préfecture a écrit." in dossier and url_of(letter) in dossier
    assert "délai arrêté" in dossier
    assert url_of(letter) not in page_of(enter(cast.neighbour), "/")


def test_the_page_of_a_letter_says_by_when_and_why(cast: Cast, enter: Any) -> None:
    letter = a_letter(cast)

    page = page_of(enter(cast.drafter), url_of(letter))

    assert "28 janvier 2027" in page
    assert "Le délai du déféré est arrêté depuis le 28 novembre 2026" in page
    assert "L3132-1" in page
    assert "La délibération ne vise pas le budget" in page
    assert "Envoyer la réponse" not in page


def test_nobody_else_opens_it(cast: Cast, enter: Any) -> None:
    letter = a_letter(cast)

    assert enter(cast.neighbour).get(url_of(letter)).status_code == 404
    assert enter(cast.auditor).get(url_of(letter)).status_code == 200


def test_the_direction_prepares_and_the_service_des_assemblees_sends(cast: Cast, enter: Any) -> None:
    letter = a_letter(cast)
    annex = SimpleUploadedFile("extrait.pdf", a_file().data, "application/pdf")
    drafter, clerk = enter(cast.drafter), enter(cast.clerk)

    said = {"root": "ReponseLettreObservations", "words": WORDS, "documents": annex}
    first = drafter.post(f"{url_of(letter)}repondre", said, follow=True).content.decode()
    reply = Reply.objects.get()
    office = page_of(clerk, url_of(letter))
    second = clerk.post(f"{url_of(letter)}reponses/{reply.pk}/envoyer", follow=True).content.decode()

    reply.refresh_from_db()
    assert "La réponse est prête : le service des assemblées la relit et l’envoie." in first
    assert "Envoyer la réponse" in office
    assert "La réponse part par le tiers de télétransmission" in second
    assert "La réponse est en cours d’envoi." in second
    assert (reply.state, reply.prepared_by, reply.ordered_by) == ("ordered", cast.drafter, cast.clerk)


def test_the_direction_does_not_send(cast: Cast, enter: Any) -> None:
    reply = a_reply(cast)

    answer = enter(cast.drafter).post(f"{url_of(reply.letter)}reponses/{reply.pk}/envoyer")

    reply.refresh_from_db()
    assert (answer.status_code, reply.state) == (409, "prepared")


def test_what_cannot_leave_is_said_beside_its_field(cast: Cast, enter: Any) -> None:
    letter = a_letter(cast)
    picture = SimpleUploadedFile("note.exe", b"MZ", "application/pdf")
    said = {"root": "ReponseLettreObservations", "words": "", "documents": picture}

    answer = enter(cast.drafter).post(f"{url_of(letter)}repondre", said)

    assert answer.status_code == 409
    assert "note.exe" in answer.content.decode()
    assert not Reply.objects.exists()


def test_an_answer_of_another_letter_is_not_sent_from_this_page(cast: Cast, enter: Any) -> None:
    reply = a_reply(cast)
    other = a_letter(cast, "simple", dossier=reply.letter.dossier)

    answer = enter(cast.clerk).post(f"{url_of(other)}reponses/{reply.pk}/envoyer")

    assert answer.status_code == 409
    assert "n’est pas celle de ce courrier" in answer.content.decode()


def test_a_letter_answered_says_it_was_in_time(cast: Cast, enter: Any) -> None:
    letter = sent(cast).letter

    page = page_of(enter(cast.clerk), url_of(letter))

    assert "Répondu dans le délai" in page
    assert "Préparer la réponse" not in page
    assert "Traités" in page_of(enter(cast.clerk), TRAY)


def test_a_referral_is_settled_with_a_reason(cast: Cast, enter: Any) -> None:
    letter = a_letter(cast, "referral")
    clerk = enter(cast.clerk)
    before = page_of(clerk, url_of(letter))

    nothing = clerk.post(f"{url_of(letter)}classer", {"note": " "})
    clerk.post(f"{url_of(letter)}classer", {"note": "Avocat saisi."})

    assert "Ce canal n’admet pas de réponse" in before
    assert nothing.status_code == 409
    assert "« Avocat saisi. »" in page_of(clerk, url_of(letter))


def test_the_sign_on_the_page_says_a_landmark_is_one(cast: Cast, enter: Any) -> None:
    page = page_of(enter(cast.clerk), url_of(a_letter(cast, "simple")))

    assert "Repère de l’application" in page
    assert "à vérifier" in page
