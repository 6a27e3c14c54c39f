"""Putting right how an act is filed at the préfecture."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.transmission.actions.correct_filing import NotInTheClassification, correct_filing
from hemicycle.dossier import attachments, journal
from hemicycle.dossier.refusals import MoveNotAllowed, NotEntitled
from tests.cast import NOON, Cast
from tests.departures import sending
from tests.factories import a_dossier
from tests.signed_acts import a_signed_dossier

NothingWritten = Callable[[], AbstractContextManager[None]]


def test_the_matiere_and_the_types_are_put_right(cast: Cast) -> None:
    dossier = a_signed_dossier(cast, annexes=1)
    annex = attachments.annexes_of(dossier)[0]

    correct_filing(dossier_id=dossier.id, subject_code="7.10", types={annex.pk: "99_SE"}, agent=cast.clerk, at=NOON)

    dossier.refresh_from_db()
    annex.refresh_from_db()
    assert (dossier.subject_code, annex.type_code) == ("7.10", "99_SE")
    entry = journal.of(dossier)[-1]
    assert entry.event == "transmission.filing_corrected"
    assert list(entry.sealed["facts"]["changes"]) == ["matière", "type de « Annexe 1 »"]


def test_the_same_filing_changes_nothing(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = a_signed_dossier(cast, annexes=1)
    annex = attachments.annexes_of(dossier)[0]

    with nothing_written():
        correct_filing(
            dossier_id=dossier.id,
            subject_code=dossier.subject_code,
            types={annex.pk: "99_DE"},
            agent=cast.clerk,
            at=NOON,
        )


@pytest.mark.parametrize("code", ["7.99", "7", "finances", ""])
def test_a_matiere_that_the_prefecture_lacks(cast: Cast, nothing_written: NothingWritten, code: str) -> None:
    dossier = a_dossier(cast, to_sign=True)

    with pytest.raises(NotInTheClassification), nothing_written():
        correct_filing(dossier_id=dossier.id, subject_code=code, types={}, agent=cast.clerk, at=NOON)


def test_a_type_that_the_nature_lacks(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = a_signed_dossier(cast, annexes=1)
    annex = attachments.annexes_of(dossier)[0]

    with pytest.raises(NotInTheClassification, match="99_AR"), nothing_written():
        correct_filing(dossier_id=dossier.id, subject_code="7.5", types={annex.pk: "99_AR"}, agent=cast.clerk, at=NOON)


def test_an_annex_that_stays_here_has_no_type_to_correct(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = a_signed_dossier(cast, annexes=1)
    kept_here = attachments.annexes_of(dossier)[1]

    with pytest.raises(NotInTheClassification, match="rechargez"), nothing_written():
        correct_filing(
            dossier_id=dossier.id, subject_code="7.5", types={kept_here.pk: "99_SE"}, agent=cast.clerk, at=NOON
        )


def test_nothing_is_put_right_once_an_envoi_is_under_way(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = sending(cast)

    with pytest.raises(MoveNotAllowed, match="entre le vote et l’envoi"), nothing_written():
        correct_filing(dossier_id=dossier.id, subject_code="7.10", types={}, agent=cast.clerk, at=NOON)


def test_a_drafter_corrects_no_filing(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = a_dossier(cast, to_sign=True)

    with pytest.raises(NotEntitled), nothing_written():
        correct_filing(dossier_id=dossier.id, subject_code="7.10", types={}, agent=cast.drafter, at=NOON)
