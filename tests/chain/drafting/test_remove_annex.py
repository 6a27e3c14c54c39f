"""Taking an annex out of the dossier."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from hemicycle.chain.drafting.actions.remove_annex import NoSuchAnnex, remove_annex
from hemicycle.chain.drafting.writing import TextFrozen
from hemicycle.dossier import attachments
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain import told
from tests.chain.drafting.files import titles
from tests.factories import a_dossier, an_attachment

pytestmark = pytest.mark.django_db


def test_the_ranks_close_and_the_bytes_stay(cast: Cast) -> None:
    dossier = a_dossier(cast)
    _, lease, _ = (
        an_attachment(dossier, title.encode(), by=cast.drafter, title=title, order=order)
        for order, title in enumerate(("Plan", "Bail", "Carte"), start=1)
    )

    removed = remove_annex(dossier_id=dossier.id, annex_id=lease.id, agent=cast.colleague, at=NOON)

    assert [(a.title, a.order) for a in attachments.annexes_of(dossier)] == [("Plan", 1), ("Carte", 2)]
    assert (removed.removed_at, attachments.read(removed)) == (NOON, b"Bail")
    assert told.by(cast.colleague, "drafter", "drafting.annex_removed")
    assert told.last()["facts"] == {"title": "Bail", "sha256": lease.sha256}


def test_an_annex_of_another_dossier_or_removed_already_is_refused(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)
    elsewhere = an_attachment(a_dossier(cast), by=cast.drafter)
    gone = an_attachment(dossier, by=cast.drafter)
    remove_annex(dossier_id=dossier.id, annex_id=gone.id, agent=cast.drafter, at=NOON)

    for annex_id in (elsewhere.id, gone.id, uuid4()):
        with pytest.raises(NoSuchAnnex, match="n’est plus dans le dossier"), nothing_written():
            remove_annex(dossier_id=dossier.id, annex_id=annex_id, agent=cast.drafter, at=NOON)


def test_a_produced_file_is_no_annex_to_remove(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)
    source = an_attachment(dossier, by=cast.drafter, kind="source")

    with pytest.raises(NoSuchAnnex), nothing_written():
        remove_annex(dossier_id=dossier.id, annex_id=source.id, agent=cast.drafter, at=NOON)


@pytest.mark.parametrize("who", ["neighbour", "director", "outsider"])
def test_whoever_does_not_write_the_dossier_is_refused(cast: Cast, who: str, nothing_written: Any) -> None:
    dossier = a_dossier(cast)
    annex = an_attachment(dossier, by=cast.drafter)

    with pytest.raises(NotEntitled), nothing_written():
        remove_annex(dossier_id=dossier.id, annex_id=annex.id, agent=getattr(cast, who), at=NOON)


@pytest.mark.parametrize("trait", ["in_circuit", "ready", "signed"])
def test_annexes_are_frozen_once_in_the_circuit(cast: Cast, trait: str, nothing_written: Any) -> None:
    dossier = a_dossier(cast, **{trait: True})
    annex = an_attachment(dossier, by=cast.drafter)

    with pytest.raises(TextFrozen), nothing_written():
        remove_annex(dossier_id=dossier.id, annex_id=annex.id, agent=cast.drafter, at=NOON)

    assert titles(dossier) == ["Convention"]
