"""Models of documents for tests, written and published as the service des assemblées does."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hemicycle.chain.printing.actions.draft_model import draft_model
from hemicycle.chain.printing.actions.publish_model import publish_model
from hemicycle.chain.printing.models import ModelVersion
from hemicycle.rendering.model_kinds import KINDS
from tests.cast import NOON, TODAY, Cast


def drafted(cast: Cast, kind: str = "deliberation", **given: Any) -> ModelVersion:
    facts: dict[str, Any] = {"texts": {}, "parts": [part.key for part in KINDS[kind].parts], "agent": cast.clerk}
    return draft_model(kind=kind, **({"at": NOON} | facts | given))


def published(
    cast: Cast, kind: str = "deliberation", *, valid_from: dt.date = TODAY, at: dt.datetime = NOON, **given: Any
) -> ModelVersion:
    draft = drafted(cast, kind, at=at, **given)
    return publish_model(kind=kind, seen=draft.revision, valid_from=valid_from, agent=cast.clerk, at=at)
