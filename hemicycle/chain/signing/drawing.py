"""The act set on paper with the signatures expected of it, its bytes frozen: drawn up, or drawn up again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from hemicycle.accounts.models import Agent
from hemicycle.chain.printing.document_models import chosen, model_kind, printed
from hemicycle.chain.signing.documents import act_pdf
from hemicycle.chain.signing.expected import Wanted, author, lay
from hemicycle.chain.signing.models import Act
from hemicycle.chain.signing.own_acts import own_act_pdf
from hemicycle.chain.sitting.models import Ballot
from hemicycle.dossier import attachments, register
from hemicycle.dossier.dates import day
from hemicycle.dossier.kinds import titled
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.rendering.compile import RenderingRefused


class NotPrintable(ActionRefused):
    """The act cannot be set on paper; the sentence says why."""


def drawn(
    dossier: Dossier, ballot: Ballot | None, signatures: Sequence[Wanted], agent: Agent, *, at: dt.datetime
) -> Act:
    """The act with these signatories' names on it, waiting for the first of them. Raises NotPrintable.

    Without a ballot, the president's own act, of the day on which it was numbered.
    """
    frozen = _freeze(dossier, ballot, signatures, agent, at=at)
    act, _ = Act.objects.update_or_create(
        dossier=dossier,
        defaults={
            "number": dossier.act_number,
            "decided_on": decided_on(dossier, ballot),
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


def decided_on(dossier: Dossier, ballot: Ballot | None) -> dt.date:
    """The day of the sitting, or that on which the president took the act."""
    if ballot is not None:
        return day(ballot.item.sitting.starts_at)
    line = register.line_of(dossier)
    if line is None:
        raise ValueError("an act is numbered before it is drawn up")
    return line.decided_on


def names_of(signatures: Sequence[Wanted]) -> str:
    """« M. X, Secrétaire de séance, puis Mme Y, Présidente »."""
    return ", puis ".join(map(str, signatures))


def _freeze(
    dossier: Dossier, ballot: Ballot | None, signatures: Sequence[Wanted], agent: Agent, *, at: dt.datetime
) -> Attachment:
    # Drawn up again, under the same number: by the model of the first time.
    by = chosen(model_kind(dossier), on=day(at), dossier=dossier)
    try:
        if ballot is not None:
            pdf = act_pdf(dossier, ballot, signatures, at=at, model=by.model)
        else:
            pdf = own_act_pdf(dossier, signatures, taken_on=decided_on(dossier, None), at=at, model=by.model)
    except RenderingRefused as refusal:
        raise NotPrintable(f"L’acte {dossier.act_number} ne peut pas être mis en forme. {refusal}") from refusal
    printed(by, pdf, dossier=dossier, at=at)
    return attachments.keep(
        dossier,
        pdf,
        kind=Attachment.Kind.PRODUCED,
        title=f"{titled(dossier)}, avant signature",
        name=f"{dossier.act_number}.pdf",
        media_type="application/pdf",
        by=agent,
        at=at,
        published=False,
    )
