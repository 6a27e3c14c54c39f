"""A refusal given in an outside signature book."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from hemicycle.chain.signing.actions.record_refusal import UNSAID, record_refusal
from hemicycle.chain.signing.models import Act
from hemicycle.dossier import journal
from hemicycle.dossier.refusals import MoveNotAllowed, NotEntitled
from hemicycle.dossier.stages import Stage
from tests.cast import NOON, Cast
from tests.signed_acts import an_act_to_sign

NothingWritten = Callable[[], AbstractContextManager[None]]


def refused(cast: Cast, act: Act, **changed: Any) -> Act:
    said = {"dossier_id": act.dossier_id, "sha256": act.frozen.sha256, "reason": "Le montant  est faux."}
    return record_refusal(**{**said, "agent": cast.courier, "at": NOON, **changed})


def test_the_act_goes_back_with_the_reason_under_its_number(cast: Cast) -> None:
    dossier, act = an_act_to_sign(cast, ordered=True)

    refused(cast, act)

    act.refresh_from_db()
    dossier.refresh_from_db()
    assert (act.state, act.refusal_reason) == (Act.State.REFUSED, "Le montant est faux.")
    assert (dossier.stage, dossier.act_number) == (Stage.ADOPTED, act.number)
    assert [entry.event for entry in journal.of(dossier)] == ["signing.signature_refused"]


def test_a_refusal_without_a_word_says_so(cast: Cast) -> None:
    _, act = an_act_to_sign(cast, ordered=True)

    refused(cast, act, reason=" ")

    act.refresh_from_db()
    assert act.refusal_reason == UNSAID


def test_nobody_but_a_courier_brings_it(cast: Cast, nothing_written: NothingWritten) -> None:
    _, act = an_act_to_sign(cast, ordered=True)

    with pytest.raises(NotEntitled), nothing_written():
        refused(cast, act, agent=cast.clerk)


def test_a_refusal_of_other_bytes_changes_nothing(cast: Cast, nothing_written: NothingWritten) -> None:
    _, act = an_act_to_sign(cast, ordered=True)

    with pytest.raises(MoveNotAllowed), nothing_written():
        refused(cast, act, sha256="0" * 64)


def test_an_act_not_ordered_is_not_refused_from_there(cast: Cast, nothing_written: NothingWritten) -> None:
    _, act = an_act_to_sign(cast)

    with pytest.raises(MoveNotAllowed), nothing_written():
        refused(cast, act)
