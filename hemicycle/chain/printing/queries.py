"""What the other rooms and the pages may ask of how documents are printed."""

from __future__ import annotations

from hemicycle.chain.printing.models import Trial
from hemicycle.chain.printing.trials import digest_of, last_of
from hemicycle.dossier.models import Dossier


def known_impossible(dossier: Dossier) -> str:
    """Why the act cannot be drawn up, when that is known of its present text; empty otherwise."""
    trial = last_of(dossier)
    if trial is None or trial.possible or trial.digest != digest_of(dossier):
        return ""
    return trial.sentence


def answer_on(dossier: Dossier, trial: Trial | None, titles: tuple[str, ...]) -> bool | None:
    """Whether the act can be drawn up; None while its present text has not been tried."""
    if trial is None or trial.digest != digest_of(dossier, titles):
        return None
    return trial.possible
