"""Giving up the draft of a model."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.printing.actions.discard_draft import discard_draft
from hemicycle.chain.printing.document_models import in_force
from hemicycle.chain.printing.models import ModelVersion
from hemicycle.dossier.models import JournalEntry
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, TODAY, Cast
from tests.chain.printing.models import drafted, published

pytestmark = pytest.mark.django_db


def test_what_is_in_force_stays(cast: Cast) -> None:
    version = published(cast)
    drafted(cast, texts={"footer": "{numero}"})

    discard_draft(kind="deliberation", agent=cast.clerk, at=NOON)

    assert in_force("deliberation", on=TODAY) == version
    assert ModelVersion.objects.get() == version
    assert JournalEntry.objects.filter(event="printing.draft_discarded").count() == 1


def test_without_a_draft_nothing_happens(cast: Cast, nothing_written: Any) -> None:
    with nothing_written():
        discard_draft(kind="deliberation", agent=cast.clerk, at=NOON)


def test_only_the_service_des_assemblees_gives_it_up(cast: Cast, nothing_written: Any) -> None:
    drafted(cast)

    with pytest.raises(NotEntitled), nothing_written():
        discard_draft(kind="deliberation", agent=cast.drafter, at=NOON)
