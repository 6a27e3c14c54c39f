"""Opening a dossier from another."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from hemicycle.chain.drafting.actions.duplicate_dossier import DuplicateRefused, duplicate_dossier
from hemicycle.dossier import attachments
from hemicycle.dossier.models import Attachment, Comment, Dossier
from hemicycle.dossier.refusals import NotEntitled
from hemicycle.dossier.stages import Stage
from tests.cast import NOON, Cast
from tests.chain import told
from tests.chain.drafting.definitions import a_field
from tests.factories import DELIBERATION, REPORT, a_dossier, an_attachment

pytestmark = pytest.mark.django_db


def duplicated(cast: Cast, origin: Dossier, **given: Any) -> Dossier:
    facts: dict[str, Any] = {"unit_id": cast.service.pk, "object": "Aide au club, 2027", "agent": cast.drafter}
    return duplicate_dossier(dossier_id=origin.id, at=NOON, **(facts | given))


def test_the_texts_and_the_fields_come_and_nothing_of_the_chain(cast: Cast) -> None:
    a_field("beneficiaire")
    origin = a_dossier(cast, published=True, extra={"beneficiaire": "Club de Clérande", "ancien": "oublié"})
    Comment.objects.create(dossier=origin, version=1, author=cast.legal, text="Relire.", written_at=NOON)

    made = duplicated(cast, origin)

    made.refresh_from_db()
    assert (made.stage, made.version, made.act_number, made.target_date) == (Stage.DRAFTING, 0, "", None)
    assert (made.report, made.deliberation, made.object) == (REPORT, DELIBERATION, "Aide au club, 2027")
    assert made.extra == {"beneficiaire": "Club de Clérande"}
    assert not made.comments.exists() and not made.versions.exists() and not made.links.exists()


def test_the_journal_says_where_it_comes_from(cast: Cast) -> None:
    origin = a_dossier(cast)

    made = duplicated(cast, origin)

    assert told.events(made) == ["drafting.dossier_opened", "drafting.dossier_duplicated"]
    assert told.last()["facts"] == {"origin": origin.number}


def test_only_the_annexes_chosen_come_in_their_order(cast: Cast) -> None:
    origin = a_dossier(cast)
    kept = an_attachment(origin, by=cast.drafter, order=2, title="Convention")
    an_attachment(origin, by=cast.drafter, order=1, title="Courrier")

    made = duplicated(cast, origin, annex_ids=[kept.id])

    assert [(a.title, a.order, a.sha256) for a in attachments.annexes_of(made)] == [("Convention", 1, kept.sha256)]


def test_a_file_of_a_field_is_copied_under_its_own_id(cast: Cast) -> None:
    a_field("statuts", kind="file")
    origin = a_dossier(cast)
    file = an_attachment(origin, by=cast.drafter, kind=Attachment.Kind.FIELD, title="Statuts")
    Dossier.objects.filter(id=origin.id).update(extra={"statuts": str(file.id)})

    made = duplicated(cast, origin)

    copy = Attachment.objects.get(dossier=made, kind=Attachment.Kind.FIELD)
    assert made.extra == {"statuts": str(copy.id)} and copy.sha256 == file.sha256 and copy.id != file.id


def test_without_the_texts_they_stay_to_be_written(cast: Cast) -> None:
    made = duplicated(cast, a_dossier(cast), texts=False)

    assert (made.report, made.deliberation) == ({}, {})


def test_a_companion_duplicated_brings_the_report_of_its_lead(cast: Cast) -> None:
    companion = a_dossier(cast, lead=a_dossier(cast), report={})

    made = duplicated(cast, companion)

    assert (made.report, made.lead) == (REPORT, None)


def test_an_annex_that_is_confidential_or_elsewhere_is_refused(cast: Cast, nothing_written: Any) -> None:
    origin = a_dossier(cast)
    secret = an_attachment(origin, by=cast.drafter)
    Attachment.objects.filter(id=secret.id).update(confidential=True)

    for wanted in (secret.id, uuid4()):
        with pytest.raises(DuplicateRefused, match="annexe"), nothing_written():
            duplicated(cast, origin, annex_ids=[wanted])


def test_a_dossier_that_one_may_not_read_is_not_duplicated(cast: Cast, nothing_written: Any) -> None:
    hidden = a_dossier(cast, unit=cast.other_service, drafter=cast.neighbour)

    with pytest.raises(DuplicateRefused), nothing_written():
        duplicated(cast, hidden)


def test_a_reader_who_drafts_nowhere_is_refused(cast: Cast, nothing_written: Any) -> None:
    origin = a_dossier(cast)

    with pytest.raises(NotEntitled), nothing_written():
        duplicated(cast, origin, agent=cast.auditor)
