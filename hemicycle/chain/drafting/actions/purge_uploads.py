"""Throw away the files whose sending was given up."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.drafting.models import Upload
from hemicycle.chain.drafting.uploading import KEPT
from hemicycle.dossier import access
from hemicycle.dossier.dates import day


@transaction.atomic
def purge_uploads(*, agent: Agent, at: dt.datetime) -> int:
    """Those begun more than two days ago; how many. Raises NotEntitled for anyone but the couriers."""
    access.require_role(agent, Role.COURIER, on=day(at), what="L’oubli des envois abandonnés")
    old = Upload.objects.filter(started_at__lt=at - KEPT)
    found = old.count()
    old.delete()
    return found
