"""Several deliberations for one report."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from hemicycle.chain.drafting.actions.add_deliberation import DeliberationRefused, add_deliberation
from hemicycle.chain.drafting.actions.open_dossier import FieldRefused
from hemicycle.chain.drafting.writing import TextFrozen
from hemicycle.dossier import companions
from hemicycle.dossier.refusals import NotEntitled
from hemicycle.dossier.stages import Stage
from tests.cast import NOON, Cast
from tests.chain import told
from tests.factories import a_dossier

pytestmark = pytest.mark.django_db


def test_a_companion_has_its_own_number_and_the_rest_of_its_lead(cast: Cast) -> None:
    lead = a_dossier(cast)

    made = add_deliberation(
        lead_id=lead.id, object="Aide au club de Lormet", amount=Decimal("9000"), agent=cast.colleague, at=NOON
    )

    made.refresh_from_db()
    assert made.number != lead.number and made.lead == lead
    assert (made.object, made.amount, made.report) == ("Aide au club de Lormet", Decimal("9000.00"), {})
    assert (made.unit, made.drafter, made.subject_code, made.rapporteur) == (
        lead.unit,
        lead.drafter,
        lead.subject_code,
        lead.rapporteur,
    )
    assert companions.of(lead) == [made]


def test_both_journals_tell_it(cast: Cast) -> None:
    lead = a_dossier(cast)

    made = add_deliberation(lead_id=lead.id, object="Aide au club de Lormet", agent=cast.drafter, at=NOON)

    assert told.events(made) == ["drafting.dossier_opened"]
    assert told.events(lead) == ["drafting.deliberation_added"]


def test_it_joins_a_report_sent_back_for_correction(cast: Cast) -> None:
    lead = a_dossier(cast, to_correct=True)

    made = add_deliberation(lead_id=lead.id, object="Aide au club de Lormet", agent=cast.drafter, at=NOON)

    assert made.stage == Stage.TO_CORRECT


def test_a_companion_has_no_companion(cast: Cast, nothing_written: Any) -> None:
    companion = a_dossier(cast, lead=a_dossier(cast))

    with pytest.raises(DeliberationRefused, match="partage déjà le rapport"), nothing_written():
        add_deliberation(lead_id=companion.id, object="Aide", agent=cast.drafter, at=NOON)


@pytest.mark.parametrize("given", [{"object": " "}, {"subject_code": "99.9"}, {"amount": Decimal("-1")}])
def test_a_bad_field_is_refused(cast: Cast, given: dict[str, Any], nothing_written: Any) -> None:
    facts: dict[str, Any] = {"lead_id": a_dossier(cast).id, "object": "Aide", "agent": cast.drafter, "at": NOON}

    with pytest.raises(FieldRefused), nothing_written():
        add_deliberation(**(facts | given))


def test_in_the_circuit_nothing_is_added(cast: Cast, nothing_written: Any) -> None:
    lead = a_dossier(cast, in_circuit=True)

    with pytest.raises(TextFrozen), nothing_written():
        add_deliberation(lead_id=lead.id, object="Aide", agent=cast.drafter, at=NOON)


def test_whoever_does_not_write_it_is_refused(cast: Cast, nothing_written: Any) -> None:
    lead = a_dossier(cast)

    with pytest.raises(NotEntitled), nothing_written():
        add_deliberation(lead_id=lead.id, object="Aide", agent=cast.neighbour, at=NOON)
