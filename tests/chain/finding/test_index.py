"""What goes in the index, as searches find it: on either engine."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import call_command

from hemicycle.chain.finding import index, queries
from hemicycle.chain.finding.models import FileWords, SearchDocument
from hemicycle.dossier.models import Comment, Dossier
from tests.cast import NOON, TODAY, Cast
from tests.factories import a_dossier, a_text, an_attachment
from tests.texts.office import docx, w_p, w_r

pytestmark = pytest.mark.django_db


def found(cast: Cast, words: str) -> list[Dossier]:
    criteria = queries.Criteria(words=words)
    found = queries.find(cast.clerk, on=TODAY, criteria=criteria)
    return [result.dossier for result in queries.results(found.documents, words)]


def read_again(dossier: Dossier) -> None:
    index.index_dossier(dossier_id=dossier.id, entry=1 + SearchDocument.objects.filter(dossier=dossier).count())


def a_pdf(*lines: str) -> bytes:
    """A PDF whose page says these lines."""
    from hemicycle.rendering.annex import Annex, render_annex
    from hemicycle.rendering.blocks import Letterhead

    letterhead = Letterhead(departement="Département de l’Ormelle")
    return render_annex(Annex(letterhead=letterhead, number=1, title="Annexe", text=a_text(*lines)), at=NOON)


@pytest.mark.parametrize(
    "words",
    ["subventions", "SUBVENTION", "clerande", "Clérande", "deliberation", "gymnase", "attribuée club", '"aide de 12"'],
)
def test_a_dossier_is_found_by_the_words_of_its_object_and_of_its_texts(cast: Cast, words: str) -> None:
    dossier = a_dossier(cast, object="Délibération sur le gymnase de Lormet")

    read_again(dossier)

    assert found(cast, words) == [dossier]


@pytest.mark.parametrize("words", ["piscine", "subvention -gymnase", '"club aide"', "gymnase natation"])
def test_what_does_not_answer_every_word_is_not_found(cast: Cast, words: str) -> None:
    dossier = a_dossier(cast, object="Le gymnase de Lormet")

    read_again(dossier)

    assert found(cast, words) == []


def test_the_words_of_the_object_come_before_those_of_the_texts(cast: Cast) -> None:
    in_the_text = a_dossier(cast, report=a_text("La patinoire est voisine.", *["Rien d’autre."] * 40))
    in_the_object = a_dossier(cast, object="Patinoire départementale")

    for dossier in (in_the_text, in_the_object):
        read_again(dossier)

    assert found(cast, "patinoires") == [in_the_object, in_the_text]


def test_the_words_of_a_pdf_annexed_are_found_and_read_once(cast: Cast, monkeypatch: Any) -> None:
    dossier = a_dossier(cast)
    an_attachment(dossier, a_pdf("Le trébuchet de Courtemaille sera restauré."), by=cast.drafter)
    read_again(dossier)

    monkeypatch.setattr("hemicycle.chain.finding.file_words._read", lambda file: pytest.fail("read twice"))
    index._index([dossier])

    assert found(cast, "trebuchet courtemaille") == [dossier]


def test_the_words_of_a_word_file_annexed_are_found(cast: Cast) -> None:
    dossier = a_dossier(cast)
    an_attachment(dossier, docx(w_p(w_r("Barème des hallebardes"))), by=cast.drafter, name="bareme.docx")

    read_again(dossier)

    assert found(cast, "hallebarde") == [dossier]


@pytest.mark.parametrize("data", [b"%PDF-1.7 rien", b"PK\x03\x04 rien", b"\x00\x01", b""])
def test_a_file_that_cannot_be_read_hides_nothing_else(cast: Cast, data: bytes) -> None:
    dossier = a_dossier(cast)
    an_attachment(dossier, data, by=cast.drafter, title="Hallebardes", name="annexe.docx")

    read_again(dossier)

    assert found(cast, "hallebardes club") == [dossier]
    assert FileWords.objects.get().left_out


def test_a_pdf_that_never_ends_is_left(cast: Cast, monkeypatch: Any) -> None:
    monkeypatch.setattr("hemicycle.chain.finding.file_words.SECONDS", 0.01)
    dossier = a_dossier(cast)
    an_attachment(dossier, a_pdf("Hallebarde"), by=cast.drafter)

    read_again(dossier)

    assert found(cast, "hallebarde") == []
    assert FileWords.objects.get().left_out == "PDF trop long à lire"


def test_confidential_and_removed_annexes_and_internal_comments_are_never_searched(cast: Cast) -> None:
    dossier = a_dossier(cast)
    secret = an_attachment(dossier, b"hallebarde", by=cast.drafter, title="Hallebarde", name="a.txt")
    secret.confidential = True
    secret.save()
    an_attachment(dossier, b"arquebuse", by=cast.drafter, title="Arquebuse", name="b.txt")
    dossier.attachments.filter(title="Arquebuse").update(removed_at=NOON)
    facts: dict[str, Any] = {"dossier": dossier, "version": 0, "author": cast.drafter, "written_at": NOON}
    Comment.objects.create(text="Couleuvrine", internal_to=cast.service, **facts)
    Comment.objects.create(text="Bombarde", **facts)

    read_again(dossier)

    assert [found(cast, w) for w in ("hallebarde", "arquebuse", "couleuvrine", "bombarde")] == [[], [], [], [dossier]]


def test_a_dossier_that_shares_a_report_is_found_by_it_and_follows_it(cast: Cast) -> None:
    lead = a_dossier(cast, report=a_text("Les hallebardes"))
    companion = a_dossier(cast, lead=lead, report={})
    read_again(lead)
    assert set(found(cast, "hallebarde")) == {lead, companion}

    lead.report = a_text("Les arquebuses")
    lead.save()
    read_again(lead)

    assert found(cast, "hallebarde") == []
    assert set(found(cast, "arquebuse")) == {lead, companion}


def test_what_is_already_in_the_index_is_not_read_again(cast: Cast) -> None:
    dossier = a_dossier(cast)
    SearchDocument.objects.create(dossier=dossier, entry=12)

    assert index.index_dossier(dossier_id=dossier.id, entry=11) is False
    assert index.index_dossier(dossier_id=dossier.id, entry=12) is False
    assert index.index_dossier(dossier_id=dossier.id, entry=13) is True


def test_the_whole_index_is_made_again_by_a_command(cast: Cast) -> None:
    dossiers = {a_dossier(cast, object=f"Hallebarde {n}") for n in range(3)}
    out = io.StringIO()

    call_command("rebuild_index", stdout=out)
    call_command("rebuild_index", stdout=out)

    assert set(found(cast, "hallebardes")) == dossiers
    assert "3 dossiers" in out.getvalue()
