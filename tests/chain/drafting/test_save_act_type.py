"""Declaring and renaming types of act."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.drafting.actions.save_act_type import ActTypeRefused, save_act_type
from hemicycle.dossier.models import ActType
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain import told
from tests.chain.drafting.definitions import an_act_type

pytestmark = pytest.mark.django_db


def test_the_office_declares_a_type(cast: Cast) -> None:
    made = save_act_type(name="  Marché   public ", agent=cast.clerk, at=NOON)

    assert (made.name, made.active) == ("Marché public", True)
    assert told.by(cast.clerk, "assembly_office", "drafting.act_type_saved")


def test_a_type_renamed_stays_the_same_type(cast: Cast) -> None:
    known = an_act_type("Aide")

    save_act_type(name="Subvention", act_type_id=known.pk, agent=cast.clerk, at=NOON)

    assert list(ActType.objects.values_list("id", "name")) == [(known.pk, "Subvention")]
    assert told.last()["facts"] == {"act_type": "Subvention", "before": "Aide"}


def test_the_same_name_again_writes_nothing(cast: Cast, nothing_written: Any) -> None:
    known = an_act_type()

    with nothing_written():
        save_act_type(name="Subvention", act_type_id=known.pk, agent=cast.clerk, at=NOON)


@pytest.mark.parametrize(
    ("name", "said"), [(" ", "Donnez un nom"), ("x" * 81, "dépasse 80 caractères"), ("subvention", "existe déjà")]
)
def test_a_bad_name_is_refused(cast: Cast, name: str, said: str, nothing_written: Any) -> None:
    an_act_type("Subvention")

    with pytest.raises(ActTypeRefused, match=said), nothing_written():
        save_act_type(name=name, agent=cast.clerk, at=NOON)


def test_a_type_that_is_gone_is_refused(cast: Cast, nothing_written: Any) -> None:
    with pytest.raises(ActTypeRefused, match="n’existe plus"), nothing_written():
        save_act_type(name="Subvention", act_type_id=404, agent=cast.clerk, at=NOON)


@pytest.mark.parametrize("who", ["drafter", "director", "administrator", "president"])
def test_nobody_else_declares_types(cast: Cast, who: str, nothing_written: Any) -> None:
    with pytest.raises(NotEntitled), nothing_written():
        save_act_type(name="Subvention", agent=getattr(cast, who), at=NOON)
