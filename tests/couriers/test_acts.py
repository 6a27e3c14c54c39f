"""Carrying an adopted text to where acts are drawn up."""

from __future__ import annotations

import pytest

from hemicycle.chain.printing.queries import known_impossible
from hemicycle.chain.printing.trials import last_of
from hemicycle.chain.signing import drawing as module
from hemicycle.chain.signing.models import Act
from hemicycle.couriers.acts import draw_up_act, try_act
from hemicycle.couriers.outcomes import DONE
from hemicycle.dossier import journal
from tests.cast import Cast
from tests.couriers.worlds import a_task, a_world
from tests.factories import a_dossier, a_text
from tests.signed_acts import a_pdf


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "act_pdf", lambda *_, **__: a_pdf())


def test_an_adopted_text_becomes_an_act(cast: Cast) -> None:
    dossier = a_dossier(cast, adopted=True)

    outcome = draw_up_act(a_task(dossier, adopted=True), a_world())

    assert outcome == DONE
    assert Act.objects.get(dossier=dossier).number == dossier.act_number
    assert journal.of(dossier)[-1].sealed["actor"]["name"] == "Coursier"


def test_a_rejected_text_does_not(cast: Cast) -> None:
    dossier = a_dossier(cast, adopted=True)

    outcome = draw_up_act(a_task(dossier, adopted=False), a_world())

    assert outcome == DONE
    assert not Act.objects.exists()


def test_an_errand_interrupted_after_the_act_ends_well(cast: Cast) -> None:
    dossier = a_dossier(cast, adopted=True)
    draw_up_act(a_task(dossier, adopted=True), a_world())

    outcome = draw_up_act(a_task(dossier, adopted=True), a_world())

    assert outcome == DONE
    assert len(journal.of(dossier)) == 1


def test_a_text_is_tried_as_it_stands_now(cast: Cast) -> None:
    dossier = a_dossier(cast, deliberation=a_text("Article 1 – Bravo 🎉."))

    assert try_act(a_task(dossier, text="deliberation"), a_world()) == DONE

    assert "U+1F389" in known_impossible(dossier)


def test_an_act_voted_is_tried_no_more(cast: Cast) -> None:
    dossier = a_dossier(cast, adopted=True)

    assert try_act(a_task(dossier), a_world()) == DONE

    assert last_of(dossier) is None
