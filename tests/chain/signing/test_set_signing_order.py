"""Who signs a series of acts, and in which order."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import UUID, uuid4

import pytest

from hemicycle.accounts.models import Signatory
from hemicycle.chain.signing.actions.set_signing_order import OrderRefused, set_signing_order
from hemicycle.chain.signing.expected import NoSignatory, wanted
from hemicycle.chain.sitting import queries as sittings
from hemicycle.chain.sitting.models import Sitting
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, SINCE, TODAY, Cast
from tests.factories import a_dossier

NothingWritten = Callable[[], AbstractContextManager[None]]
TWO: list[tuple[str, UUID | None]] = [("secretary", None), ("president", None)]


def test_the_secretary_of_the_sitting_then_the_president(cast: Cast) -> None:
    set_signing_order(series="CP", places=TWO, agent=cast.clerk, at=NOON)
    secretary = cast.members[4]
    Signatory.objects.create(agent=secretary.agent, capacity="Conseillère", key_name="s", valid_from=SINCE)
    dossier = a_dossier(cast, adopted=True)
    Sitting.objects.update(secretary=secretary)

    found = wanted(dossier, sittings.ballot_of(dossier), on=TODAY)

    assert [str(one) for one in found] == [
        f"{secretary.agent}, La Secrétaire de séance",
        "Jean Valmorin, Le Président du conseil départemental",
    ]


def test_without_any_order_the_president_alone_signs(cast: Cast) -> None:
    set_signing_order(series="CD", places=TWO, agent=cast.administrator, at=NOON)
    dossier = a_dossier(cast, adopted=True)

    (found,) = wanted(dossier, sittings.ballot_of(dossier), on=TODAY)

    assert found.signatory == cast.signatory


def test_a_secretary_without_certificate_is_named_before_anything_is_drawn_up(cast: Cast) -> None:
    set_signing_order(series="CP", places=TWO, agent=cast.clerk, at=NOON)
    dossier = a_dossier(cast, adopted=True)
    Sitting.objects.update(secretary=cast.members[4])

    with pytest.raises(NoSignatory, match="secrétaire de séance, n’a pas de certificat"):
        wanted(dossier, sittings.ballot_of(dossier), on=TODAY)


@pytest.mark.parametrize(
    ("series", "places", "why"),
    [
        ("CP", [], "de une à"),
        ("CP", [("secretary", None)], "Le président signe toujours"),
        ("CP", [("president", None), ("president", None)], "deux fois"),
        ("CP", [("president", None), ("person", None)], "quelle personne"),
        ("CP", [("president", None), ("person", uuid4())], "plus de compte"),
        ("AR", TWO, "pas de secrétaire"),
    ],
)
def test_an_order_in_which_no_act_could_be_signed_is_refused(
    cast: Cast, series: str, places: list[tuple[str, UUID | None]], why: str, nothing_written: NothingWritten
) -> None:
    with pytest.raises(OrderRefused, match=why), nothing_written():
        set_signing_order(series=series, places=places, agent=cast.clerk, at=NOON)


def test_a_drafter_does_not_decide_who_signs(cast: Cast, nothing_written: NothingWritten) -> None:
    with pytest.raises(NotEntitled), nothing_written():
        set_signing_order(series="CP", places=TWO, agent=cast.drafter, at=NOON)
