"""Leaving an act in an outside signature book."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from hemicycle.chain.signing.actions.record_asked_elsewhere import record_asked_elsewhere
from hemicycle.chain.signing.elsewhere import folders_left
from hemicycle.chain.signing.models import Act
from hemicycle.dossier import journal
from hemicycle.dossier.refusals import MoveNotAllowed, NotEntitled
from tests.cast import NOON, Cast
from tests.signed_acts import an_act_to_sign

NothingWritten = Callable[[], AbstractContextManager[None]]


def left(cast: Cast, act: Act, **changed: Any) -> Act:
    said = {"dossier_id": act.dossier_id, "sha256": act.frozen.sha256, "folder": "f1", "title": "CP 1"}
    return record_asked_elsewhere(**{**said, "agent": cast.courier, "at": NOON, **changed})


def test_which_folder_answers_the_order_is_written_down(cast: Cast) -> None:
    dossier, act = an_act_to_sign(cast, ordered=True)

    left(cast, act)
    left(cast, act)
    left(cast, act, folder="f2")

    facts = journal.of(dossier)[0].sealed["facts"]
    assert (facts["folder"], facts["title"], facts["number"]) == ("f1", "CP 1", act.number)
    assert folders_left(dossier.id, act.frozen.sha256) == ["f1", "f2"]
    assert folders_left(dossier.id, "0" * 64) == []


def test_nobody_but_a_courier_writes_it(cast: Cast, nothing_written: NothingWritten) -> None:
    _, act = an_act_to_sign(cast, ordered=True)

    with pytest.raises(NotEntitled), nothing_written():
        left(cast, act, agent=cast.clerk)


@pytest.mark.parametrize("ordered", [True, False])
def test_without_an_order_on_these_bytes_nothing_is_left(
    cast: Cast, nothing_written: NothingWritten, ordered: bool
) -> None:
    _, act = an_act_to_sign(cast, ordered=ordered)
    sha256 = "0" * 64 if ordered else act.frozen.sha256

    with pytest.raises(MoveNotAllowed), nothing_written():
        left(cast, act, sha256=sha256)
