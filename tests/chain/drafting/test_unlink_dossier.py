"""Taking a link away."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.drafting.actions.link_dossier import LinkRefused, link_dossier
from hemicycle.chain.drafting.actions.unlink_dossier import unlink_dossier
from hemicycle.chain.drafting.models import DossierLink
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain import told
from tests.factories import a_dossier

pytestmark = pytest.mark.django_db


def a_link(cast: Cast, dossier: Dossier) -> DossierLink:
    return link_dossier(dossier_id=dossier.id, kind="follows", reference="n° 1", agent=cast.drafter, at=NOON)


def test_a_link_taken_away_is_told(cast: Cast) -> None:
    dossier = a_dossier(cast)
    link = a_link(cast, dossier)

    unlink_dossier(dossier_id=dossier.id, link_id=link.pk, agent=cast.drafter, at=NOON)

    assert not DossierLink.objects.exists()
    assert told.last()["facts"] == {"kind": "fait suite à", "to": "n° 1"}


def test_the_link_of_another_dossier_is_not_taken_away(cast: Cast, nothing_written: Any) -> None:
    link = a_link(cast, a_dossier(cast))
    other = a_dossier(cast)

    with pytest.raises(LinkRefused, match="n’existe plus"), nothing_written():
        unlink_dossier(dossier_id=other.id, link_id=link.pk, agent=cast.drafter, at=NOON)


def test_whoever_does_not_write_it_is_refused(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)
    link = a_link(cast, dossier)

    with pytest.raises(NotEntitled), nothing_written():
        unlink_dossier(dossier_id=dossier.id, link_id=link.pk, agent=cast.neighbour, at=NOON)
