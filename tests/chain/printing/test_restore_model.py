"""Taking up an older version of a model."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.printing.actions.restore_model import DraftInTheWay, NoSuchVersion, restore_model
from hemicycle.chain.printing.document_models import NOTHING
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain.printing.models import drafted, published

pytestmark = pytest.mark.django_db


def test_an_older_version_becomes_the_next_draft(cast: Cast) -> None:
    first = published(cast, texts={"footer": "{numero}"})
    published(cast, texts={"footer": "{objet}"})

    draft = restore_model(kind="deliberation", number=1, agent=cast.clerk, at=NOON)

    assert (draft.number, draft.content, draft.published_at) == (3, first.content, None)


def test_the_origin_may_be_taken_up_too(cast: Cast) -> None:
    published(cast, texts={"footer": "{numero}"})

    assert restore_model(kind="deliberation", number=0, agent=cast.clerk, at=NOON).content == NOTHING


def test_a_draft_in_progress_is_not_lost(cast: Cast, nothing_written: Any) -> None:
    published(cast)
    drafted(cast, texts={"footer": "{numero}"})

    with pytest.raises(DraftInTheWay), nothing_written():
        restore_model(kind="deliberation", number=1, agent=cast.clerk, at=NOON)


def test_a_version_unknown_is_refused(cast: Cast, nothing_written: Any) -> None:
    with pytest.raises(NoSuchVersion), nothing_written():
        restore_model(kind="deliberation", number=7, agent=cast.clerk, at=NOON)


def test_only_the_service_des_assemblees_takes_one_up(cast: Cast, nothing_written: Any) -> None:
    published(cast)

    with pytest.raises(NotEntitled), nothing_written():
        restore_model(kind="deliberation", number=1, agent=cast.auditor, at=NOON)
