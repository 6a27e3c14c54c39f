"""The president's own act, filled from the dossier: no room, no vote, the text that every visa bears on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from hemicycle.accounts import queries as accounts
from hemicycle.chain.printing import letterheads
from hemicycle.chain.signing.documents import (
    annex_lines,
    appeal_fields,
    recipient,
    signature_of,
    subject_fr,
)
from hemicycle.chain.signing.expected import Wanted
from hemicycle.dossier import attachments
from hemicycle.dossier.kinds import kind_of
from hemicycle.dossier.models import Dossier, Nature, Version
from hemicycle.rendering.model import ORIGIN, Model
from hemicycle.rendering.own_act import OwnAct, render_own_act


def own_act_pdf(
    dossier: Dossier, signatures: Sequence[Wanted], *, taken_on: dt.date, at: dt.datetime, model: Model = ORIGIN
) -> bytes:
    """The arrêté or the decision as it will be signed. Raises RenderingRefused."""
    authority, kind = accounts.authority(), kind_of(dossier)
    *others, last = [signature_of(one, authority) for one in signatures]
    president = recipient(signatures)
    text = taken_text(dossier)
    act = OwnAct(
        letterhead=letterheads.of_dossier(dossier),
        kind=kind.name,
        nature=str(Nature(dossier.nature).label).capitalize(),
        operative=kind.operative,
        number=dossier.act_number,
        taken_on=taken_on,
        title=dossier.object,
        author=f"{'La Présidente' if president.feminine else 'Le Président'} du conseil départemental",
        text=text,
        pictures=attachments.pictures_of(dossier, text),
        signature=last,
        signatures_before=tuple(others),
        report_number=dossier.number,
        subject_code=subject_fr(dossier.subject_code),
        more=appeal_fields(authority, president, on=taken_on),
        annexes=annex_lines(dossier, status=f"annexée {'à la décision' if kind.feminine else 'à l’arrêté'}"),
    )
    return render_own_act(act, at=at, model=model)


def taken_text(dossier: Dossier) -> dict[str, object]:
    """The text of the last version: the one that every visa bears on."""
    found: dict[str, object] = Version.objects.get(dossier=dossier, number=dossier.version).deliberation
    return found
