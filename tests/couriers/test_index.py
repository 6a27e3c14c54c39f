"""The index follows what happens to the dossiers."""

from __future__ import annotations

from functools import partial
from typing import Any

from hemicycle.chain.drafting.actions.describe_annex import describe_annex
from hemicycle.chain.drafting.actions.describe_dossier import describe_dossier
from hemicycle.chain.drafting.actions.write_comment import write_comment
from hemicycle.chain.finding import queries
from hemicycle.chain.finding.models import SearchDocument
from hemicycle.couriers.rounds import run_once
from hemicycle.dossier.models import Errand
from tests.cast import NOON, TODAY, Cast
from tests.couriers.worlds import a_world
from tests.factories import a_dossier, an_attachment


def found(cast: Cast, words: str) -> int:
    return queries.find(cast.clerk, on=TODAY, criteria=queries.Criteria(words=words)).total


def carry_everything() -> None:
    while run_once(a_world()):
        pass


def test_a_dossier_described_anew_is_found_by_its_new_words(cast: Cast) -> None:
    dossier = a_dossier(cast)
    describe_dossier(dossier_id=dossier.id, agent=cast.drafter, at=NOON, object="Aide à la patinoire")

    carry_everything()

    assert found(cast, "patinoires") == 1


def test_ten_events_of_one_minute_are_one_reading(cast: Cast) -> None:
    dossier = a_dossier(cast)
    for n in range(10):
        write_comment(dossier_id=dossier.id, text=f"Hallebarde {n}", agent=cast.drafter, at=NOON)
    last = Errand.objects.order_by("-entry").values_list("entry", flat=True)[0]

    run_once(a_world())
    run_once(a_world())

    assert SearchDocument.objects.get().entry == last
    assert found(cast, "hallebarde 9") == 1


def test_an_annex_made_confidential_is_found_no_more(cast: Cast) -> None:
    dossier = a_dossier(cast)
    annex = an_attachment(dossier, b"%PDF-1.4", by=cast.drafter)
    said: dict[str, Any] = {"type_code": "", "to_control": False, "published": True, "in_booklet": True}
    change = partial(describe_annex, dossier_id=dossier.id, annex_id=annex.id, agent=cast.drafter, at=NOON, **said)
    change(title="Rapport de hallebardier", confidential=False)
    carry_everything()
    before = found(cast, "hallebardier")

    change(title="Rapport de hallebardier", confidential=True)
    carry_everything()

    assert (before, found(cast, "hallebardier")) == (1, 0)
