"""An act that the préfecture would refuse is not signed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.transmission.actions.check_before_signing import check_before_signing
from hemicycle.chain.transmission.control import WouldBeRefused
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.factories import a_dossier, an_attachment

NothingWritten = Callable[[], AbstractContextManager[None]]


def test_a_sound_act_may_be_signed(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = a_dossier(cast, to_sign=True)

    with nothing_written():
        check_before_signing(dossier_id=dossier.id, agent=cast.president, at=NOON)


def test_an_annex_that_would_be_refused_stops_the_signature(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = a_dossier(cast, to_sign=True)
    an_attachment(dossier, b"PK\x03\x04", by=cast.drafter, name="tableau.xlsx", to_control=True, type_code="99_DE")

    with pytest.raises(WouldBeRefused, match=r"ne peut pas être signé.*tableau\.xlsx.*Convertissez"), nothing_written():
        check_before_signing(dossier_id=dossier.id, agent=cast.president, at=NOON)


def test_who_does_not_read_the_dossier_checks_nothing(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = a_dossier(cast, to_sign=True)

    with pytest.raises(NotEntitled), nothing_written():
        check_before_signing(dossier_id=dossier.id, agent=cast.outsider, at=NOON)
