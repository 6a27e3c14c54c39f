"""Comments on the site: in the margin of a text, answered, settled, never shown to whoever may not read them."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from hemicycle.chain.drafting.passages import passages_of
from hemicycle.dossier.models import Comment, Dossier
from tests.cast import Cast
from tests.chain.drafting.said import a_comment, on_report
from tests.factories import a_dossier, an_attachment
from tests.web.conftest import Enter


def page(enter: Enter, who: Any, dossier: Dossier, tab: str = "", **asked: str) -> str:
    return enter(who).get(f"/dossiers/{dossier.id}/{tab}", asked).content.decode()


def test_a_passage_is_commented_in_place(cast: Cast, enter: Enter) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    client = enter(cast.head_of_service)
    form = client.get(f"/dossiers/{dossier.id}/", {"passage": "1"}).context["comment_form"]

    sent = {name: form.initial[name] for name in ("on", "block", "digest")} | {"text": "Pourquoi ?", "tab": "rapport"}
    answer = client.post(f"/dossiers/{dossier.id}/commenter", sent)

    comment = Comment.objects.get()
    assert comment.anchor["quote"] == "Il est proposé de la lui accorder."
    assert answer["Location"] == f"/dossiers/{dossier.id}/#fil-{comment.pk}"
    assert "commentaire</span> sur" not in page(enter, cast.drafter, dossier)
    assert "sur ce passage, 1 à traiter" in page(enter, cast.drafter, dossier)


def test_a_passage_that_moved_since_is_refused_with_what_was_written(
    cast: Cast, enter: Enter, nothing_written: Any
) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    client = enter(cast.head_of_service)
    sent = {"on": "report", "block": "1", "digest": "0" * 64, "text": "Pourquoi tant ?", "tab": "rapport"}

    with nothing_written():
        answer = client.post(f"/dossiers/{dossier.id}/commenter", sent)

    assert answer.status_code == 409
    assert "vient de changer" in answer.content.decode()
    assert "Pourquoi tant ?" in answer.content.decode()


@pytest.mark.parametrize("asked", ["99", "-1", "abc", "²", "9" * 30])
def test_a_passage_that_is_not_there_opens_no_form(cast: Cast, enter: Enter, asked: str) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    assert 'id="commenter"' not in page(enter, cast.drafter, dossier, passage=asked)


def test_every_passage_offers_to_be_commented_when_asked(cast: Cast, enter: Enter) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    offered = page(enter, cast.drafter, dossier, commenter="")

    assert offered.count('class="say"') == len(passages_of(dossier.report))
    assert 'class="say"' not in page(enter, cast.auditor, dossier, commenter="")


def test_an_answer_stays_in_its_thread(cast: Cast, enter: Enter) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    first = a_comment(dossier, cast.head_of_service, anchor=on_report(dossier))

    answer = enter(cast.drafter).post(
        f"/dossiers/{dossier.id}/commenter", {"text": "TTC.", "thread": str(first.pk), "tab": "rapport"}, follow=True
    )

    assert first.replies.get().text == "TTC."
    assert "TTC." in answer.content.decode()


def test_a_comment_is_settled_then_opened_again(cast: Cast, enter: Enter) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    said = a_comment(dossier, cast.head_of_service)
    client = enter(cast.drafter)

    client.post(f"/dossiers/{dossier.id}/commentaires/{said.pk}/traiter")
    settled = page(enter, cast.head_of_service, dossier, "commentaires/")
    client.post(f"/dossiers/{dossier.id}/commentaires/{said.pk}/rouvrir")

    assert "Tout est traité" in settled and "traité par Ada Rédactrice" in settled
    assert "1 commentaire à traiter" in page(enter, cast.drafter, dossier, "commentaires/").replace("\u00a0", " ")


def test_what_is_settled_is_not_settled_twice(cast: Cast, enter: Enter, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    said = a_comment(dossier, cast.drafter)
    Comment.objects.filter(pk=said.pk).update(handled_at=timezone.now())
    client = enter(cast.drafter)

    with nothing_written():
        answer = client.post(f"/dossiers/{dossier.id}/commentaires/{said.pk}/traiter")

    assert answer.status_code == 409
    assert "déjà marqué traité" in answer.content.decode()


def test_a_comment_is_asked_under_its_own_dossier(cast: Cast, enter: Enter) -> None:
    said = a_comment(a_dossier(cast), cast.drafter)
    other = a_dossier(cast)

    assert enter(cast.drafter).post(f"/dossiers/{other.id}/commentaires/{said.pk}/traiter").status_code == 404


@pytest.mark.parametrize("tab", ["", "commentaires/", "journal/", "parcours/"])
def test_an_internal_comment_is_nowhere_for_the_others(cast: Cast, enter: Enter, tab: str) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    a_comment(dossier, cast.drafter, "Le tiers est douteux.", internal_to_id=cast.service.pk, anchor=on_report(dossier))

    assert "douteux" not in page(enter, cast.clerk, dossier, tab)
    assert "à traiter" not in page(enter, cast.clerk, dossier, tab)


def test_an_internal_comment_says_whom_it_is_for(cast: Cast, enter: Enter) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    client = enter(cast.drafter)

    client.post(f"/dossiers/{dossier.id}/commenter", {"text": "Entre nous.", "internal_to": str(cast.service.pk)})

    assert Comment.objects.get().internal_to == cast.service
    assert "interne : Service des clubs" in page(enter, cast.colleague, dossier, "commentaires/")


def test_the_page_of_an_annex_is_commented(cast: Cast, enter: Enter) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    annex = an_attachment(dossier, by=cast.drafter)
    sent = {"text": "Signature manquante.", "annex": str(annex.id), "page": "2", "tab": "annexes"}

    answer = enter(cast.drafter).post(f"/dossiers/{dossier.id}/commenter", sent, follow=True)

    assert "Annexe « Convention », page 2" in answer.content.decode()


def test_a_comment_whose_passage_is_gone_keeps_its_words(cast: Cast, enter: Enter) -> None:
    dossier = a_dossier(cast, to_correct=True)
    a_comment(dossier, cast.head_of_service, "Pourquoi ?", anchor=on_report(dossier, 1))
    dossier.report["content"].pop()
    dossier.save()

    shown = page(enter, cast.drafter, dossier)

    assert "le passage commenté n’existe plus" in shown
    assert "Il est proposé de la lui accorder." in shown


def test_whoever_corrects_is_told_how_many_comments_wait(cast: Cast, enter: Enter) -> None:
    dossier = a_dossier(cast, to_correct=True)
    for _ in range(3):
        a_comment(dossier, cast.head_of_service, anchor=on_report(dossier))

    assert "3 commentaires à traiter" in page(enter, cast.drafter, dossier).replace("\u00a0", " ")
    assert "3 commentaires à traiter" not in page(enter, cast.head_of_service, dossier).replace("\u00a0", " ")


def test_the_names_of_readers_are_offered_to_readers(cast: Cast, enter: Enter) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    offered = enter(cast.drafter).get(f"/dossiers/{dossier.id}/lecteurs", {"call": "@Chems"})

    assert offered.content.decode().strip() == '<option value="Chems Chef"></option>'
    assert enter(cast.neighbour).get(f"/dossiers/{dossier.id}/lecteurs", {"call": "C"}).status_code == 404


def test_someone_who_may_not_read_is_refused_beside_the_field(cast: Cast, enter: Enter, nothing_written: Any) -> None:
    dossier, client = a_dossier(cast), enter(cast.drafter)

    with nothing_written():
        answer = client.post(f"/dossiers/{dossier.id}/commenter", {"text": "Vu ?", "call": "Nils Voisin"})

    assert answer.status_code == 409
    assert "Nils Voisin ne lit pas ce dossier" in answer.content.decode()
