"""What anyone may read, and nothing before its publication."""

from __future__ import annotations

import uuid

import pytest

from hemicycle.chain.publication import queries
from hemicycle.chain.publication.models import Publication
from hemicycle.chain.signing.models import Act
from hemicycle.chain.transmission.actions.make_stamped_copy import make_stamped_copy
from hemicycle.chain.transmission.models import Departure
from hemicycle.dossier import attachments
from hemicycle.dossier.models import Dossier
from tests.cast import Cast
from tests.factories import a_dossier, a_text, an_attachment
from tests.published_acts import ONLINE_AT, acknowledged, published


def page_of(dossier: Dossier) -> queries.PublicAct:
    found = queries.public_act(dossier.act_number.lower())
    assert found is not None
    return found


# --- Nothing before its publication (I12) -----------------------------------------------------------------------


@pytest.mark.parametrize("trait", ["adopted", "signed", "acknowledged"])
def test_an_act_not_published_is_nowhere(cast: Cast, trait: str) -> None:
    far = ("adopted", "signed", "acknowledged").index(trait)
    dossier = a_dossier(cast, adopted=True, signed=far >= 1, acknowledged=far >= 2)
    annex = an_attachment(dossier, by=cast.drafter)
    slug = dossier.act_number.lower()

    assert queries.published_acts().lines == ()
    assert queries.published_acts().years == ()
    assert queries.public_act(slug) is None
    assert queries.public_file(slug, annex.id) is None
    assert queries.published_on(dossier) is None
    assert queries.scdl_rows() == []


# --- One act ----------------------------------------------------------------------------------------------------


def test_the_page_tells_the_act_its_vote_and_its_dates(cast: Cast) -> None:
    dossier = published(cast)

    page = page_of(dossier)

    assert (page.number, page.object, page.body) == (dossier.act_number, dossier.object, "commission permanente")
    assert (page.vote, page.vote_lines) == ("Adopté à l’unanimité.", ("Pour : 11.",))
    assert page.matter == "finances locales/subventions"
    assert page.published_on.isoformat() == "2026-11-27"
    assert page.executory_on == page.published_on
    assert page.sha256 == page.documents[-1].sha256
    assert [f.label for f in page.documents] == ["Copie portant les dates", "Original signé"]


def test_the_text_shown_is_the_one_voted_whatever_is_written_since(cast: Cast) -> None:
    dossier = published(cast)
    dossier.deliberation = a_text("Un texte réécrit après le vote.")
    dossier.save(update_fields=["deliberation"])

    page = page_of(dossier)

    assert "Article 1 – Une subvention de 12 000 €" in page.html
    assert "réécrit" not in page.html


def test_the_text_cannot_bring_markup_of_its_own(cast: Cast) -> None:
    dossier = a_dossier(cast, published=True, deliberation=a_text("<script>alert(1)</script> & Article"))

    html = page_of(dossier).html

    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_the_term_of_appeal_runs_from_the_publication(cast: Cast) -> None:
    dossier = published(cast)

    appeal = page_of(dossier).appeal

    assert appeal.start.isoformat() == "2026-11-27"
    assert (appeal.earliest.isoformat(), appeal.latest.isoformat()) == ("2027-01-28", "2027-01-28")


def test_unpublished_annexes_stay_inside(cast: Cast) -> None:
    dossier = published(cast)
    inside = an_attachment(dossier, b"%PDF- liste nominative", by=cast.drafter, title="Liste", published=False)

    page = page_of(dossier)

    assert [f.name for f in page.annexes] == ["annexe-1.pdf", "annexe-2.pdf"]
    assert queries.public_file(page.slug, inside.id) is None


def test_each_file_of_the_page_is_downloaded_byte_for_byte(cast: Cast) -> None:
    page = page_of(published(cast))

    for offered in (*page.documents, *page.annexes):
        found = queries.public_file(page.slug, offered.id)
        assert found is not None
        assert (found.name, len(found.data)) == (offered.name, offered.size)


def test_other_files_of_the_dossier_are_not_offered(cast: Cast) -> None:
    dossier = published(cast)
    departure = Departure.objects.get(dossier=dossier)
    frozen = Act.objects.get(dossier=dossier).frozen
    slug = dossier.act_number.lower()

    assert queries.public_file(slug, departure.message_id) is None
    assert queries.public_file(slug, frozen.id) is None
    assert queries.public_file(slug, uuid.uuid4()) is None


def test_once_stamped_with_its_publication_the_newer_copy_is_shown_and_the_first_one_stays(cast: Cast) -> None:
    dossier = published(cast)
    first = Publication.objects.get(dossier=dossier).document
    make_stamped_copy(
        dossier_id=dossier.id, published_on=queries.published_on(dossier), agent=cast.courier, at=ONLINE_AT
    )

    page = page_of(dossier)

    newer = Departure.objects.get(dossier=dossier).stamped
    assert newer is not None
    assert newer != first
    assert page.documents[0].id == newer.id
    kept = queries.public_file(page.slug, first.id)
    assert kept is not None
    assert kept.data == attachments.read(first)


# --- The list ---------------------------------------------------------------------------------------------------


def test_words_are_found_without_accents_or_capitals(cast: Cast) -> None:
    dossier = a_dossier(cast, published=True, object="Réfection de l’École du Cœur")
    a_dossier(cast, published=True, object="Subvention au club")

    for words in ("ecole", "COEUR école", "l’ecole", dossier.act_number):
        assert [line.number for line in queries.published_acts(words=words).lines] == [dossier.act_number]
    assert queries.published_acts(words="ecole subvention").total == 0


def test_the_list_is_narrowed_by_year_and_body(cast: Cast) -> None:
    of_council = a_dossier(cast, published=True, body="CD")
    a_dossier(cast, published=True)

    assert [line.number for line in queries.published_acts(body="CD").lines] == [of_council.act_number]
    assert queries.published_acts(year=2026).total == 2
    assert queries.published_acts(year=2025).total == 0
    assert queries.published_acts().years == (2026,)


def test_a_page_out_of_range_is_the_nearest_one(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PER_PAGE", 2)
    numbers = [a_dossier(cast, published=True).act_number for _ in range(3)]

    pages = [queries.published_acts(page=n) for n in (-1, 1, 2, 99)]

    assert [p.page for p in pages] == [1, 1, 2, 2]
    assert [line.number for line in (*pages[1].lines, *pages[2].lines)] == numbers[::-1]


# --- For those inside -------------------------------------------------------------------------------------------


def test_the_day_of_publication_is_the_day_in_paris(cast: Cast) -> None:
    dossier = a_dossier(cast, published=True, at=ONLINE_AT.replace(hour=0, minute=30))

    day = queries.published_on(dossier)

    assert day is not None
    assert day.isoformat() == "2026-11-27"


def test_an_acknowledged_act_has_no_publication(cast: Cast) -> None:
    assert queries.publication_of(acknowledged(cast)) is None
