"""Following the proof of an act signed before proofs were."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.signing import proofs
from hemicycle.chain.signing.actions.note_proof import note_proof
from hemicycle.chain.signing.models import Proof
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.signed_acts import an_act_proven, an_act_to_sign

NothingWritten = Callable[[], AbstractContextManager[None]]

pytestmark = pytest.mark.django_db


def test_an_older_act_is_followed_from_its_own_bytes(cast: Cast) -> None:
    act = an_act_proven(cast)
    Proof.objects.all().delete()

    waiting = proofs.unnoted(limit=10)
    noted = note_proof(dossier_id=act.dossier_id, agent=cast.courier, at=NOON)

    assert waiting == [act.dossier_id]
    assert noted is not None and noted.protected_until is not None
    assert (noted.protected_by, noted.archived) == ("Horodatage d’essai", False)
    assert proofs.unnoted(limit=10) == []


def test_an_act_not_signed_or_already_followed_changes_nothing(cast: Cast, nothing_written: NothingWritten) -> None:
    act = an_act_proven(cast)
    dossier, _ = an_act_to_sign(cast)

    with nothing_written():
        found = [note_proof(dossier_id=pk, agent=cast.courier, at=NOON) for pk in (act.dossier_id, dossier.id)]

    assert found == [None, None]


def test_nobody_but_the_couriers_notes_it(cast: Cast, nothing_written: NothingWritten) -> None:
    act = an_act_proven(cast)

    with pytest.raises(NotEntitled), nothing_written():
        note_proof(dossier_id=act.dossier_id, agent=cast.clerk, at=NOON)
