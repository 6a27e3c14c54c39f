"""Recording what the antivirus said."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from hemicycle.chain.drafting.actions.record_scan import record_scan
from hemicycle.chain.drafting.annexing import NoSuchAnnex
from hemicycle.dossier import attachments
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain import told
from tests.factories import a_dossier, an_attachment

pytestmark = pytest.mark.django_db


def test_an_infected_annex_leaves_the_list_and_the_ranks_close(cast: Cast) -> None:
    dossier = a_dossier(cast)
    wrong = an_attachment(dossier, b"EICAR", by=cast.drafter, order=1)
    plan = an_attachment(dossier, by=cast.drafter, title="Plan", order=2)

    record_scan(dossier_id=dossier.id, annex_id=wrong.id, threat="Eicar", agent=cast.courier, at=NOON)

    assert [(a.id, a.order) for a in attachments.annexes_of(dossier)] == [(plan.id, 1)]
    assert told.last()["facts"]["threat"] == "Eicar"


def test_the_couriers_alone_and_an_annex_alone(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)
    annex = an_attachment(dossier, by=cast.drafter)

    with pytest.raises(NotEntitled), nothing_written():
        record_scan(dossier_id=dossier.id, annex_id=annex.id, threat="", agent=cast.drafter, at=NOON)
    with pytest.raises(NoSuchAnnex), nothing_written():
        record_scan(dossier_id=dossier.id, annex_id=uuid4(), threat="", agent=cast.courier, at=NOON)
