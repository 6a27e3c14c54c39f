"""The letter that goes with an act sent to a partner."""

from __future__ import annotations

import datetime as dt

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Authority
from hemicycle.chain.distribution.conditions import AcknowledgedAct
from hemicycle.chain.distribution.models import Notice
from hemicycle.chain.distribution.rules import appeal_lines, said_of_act
from hemicycle.chain.printing.document_models import place_fields
from hemicycle.dossier import attachments
from hemicycle.dossier.dates import day
from hemicycle.dossier.kinds import author_of, kind_of
from hemicycle.dossier.models import Dossier
from hemicycle.rendering.blocks import Letterhead, Signature
from hemicycle.rendering.model import ORIGIN, Model
from hemicycle.rendering.notice import Notice as Letter
from hemicycle.rendering.notice import render_notice
from hemicycle.rendering.typography import euros, long_date


def letter_pdf(
    dossier: Dossier, found: AcknowledgedAct, *, partner: str, mode: str, at: dt.datetime, model: Model = ORIGIN
) -> bytes:
    """The letter as PDF/A, with the ways and terms of appeal when it notifies. Raises RenderingRefused."""
    authority = accounts.authority()
    signatory = found.act.signatory
    notifies = mode == Notice.Mode.NOTIFICATION
    direction = dossier.unit.direction
    return render_notice(
        Letter(
            letterhead=Letterhead(
                departement=authority.name,
                direction=direction.name,
                service=dossier.unit.name if dossier.unit != direction else "",
                address=tuple(authority.address.splitlines()),
            ),
            recipient=(partner,),
            act_number=found.act.number,
            act_title=dossier.object,
            body=author_of(dossier),
            kind=kind_of(dossier).of_the,
            in_sitting=not dossier.without_vote,
            decided_on=found.act.decided_on,
            sent_on=day(at),
            signature=Signature(
                capacity=signatory.capacity,
                first_name=signatory.agent.first_name,
                last_name=signatory.agent.last_name,
                mention="",
            ),
            paragraphs=_paragraphs(dossier, found, mode),
            appeal=_appeal(authority, on=day(at)) if notifies else (),
            received_on=found.received_on,
            contact=authority.contact_email,
            issued_at=authority.city,
            more=place_fields(),
        ),
        at=at,
        model=model,
    )


def _appeal(authority: Authority, *, on: dt.date) -> tuple[str, ...]:
    feminine = accounts.president(on=on).agent.feminine
    title = "à la Présidente" if feminine else "au Président"
    return appeal_lines(
        court=authority.court,
        president=f"{title} du conseil départemental",
        address=", ".join(authority.address.splitlines()),
        on=on,
    )


def _paragraphs(dossier: Dossier, found: AcknowledgedAct, mode: str) -> tuple[str, ...]:
    return said_of_act(
        mode=mode,
        number=found.act.number,
        object=dossier.object,
        kind=kind_of(dossier).name,
        author=author_of(dossier),
        decided_on=long_date(found.act.decided_on),
        amount=euros(dossier.amount) if dossier.amount is not None else "",
        annexes=[annex.title for annex in attachments.public_of(dossier)],
    )
