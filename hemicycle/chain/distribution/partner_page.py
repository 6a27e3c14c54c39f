"""What a partner finds behind the personal link: the letter, the signed act, its stamped copy, its annexes."""

from __future__ import annotations

from dataclasses import dataclass

from hemicycle.chain.distribution.conditions import acknowledged_act
from hemicycle.chain.distribution.models import Notice
from hemicycle.dossier import attachments
from hemicycle.dossier.models import Attachment


@dataclass(frozen=True, kw_only=True)
class OfferedFile:
    """A file of the page, and what it is: « Lettre », « Acte signé », « Copie tamponnée », « Annexe 1 »."""

    label: str
    attachment: Attachment


def files_of(notice: Notice) -> tuple[OfferedFile, ...]:
    """The files offered to the partner, in reading order; unpublished annexes stay inside."""
    offered = [OfferedFile(label="Lettre", attachment=notice.letter)] if notice.letter else []
    found = acknowledged_act(notice.dossier)
    if found is not None:
        offered.append(OfferedFile(label="Acte signé", attachment=found.signed))
        if found.departure.stamped is not None:
            offered.append(OfferedFile(label="Copie portant les dates", attachment=found.departure.stamped))
    annexes = attachments.public_of(notice.dossier)
    offered += [OfferedFile(label=f"Annexe {n}", attachment=annex) for n, annex in enumerate(annexes, start=1)]
    return tuple(offered)
