"""Comments already written, for the tests of what is done with them."""

from __future__ import annotations

from typing import Any

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting.actions.write_comment import write_comment
from hemicycle.chain.drafting.passages import passages_of
from hemicycle.dossier.models import Comment, Dossier
from tests.cast import NOON


def a_comment(dossier: Dossier, agent: Agent, text: str = "Le montant est-il TTC ?", **facts: Any) -> Comment:
    return write_comment(dossier_id=dossier.id, text=text, agent=agent, at=NOON, **facts)


def on_report(dossier: Dossier, block: int = 0) -> dict[str, Any]:
    """The anchor that a page gives for a passage of the report."""
    passage = passages_of(dossier.report)[block]
    return {"text": "report", "block": block, "digest": passage.digest}
