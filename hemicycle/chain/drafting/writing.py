"""When a text may be written: while it is drafted, or while it is corrected."""

from __future__ import annotations

import datetime as dt

from hemicycle.accounts.models import Agent
from hemicycle.dossier import access
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.dossier.stages import Stage

WRITABLE = (Stage.DRAFTING, Stage.TO_CORRECT)


class TextFrozen(ActionRefused):
    """The dossier is in the circuit or beyond: its texts move only if it is sent back."""


class ReportShared(ActionRefused):
    """The dossier has no report of its own: it shares that of its lead, where it is written."""


def require_own_text(dossier: Dossier, text: str) -> None:
    """The text is the dossier's own. Raises ReportShared for the report of a companion, naming its lead."""
    if text == "report" and dossier.lead is not None:
        raise ReportShared(
            f"Le dossier {dossier.number} partage le rapport de {dossier.lead.number} ; écrivez-le dans celui-ci.",
            field="report",
        )


def require_writable(dossier: Dossier, agent: Agent, *, at: dt.datetime) -> str:
    """The role by which the agent may write in the dossier now. Raises NotEntitled, TextFrozen."""
    role = access.require_drafting(agent, dossier, on=day(at))
    if dossier.stage not in WRITABLE:
        raise TextFrozen(
            f"Le dossier {dossier.number} est « {Stage(dossier.stage).label} » : ses textes ne se modifient "
            "qu’en rédaction ou après un renvoi pour correction."
        )
    return role
