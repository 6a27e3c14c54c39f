"""A signatory begins a gesture: what is ordered in it goes together, with the codes that the key wants."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent
from hemicycle.chain.signing.codes import LABELS, LONGEST, seal
from hemicycle.chain.signing.expected import NotTheSignatory
from hemicycle.chain.signing.models import SigningGesture
from hemicycle.dossier.dates import day
from hemicycle.dossier.refusals import ActionRefused

#: How long a code may wait for a courier: a one-time code is worth no more.
CODES_LIVE = dt.timedelta(minutes=5)


class CodeRefused(ActionRefused):
    """What was typed can be no code; the sentence says why."""


@transaction.atomic
def begin_gesture(*, codes: Mapping[str, str], agent: Agent, at: dt.datetime) -> SigningGesture:
    """`codes`: what the key's keeper asks (« PIN », « OTP »), kept encrypted until a courier takes them.

    Not journaled: the orders given in it are, and a code is nobody else's business. Raises NotTheSignatory,
    CodeRefused.
    """
    if not agent.is_active or accounts.signatory_of(agent, on=day(at)) is None:
        raise NotTheSignatory(f"{agent.full_name} n’a pas de certificat de signature en vigueur.")
    typed = {name: said.strip() for name, said in codes.items() if said.strip()}
    if not set(typed) <= set(LABELS) or any(len(said) > LONGEST for said in typed.values()):
        raise CodeRefused("Ce code est trop long ; saisissez celui que demande votre clé.")
    return SigningGesture.objects.create(
        agent=agent, at=at, sealed_codes=seal(typed), codes_until=at + CODES_LIVE if typed else None
    )
