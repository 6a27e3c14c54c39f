"""Writing in the place of whoever writes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hemicycle.chain.drafting.actions.take_lease import take_lease
from hemicycle.chain.drafting.actions.take_over_lease import take_over_lease
from hemicycle.chain.drafting.leases import SPAN
from hemicycle.chain.drafting.writing import TextFrozen
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain import told
from tests.factories import a_dossier

pytestmark = pytest.mark.django_db

SOON = NOON + dt.timedelta(minutes=1)


def test_the_text_passes_to_whoever_takes_it_over_and_the_journal_says_so(cast: Cast) -> None:
    dossier = a_dossier(cast)
    before = take_lease(dossier_id=dossier.id, text="report", agent=cast.drafter, at=NOON)

    lease = take_over_lease(dossier_id=dossier.id, text="report", agent=cast.colleague, at=SOON)

    assert (lease.agent, lease.taken_at) == (cast.colleague, SOON)
    assert lease.token != before.token
    assert told.by(cast.colleague, "drafter", "drafting.writing_taken_over")
    assert told.last()["facts"] == {"text": "report", "of": cast.drafter.full_name}


def test_writing_here_instead_of_in_ones_other_tab_is_no_event(cast: Cast) -> None:
    dossier = a_dossier(cast)
    before = take_lease(dossier_id=dossier.id, text="report", agent=cast.drafter, at=NOON)

    lease = take_over_lease(dossier_id=dossier.id, text="report", agent=cast.drafter, at=SOON)

    assert lease.token != before.token
    assert told.events() == []


def test_what_nobody_writes_any_more_is_taken_over_from_nobody(cast: Cast) -> None:
    dossier = a_dossier(cast)
    take_lease(dossier_id=dossier.id, text="report", agent=cast.drafter, at=NOON)

    take_over_lease(dossier_id=dossier.id, text="report", agent=cast.colleague, at=NOON + SPAN)

    assert told.events() == []


def test_only_those_who_write_the_dossier_take_it_over(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)
    take_lease(dossier_id=dossier.id, text="report", agent=cast.drafter, at=NOON)

    with pytest.raises(NotEntitled), nothing_written():
        take_over_lease(dossier_id=dossier.id, text="report", agent=cast.neighbour, at=SOON)


def test_nothing_is_taken_over_in_a_circuit(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    with pytest.raises(TextFrozen), nothing_written():
        take_over_lease(dossier_id=dossier.id, text="report", agent=cast.drafter, at=SOON)
