"""Record what the préfecture answered to a question about its nomenclature."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hemicycle.accounts.models import Agent, Authority
from hemicycle.chain.transmission.actions.store_classification import store_classification
from hemicycle.chain.transmission.models import ClassificationRequest


@transaction.atomic
def record_classification(*, request_id: int, data: bytes, agent: Agent, at: dt.datetime) -> ClassificationRequest:
    """Store the nomenclature when it is newer, and note on the question when it came and whether it changed.

    Twice is once. Raises NotEntitled, NotAClassification.
    """
    asked = ClassificationRequest.objects.select_for_update(of=("self",)).get(id=request_id)
    if asked.answered_at is not None:
        return asked
    before = bytes(Authority.objects.get(id=1).classification)
    authority = store_classification(data=data, agent=agent, at=at)

    asked.answered_at, asked.dated = at, authority.classification_date
    asked.changed = bytes(authority.classification) != before
    asked.save(update_fields=["answered_at", "dated", "changed"])
    return asked
