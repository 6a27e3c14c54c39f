"""The act set on paper with the signatures expected of it, its bytes frozen: drawn up, or drawn up again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from hemicycle.accounts.models import Agent
from hemicycle.chain.signing.documents import act_pdf
from hemicycle.chain.signing.expected import Wanted, author, lay
from hemicycle.chain.signing.models import Act
from hemicycle.chain.sitting.models import Ballot
from hemicycle.dossier import attachments
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.rendering.compile import RenderingRefused


class NotPrintable(ActionRefused):
    """The act cannot be set on paper; the sentence says why."""


def drawn(dossier: Dossier, ballot: Ballot, signatures: Sequence[Wanted], agent: Agent, *, at: dt.datetime) -> Act:
    """The act with these signatories' names on it, waiting for the first of them. Raises NotPrintable."""
    frozen = _freeze(dossier, ballot, signatures, agent, at=at)
    act, _ = Act.objects.update_or_create(
        dossier=dossier,
        defaults={
            "number": dossier.act_number,
            "decided_on": day(ballot.item.sitting.starts_at),
            "state": Act.State.TO_SIGN,
            "signatory": author(signatures).signatory,
            "frozen": frozen,
            "drawn_up_at": at,
            "ordered_by": None,
            "ordered_at": None,
            "refusal_reason": "",
        },
    )
    lay(act, signatures, at=at)
    return act


def names_of(signatures: Sequence[Wanted]) -> str:
    """« M. X, Secrétaire de séance, puis Mme Y, Présidente »."""
    return ", puis ".join(map(str, signatures))


def _freeze(
    dossier: Dossier, ballot: Ballot, signatures: Sequence[Wanted], agent: Agent, *, at: dt.datetime
) -> Attachment:
    try:
        pdf = act_pdf(dossier, ballot, signatures, at=at)
    except RenderingRefused as refusal:
        raise NotPrintable(f"L’acte {dossier.act_number} ne peut pas être mis en forme. {refusal}") from refusal
    return attachments.keep(
        dossier,
        pdf,
        kind=Attachment.Kind.PRODUCED,
        title=f"Délibération n° {dossier.act_number}, avant signature",
        name=f"{dossier.act_number}.pdf",
        media_type="application/pdf",
        by=agent,
        at=at,
        published=False,
    )
