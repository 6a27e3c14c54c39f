"""Keep the copy that prolongs the proof of an act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.signing import proofs
from hemicycle.chain.signing.events import ProofProlonged
from hemicycle.chain.signing.models import Proof
from hemicycle.dossier import access, attachments, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.kinds import titled
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.protocols.pades.verify import Unreadable, verify


class ProofNotAccepted(ActionRefused):
    """The file does not prolong that proof; the sentence says why."""


@transaction.atomic
def record_prolonging(
    *,
    dossier_id: UUID,
    former_sha256: str,
    prolonged: bytes,
    agent: Agent,
    at: dt.datetime,
    trust_roots: Sequence[bytes] = (),
) -> Proof | None:
    """The former file's bytes, then one more timestamp that holds over all of it; the original is never replaced.

    None when it was recorded already, or is asked no more. Raises NotEntitled, ProofNotAccepted.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    role = access.require_role(agent, Role.COURIER, on=day(at), what="Prolonger la preuve d’un acte")
    proof = Proof.objects.select_related("act", "file").filter(act__dossier=dossier, asked_at__isnull=False).first()
    if proof is None or proof.file.sha256 != former_sha256:
        return None
    _check(attachments.read(proof.file), prolonged, trust_roots, proof.act.number)

    kept = attachments.keep(
        dossier,
        prolonged,
        kind=Attachment.Kind.PRODUCED,
        title=f"{titled(dossier)}, preuve prolongée le {day(at):%d/%m/%Y}",
        name=f"{proof.act.number}-preuve-{day(at):%Y-%m-%d}.pdf",
        media_type="application/pdf",
        by=agent,
        at=at,
        derived_from=proof.file,
        published=False,
    )
    noted = proofs.note(proof.act, kept, prolonged)

    until = noted.protected_until.isoformat() if noted.protected_until else ""
    event = ProofProlonged(number=proof.act.number, former_sha256=former_sha256, sha256=kept.sha256, until=until)
    journal.record(dossier, event, by=agent, at=at, role=role)
    return noted


def _check(former: bytes, prolonged: bytes, trust_roots: Sequence[bytes], number: str) -> None:
    try:
        before, after = verify(former, trust_roots=trust_roots), verify(prolonged, trust_roots=trust_roots)
    except Unreadable as reason:
        raise ProofNotAccepted(f"La preuve prolongée de l’acte {number} est illisible. {reason}") from reason
    wrong = after.problems[0] if after.problems else ""
    if not prolonged.startswith(former) or len(after.signatures) != len(before.signatures):
        wrong = "Le fichier n’est pas celui qui devait être prolongé."
    elif len(after.stamps) != len(before.stamps) + 1 or not after.stamps[-1].holds:
        wrong = wrong or "Il lui manque l’horodatage du document."
    if wrong:
        raise ProofNotAccepted(f"La preuve prolongée de l’acte {number} est refusée. {wrong}")
