"""Commenting a dossier."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.drafting.actions.write_comment import (
    CallRefused,
    CommentRefused,
    NotYourUnit,
    PassageGone,
    ThreadGone,
    write_comment,
)
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain import told
from tests.chain.drafting.said import a_comment, on_report
from tests.factories import a_delegation, a_dossier, an_attachment, entitle

pytestmark = pytest.mark.django_db


def test_a_comment_is_bound_to_the_version_on_screen(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    comment = write_comment(
        dossier_id=dossier.id, text="  Le montant est-il TTC ? ", agent=cast.head_of_service, at=NOON
    )

    assert (comment.version, comment.author, comment.text) == (1, cast.head_of_service, "Le montant est-il TTC ?")
    assert told.last()["event"] == "drafting.comment_written"
    assert told.last()["actor"]["id"] == str(cast.head_of_service.id)
    facts = told.last()["facts"]
    assert (facts["version"], facts["text"], facts["comment"]) == (1, "Le montant est-il TTC ?", comment.pk)


def test_whoever_the_circuit_brought_in_may_comment(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    entitle(dossier, cast.legal, "legal")
    a_delegation(cast.legal, cast.outsider)

    write_comment(dossier_id=dossier.id, text="Vu.", agent=cast.legal, at=NOON)
    write_comment(dossier_id=dossier.id, text="Vu pour lui.", agent=cast.outsider, at=NOON)

    assert dossier.comments.count() == 2


@pytest.mark.parametrize("who", ["neighbour", "finance", "administrator", "outsider"])
def test_whoever_does_not_read_the_dossier_does_not_comment_it(cast: Cast, who: str, nothing_written: Any) -> None:
    dossier = a_dossier(cast)

    with pytest.raises(NotEntitled), nothing_written():
        write_comment(dossier_id=dossier.id, text="Bonjour", agent=getattr(cast, who), at=NOON)


@pytest.mark.parametrize("text", ["", " \n ", "x" * 4001])
def test_an_empty_or_endless_comment_is_refused(cast: Cast, text: str, nothing_written: Any) -> None:
    dossier = a_dossier(cast)

    with pytest.raises(CommentRefused, match="vide ou dépasse 4000") as refusal, nothing_written():
        write_comment(dossier_id=dossier.id, text=text, agent=cast.drafter, at=NOON)

    assert refusal.value.field == "text"


def test_a_comment_on_a_passage_keeps_its_words(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    comment = a_comment(dossier, cast.head_of_service, anchor=on_report(dossier, 1))

    assert comment.anchor["quote"] == "Il est proposé de la lui accorder."
    assert (comment.anchor["text"], comment.anchor["block"]) == ("report", 1)
    assert told.last()["facts"]["place"] == "rapport, passage 2"


def test_the_drafter_comments_the_text_at_work(cast: Cast) -> None:
    dossier = a_dossier(cast, to_correct=True)
    dossier.report["content"][0]["content"][0]["text"] = "Le club demande 15 000 €."
    dossier.save()

    comment = a_comment(dossier, cast.drafter, anchor=on_report(dossier))

    assert comment.anchor["quote"] == "Le club demande 15 000 €."


@pytest.mark.parametrize(
    "anchor",
    [
        {"text": "report", "block": 0, "digest": "0" * 64},
        {"text": "report", "block": 99, "digest": ""},
        {"text": "annexe", "block": 0, "digest": ""},
        {"text": "report"},
        {"annex": "pas-un-identifiant", "page": 1},
    ],
)
def test_a_passage_that_is_not_there_is_refused(cast: Cast, anchor: Any, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    with pytest.raises(PassageGone, match="rechargez"), nothing_written():
        a_comment(dossier, cast.drafter, anchor=anchor)


def test_a_page_of_an_annex_is_commented(cast: Cast) -> None:
    dossier = a_dossier(cast)
    annex = an_attachment(dossier, by=cast.drafter)

    comment = a_comment(dossier, cast.drafter, anchor={"annex": str(annex.id), "page": 4})

    assert comment.anchor == {"annex": str(annex.id), "page": 4, "title": "Convention"}


@pytest.mark.parametrize("page", [0, 3, -1, "2"])
def test_a_page_that_the_annex_has_not_is_refused(cast: Cast, page: Any, nothing_written: Any) -> None:
    dossier = a_dossier(cast)
    annex = an_attachment(dossier, by=cast.drafter)
    annex.pages = 2
    annex.save()

    with pytest.raises(PassageGone, match="de 1 à 2"), nothing_written():
        a_comment(dossier, cast.drafter, anchor={"annex": str(annex.id), "page": page})


def test_the_annex_of_another_dossier_is_refused(cast: Cast, nothing_written: Any) -> None:
    dossier, other = a_dossier(cast), a_dossier(cast)
    annex = an_attachment(other, by=cast.drafter)

    with pytest.raises(PassageGone), nothing_written():
        a_comment(dossier, cast.drafter, anchor={"annex": str(annex.id), "page": 1})


def test_a_reply_joins_its_thread_and_its_readers(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    first = a_comment(dossier, cast.head_of_service, internal_to_id=cast.service.pk, anchor=on_report(dossier))

    reply = a_comment(dossier, cast.drafter, "Oui, TTC.", thread_id=first.pk)

    assert (reply.thread, reply.internal_to, reply.anchor) == (first, cast.service, {})
    assert told.last()["facts"]["answers"] == first.pk
    assert told.last()["facts"]["place"] == "rapport, passage 1"


def test_nobody_answers_an_answer_nor_a_comment_of_another_dossier(cast: Cast, nothing_written: Any) -> None:
    dossier, other = a_dossier(cast), a_dossier(cast)
    reply = a_comment(dossier, cast.drafter, thread_id=a_comment(dossier, cast.drafter).pk)
    elsewhere = a_comment(other, cast.drafter)

    for thread in (reply.pk, elsewhere.pk, 0):
        with pytest.raises(ThreadGone), nothing_written():
            a_comment(dossier, cast.drafter, thread_id=thread)


def test_the_words_of_an_internal_comment_are_not_in_the_journal(cast: Cast) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    a_comment(dossier, cast.drafter, "Le tiers est douteux.", internal_to_id=cast.service.pk)

    assert told.last()["facts"]["text"] == ""
    assert told.last()["facts"]["internal_to"] == "Service des clubs"


def test_nobody_answers_an_internal_comment_that_they_do_not_read(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    internal = a_comment(dossier, cast.drafter, internal_to_id=cast.service.pk)

    with pytest.raises(ThreadGone), nothing_written():
        a_comment(dossier, cast.clerk, thread_id=internal.pk)


@pytest.mark.parametrize(("who", "unit"), [("drafter", "other_service"), ("legal", "service"), ("director", "service")])
def test_a_comment_is_internal_to_a_unit_of_ones_own(cast: Cast, who: str, unit: str, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    entitle(dossier, cast.legal, "legal")

    with pytest.raises(NotYourUnit), nothing_written():
        a_comment(dossier, getattr(cast, who), internal_to_id=getattr(cast, unit).pk)


@pytest.mark.parametrize(
    "text", ["@Chems Chef, qu’en dites-vous ?", "Vu (@Chef).", "Qu’en dit @CHEMS CHEF", "À revoir avec @chef."]
)
def test_someone_is_called_by_name(cast: Cast, text: str) -> None:
    comment = a_comment(a_dossier(cast), cast.drafter, text)

    assert list(comment.mentions.all()) == [cast.head_of_service]


def test_someone_is_called_from_the_list(cast: Cast) -> None:
    comment = a_comment(a_dossier(cast), cast.drafter, "Qu’en dites-vous ?", call="Chems  Chef")

    assert comment.text == "@Chems Chef Qu’en dites-vous ?"
    assert list(comment.mentions.all()) == [cast.head_of_service]


def test_an_address_or_a_price_calls_nobody(cast: Cast) -> None:
    comment = a_comment(a_dossier(cast), cast.drafter, "Écrire à chems@chef.example ; 3 @ 12 €, @ 4.")

    assert not comment.mentions.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("@Nils Voisin ?", "Nils Voisin ne lit pas ce dossier"),
        ("@Personne ?", "n’est le nom de personne"),
        ("@Chefferie ?", "n’est le nom de personne"),
    ],
)
def test_whoever_may_not_read_is_not_called(cast: Cast, text: str, said: str, nothing_written: Any) -> None:
    dossier = a_dossier(cast)

    with pytest.raises(CallRefused, match=said), nothing_written():
        a_comment(dossier, cast.drafter, text)


def test_whoever_is_of_another_unit_is_not_called_in_an_internal_comment(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)

    with pytest.raises(CallRefused, match="ne lirait pas ce commentaire interne"), nothing_written():
        a_comment(dossier, cast.drafter, "@Assia Assemblée ?", internal_to_id=cast.service.pk)


def test_a_name_that_several_readers_bear_is_to_be_written_whole(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)
    cast.colleague.last_name = "Chef"
    cast.colleague.save()

    with pytest.raises(CallRefused, match="écrivez le prénom et le nom"), nothing_written():
        a_comment(dossier, cast.drafter, "@Chef ?")
    assert list(a_comment(dossier, cast.drafter, "@Colas Chef ?").mentions.all()) == [cast.colleague]
