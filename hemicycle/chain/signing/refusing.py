"""A refusal, written down: shared by the signatory who refuses here and by the one who refused elsewhere."""

from __future__ import annotations

import datetime as dt

from hemicycle.chain.signing.events import SignatureRefused
from hemicycle.chain.signing.models import Act
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.stages import Move


def refused(act: Act, dossier: Dossier, reason: str, *, at: dt.datetime) -> SignatureRefused:
    """Nobody's turn any more: what was signed before is in the journal, and its files are kept."""
    act.state, act.refusal_reason = Act.State.REFUSED, reason
    act.save(update_fields=["state", "refusal_reason"])
    act.signatures.all().delete()
    dossier.move(Move.SIGNATURE_REFUSED, at=at)
    return SignatureRefused(number=act.number, reason=reason)
