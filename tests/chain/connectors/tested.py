"""Tests of systems, as the couriers bring them back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hemicycle.accounts import queries as accounts
from hemicycle.chain.connectors.actions.record_check import record_check
from hemicycle.chain.connectors.models import Check
from hemicycle.chain.connectors.systems import System
from tests.cast import NOON

GOOD = {"what": "Connexion", "outcome": "ok", "sentence": "tdt.example répond sur le port 443.", "remedy": ""}
BAD = {
    "what": "Compte",
    "outcome": "failed",
    "sentence": "Le mot de passe est refusé.",
    "remedy": "Corrigez HEMICYCLE_TDT_PASSWORD.",
}


def a_certificate(*, days: float = 300, subject: str = "Département", use: str = "client", **changed: Any) -> Any:
    """Seen at noon, so many days before its end."""
    noon = NOON.astimezone(dt.UTC)
    return {
        "use": use,
        "subject": subject,
        "issuer": "Autorité d’essai",
        "serial": "0A1B",
        "not_before": (noon - dt.timedelta(days=400)).isoformat(),
        "not_after": (noon + dt.timedelta(days=days)).isoformat(),
        "fingerprint": f"{subject}-{days}",
        "place": "tdt.pem",
    } | changed


def recorded(
    outcome: str = "ok",
    *,
    system: System = System.TRANSMISSION,
    at: dt.datetime = NOON,
    certificates: Any = (),
    check_id: int | None = None,
) -> Check:
    return record_check(
        system=system,
        outcome=outcome,
        findings=[GOOD] if outcome == "ok" else [GOOD, BAD | {"outcome": outcome}],
        certificates=certificates,
        agent=accounts.courier(),
        at=at,
        check_id=check_id,
    )
