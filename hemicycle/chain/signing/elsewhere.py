"""An act whose signature is asked in an outside signature book: the order it answers, and what was left there."""

from __future__ import annotations

from uuid import UUID

from hemicycle.chain.signing.authority import the_turn
from hemicycle.chain.signing.events import SignatureAskedElsewhere
from hemicycle.chain.signing.expected import State, former
from hemicycle.chain.signing.models import ExpectedSignature
from hemicycle.dossier.models import Dossier, JournalEntry
from hemicycle.dossier.refusals import MoveNotAllowed


def folders_left(dossier_id: UUID, sha256: str) -> list[str]:
    """The identifiers of what was left there for these very bytes, first to last, each once."""
    entries = JournalEntry.objects.filter(dossier=dossier_id, event=SignatureAskedElsewhere.name).order_by("n")
    facts = [entry.sealed["facts"] for entry in entries]
    return list(dict.fromkeys(fact["folder"] for fact in facts if fact["sha256"] == sha256))


def ordered_on(dossier: Dossier, sha256: str) -> ExpectedSignature:
    """The signature ordered on these bytes, still to come back. Raises MoveNotAllowed."""
    expected = the_turn(dossier)
    if expected is None or expected.state != State.ORDERED or former(expected).sha256 != sha256:
        raise MoveNotAllowed(
            f"Aucune signature n’est ordonnée sur ce fichier du dossier {dossier.number} : il est "
            f"« {dossier.get_stage_display()} »."
        )
    return expected
