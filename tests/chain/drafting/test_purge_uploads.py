"""What was begun and never finished is thrown away."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hemicycle.chain.drafting.actions.purge_uploads import purge_uploads
from hemicycle.chain.drafting.models import Upload
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain.drafting.uploads import begun
from tests.factories import a_dossier

pytestmark = pytest.mark.django_db


def test_after_two_days_and_by_the_couriers_alone(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)
    begun(cast, dossier, at=NOON - dt.timedelta(days=2, minutes=1))
    young = begun(cast, dossier, filename="autre.pdf", at=NOON - dt.timedelta(days=1))

    with pytest.raises(NotEntitled), nothing_written():
        purge_uploads(agent=cast.drafter, at=NOON)

    assert purge_uploads(agent=cast.courier, at=NOON) == 1
    assert list(Upload.objects.order_by("name")) == [young]
