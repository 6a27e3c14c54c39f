"""Taking an older text again: nothing of the present one is lost."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest

from hemicycle.chain.drafting.actions.restore_text import NothingToRestore, restore_text
from hemicycle.chain.drafting.actions.save_text import save_text
from hemicycle.chain.drafting.actions.take_lease import take_lease
from hemicycle.chain.drafting.leases import TextHeld
from hemicycle.chain.drafting.writing import TextFrozen
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import NotEntitled
from hemicycle.texts.tree import clean, digest
from tests.cast import NOON, Cast
from tests.chain import told
from tests.factories import DELIBERATION, REPORT, a_dossier, a_text

pytestmark = pytest.mark.django_db

NEW = a_text("Le club demande 13 000 €, et non 12 000.")


def _rewritten(cast: Cast) -> Dossier:
    """Sent back after version 1, its report rewritten since."""
    dossier = a_dossier(cast, to_correct=True)
    save_text(dossier_id=dossier.id, text="report", content=NEW, agent=cast.drafter, at=NOON)
    return dossier


def test_the_text_of_an_older_version_is_the_working_text_again(cast: Cast) -> None:
    dossier = _rewritten(cast)

    restore_text(dossier_id=dossier.id, version=1, text="report", agent=cast.drafter, at=NOON)

    dossier.refresh_from_db()
    assert dossier.report == REPORT
    assert told.by(cast.drafter, "drafter", "drafting.text_restored")
    assert told.last()["facts"] == {
        "version": 1,
        "texts": ["report"],
        "kept": 2,
        "digests": [digest(clean(REPORT))],
    }


def test_what_no_version_had_is_frozen_before_it_is_replaced(cast: Cast) -> None:
    dossier = _rewritten(cast)

    restore_text(dossier_id=dossier.id, version=1, text="both", agent=cast.drafter, at=NOON)

    kept = dossier.versions.get(number=2)
    assert (kept.report, kept.deliberation) == (clean(NEW), DELIBERATION)
    assert kept.reason == "Texte avant restauration de la version 1"


def test_what_a_version_already_had_is_not_frozen_again(cast: Cast) -> None:
    dossier = _rewritten(cast)
    restore_text(dossier_id=dossier.id, version=1, text="report", agent=cast.drafter, at=NOON)

    restore_text(dossier_id=dossier.id, version=2, text="report", agent=cast.drafter, at=NOON)

    dossier.refresh_from_db()
    assert dossier.report == clean(NEW)
    assert dossier.versions.count() == 2
    assert told.last()["facts"]["kept"] == 0


def test_the_same_text_again_writes_nothing(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, to_correct=True)

    with nothing_written():
        restore_text(dossier_id=dossier.id, version=1, text="both", agent=cast.drafter, at=NOON)


@pytest.mark.parametrize("who", ["neighbour", "director", "legal", "president", "outsider"])
def test_whoever_does_not_write_it_is_refused(cast: Cast, who: str, nothing_written: Any) -> None:
    dossier = _rewritten(cast)

    with pytest.raises(NotEntitled), nothing_written():
        restore_text(dossier_id=dossier.id, version=1, text="both", agent=getattr(cast, who), at=NOON)


@pytest.mark.parametrize("trait", ["in_circuit", "ready", "on_agenda", "signed"])
def test_a_text_in_the_circuit_is_not_restored(cast: Cast, trait: str, nothing_written: Any) -> None:
    taken: dict[str, Any] = {trait: True}
    dossier = a_dossier(cast, **taken)

    with pytest.raises(TextFrozen), nothing_written():
        restore_text(dossier_id=dossier.id, version=1, text="both", agent=cast.drafter, at=NOON)


def test_a_version_that_was_never_made_is_not_restored(cast: Cast, nothing_written: Any) -> None:
    dossier = _rewritten(cast)

    with pytest.raises(NothingToRestore, match="n’a pas de version 7"), nothing_written():
        restore_text(dossier_id=dossier.id, version=7, text="both", agent=cast.drafter, at=NOON)


def test_the_report_of_a_companion_is_restored_on_its_lead(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, to_correct=True, lead=a_dossier(cast))

    with pytest.raises(NothingToRestore, match="dossier principal"), nothing_written():
        restore_text(dossier_id=dossier.id, version=1, text="report", agent=cast.drafter, at=NOON)


def test_a_text_that_somebody_else_is_writing_is_not_taken_away(cast: Cast, nothing_written: Any) -> None:
    dossier = _rewritten(cast)
    take_lease(dossier_id=dossier.id, text="report", token=uuid4(), agent=cast.colleague, at=NOON)

    with pytest.raises(TextHeld), nothing_written():
        restore_text(
            dossier_id=dossier.id, version=1, text="both", agent=cast.drafter, at=NOON + dt.timedelta(seconds=30)
        )
