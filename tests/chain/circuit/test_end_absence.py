"""Ending an absence before its last day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hemicycle.accounts.models import Delegation, Role
from hemicycle.chain.circuit.actions.end_absence import NothingToEnd, end_absence
from hemicycle.chain.circuit.queries import in_tray
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, TODAY, Cast
from tests.chain import told
from tests.chain.circuit.test_declare_absence import declare
from tests.factories import a_delegation, a_dossier

pytestmark = pytest.mark.django_db

NEXT_DAY = NOON + dt.timedelta(days=1)


def test_the_replacement_acts_no_more_at_once(cast: Cast) -> None:
    a_dossier(cast, in_circuit=True)
    absence = declare(cast.head_of_service, cast.director)

    end_absence(absence_id=absence.pk, agent=cast.head_of_service, at=NEXT_DAY)

    absence.refresh_from_db()
    assert absence.valid_to == TODAY
    assert in_tray(cast.director, on=NEXT_DAY.date()) == []
    assert told.by(cast.head_of_service, "", "circuit.absence_ended")


def test_one_that_began_today_leaves_no_day(cast: Cast) -> None:
    absence = declare(cast.head_of_service, cast.director)

    end_absence(absence_id=absence.pk, agent=cast.clerk, at=NOON)

    assert not Delegation.objects.exists()
    assert told.by(cast.clerk, Role.ASSEMBLY_OFFICE, "circuit.absence_ended")


def test_one_that_is_over_is_refused(cast: Cast, nothing_written: Any) -> None:
    absence = declare(cast.legal, cast.finance)

    with pytest.raises(NothingToEnd), nothing_written():
        end_absence(absence_id=absence.pk, agent=cast.legal, at=NOON + dt.timedelta(days=30))


def test_a_delegation_is_not_an_absence(cast: Cast, nothing_written: Any) -> None:
    delegation = a_delegation(cast.legal, cast.finance)

    with pytest.raises(NothingToEnd), nothing_written():
        end_absence(absence_id=delegation.pk, agent=cast.legal, at=NOON)


def test_the_replacement_does_not_end_it(cast: Cast, nothing_written: Any) -> None:
    absence = declare(cast.legal, cast.finance)

    with pytest.raises(NotEntitled, match="Jules Juriste"), nothing_written():
        end_absence(absence_id=absence.pk, agent=cast.finance, at=NOON)
