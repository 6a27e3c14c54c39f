"""The couriers found out what a key wants of its holder: the page asks for it from then on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.signing.codes import LABELS
from hemicycle.chain.signing.models import KeyCodes
from hemicycle.dossier import access
from hemicycle.dossier.dates import day


@transaction.atomic
def note_key_codes(*, key_name: str, codes: Sequence[str], agent: Agent, at: dt.datetime) -> None:
    """`codes` among « PIN » and « OTP »; none, and nothing is asked any more. Not journaled: a fact of the key's
    keeper, learnt again whenever it changes. Raises NotEntitled.
    """
    access.require_role(agent, Role.COURIER, on=day(at), what="Noter les codes d’une clé")
    known = [name for name in LABELS if name in codes]
    if known:
        KeyCodes.objects.update_or_create(key_name=key_name, defaults={"codes": known})
    else:
        KeyCodes.objects.filter(key_name=key_name).delete()
