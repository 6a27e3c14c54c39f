"""Several deliberations for one report: they follow their lead, and its version binds to them all."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.dossier import companions, versions
from hemicycle.dossier.companions import FollowsItsLead
from hemicycle.dossier.models import Dossier, Version
from hemicycle.dossier.refusals import MoveNotAllowed
from hemicycle.dossier.stages import Move, Stage
from tests.cast import NOON, Cast
from tests.factories import a_dossier, a_text

pytestmark = pytest.mark.django_db


def pair(cast: Cast, **fields: Any) -> tuple[Dossier, Dossier]:
    lead = a_dossier(cast, **fields)
    return lead, a_dossier(cast, lead=lead, report={}, **fields)


def freeze(lead: Dossier) -> Version:
    return versions.freeze(lead, by=lead.drafter, at=NOON)


def test_the_lead_s_version_binds_to_each_deliberation(cast: Cast) -> None:
    lead, companion = pair(cast)

    version = freeze(lead)

    companion.refresh_from_db()
    own = versions.current(companion)
    assert version.fields["companions"] == [
        {"number": companion.number, "object": companion.object, "amount": "12000.00", "digest": own.digest}
    ]
    assert own.fields["lead"] == lead.number
    assert (version.number, own.number) == (1, 1)


def test_a_deliberation_changed_is_another_text_for_the_lead(cast: Cast) -> None:
    lead, companion = pair(cast)
    first = freeze(lead)
    companion.refresh_from_db()
    companion.deliberation = a_text("Article 1 – Autre chose.")
    companion.save(update_fields=["deliberation"])

    second = freeze(lead)

    assert second.digest != first.digest
    companion.refresh_from_db()
    assert companion.version == 2


def test_one_that_did_not_change_keeps_its_version_and_the_lead_its_digest(cast: Cast) -> None:
    lead, companion = pair(cast)

    digests = {freeze(lead).digest, freeze(lead).digest}

    companion.refresh_from_db()
    assert (len(digests), lead.version, companion.version) == (1, 2, 1)


def test_without_companions_nothing_is_said_of_them(cast: Cast) -> None:
    lead, companion = pair(cast)
    Dossier.objects.filter(pk=companion.pk).update(stage=Stage.WITHDRAWN)

    assert "companions" not in freeze(lead).fields


def test_they_move_together(cast: Cast) -> None:
    lead, companion = pair(cast)

    moved = companions.move(lead, Move.SUBMITTED, at=NOON)

    companion.refresh_from_db()
    assert moved == [companion]
    assert (lead.stage, companion.stage) == (Stage.IN_CIRCUIT, Stage.IN_CIRCUIT)


def test_one_added_during_a_correction_is_submitted_with_it(cast: Cast) -> None:
    lead = a_dossier(cast, to_correct=True)
    companion = a_dossier(cast, lead=lead)

    companions.move(lead, Move.RESUBMITTED, at=NOON)

    companion.refresh_from_db()
    assert companion.stage == Stage.IN_CIRCUIT


def test_a_move_that_the_lead_may_not_make_moves_nobody(cast: Cast, nothing_written: Any) -> None:
    lead, _ = pair(cast)

    with pytest.raises(MoveNotAllowed), nothing_written():
        companions.move(lead, Move.CIRCUIT_COMPLETED, at=NOON)


def test_a_companion_is_not_acted_on_alone(cast: Cast) -> None:
    lead, companion = pair(cast)

    with pytest.raises(FollowsItsLead, match=f"{companion.number} suit le circuit du dossier {lead.number}"):
        companions.lock(companion.id)
    assert companions.lock(lead.id) == lead
