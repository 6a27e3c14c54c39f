"""Import the report or the deliberation from a Word or LibreOffice file."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting import images, leases
from hemicycle.chain.drafting.actions.save_text import TEXTS, TextUnreadable
from hemicycle.chain.drafting.events import TextImported
from hemicycle.chain.drafting.rules import NotAccepted, clean_name, without_letterhead
from hemicycle.chain.drafting.writing import require_own_text, require_writable
from hemicycle.dossier import attachments, journal
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.texts.articles import Renumbered, renumbered
from hemicycle.texts.images import named
from hemicycle.texts.reading import read_document
from hemicycle.texts.refusal import TextRefused
from hemicycle.texts.tree import clean, digest


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What was read, and what the reading settled, told to the drafter in French."""

    dossier: Dossier
    notes: tuple[str, ...]


@transaction.atomic
def import_text(*, dossier_id: UUID, text: str, data: bytes, filename: str, agent: Agent, at: dt.datetime) -> Imported:
    """Read a .docx, .odt, .rtf or .doc as the working text; the file itself and its images are kept with the dossier.

    Tracked changes are accepted and each is told in the notes. Raises NotEntitled, TextFrozen, TextHeld (somebody
    else writes it now), TextUnreadable (unreadable, protected, macro document, other type), naming the file.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    role = require_writable(dossier, agent, at=at)
    if text not in TEXTS:
        raise ValueError(f"no such text: {text}")
    require_own_text(dossier, text)
    leases.require_free(dossier, text, agent, at=at)
    try:
        reading = read_document(data, filename)
        name = clean_name(filename)
        body, dropped = without_letterhead(reading.doc, dossier.unit.name, dossier.unit.direction.name)
        numbered = renumbered(clean(body)) if text == "deliberation" else Renumbered(doc=clean(body), changes=())
    except (TextRefused, NotAccepted) as refusal:
        raise TextUnreadable(str(refusal), field=text) from refusal
    tree, notes = numbered.doc, [*reading.notes, *numbered.changes]
    if dropped:
        notes.append(
            "Lignes d’en-tête retirées du texte, car le modèle les écrit lui-même : "
            + " ; ".join(f"« {line} »" for line in dropped)
            + "."
        )

    for sha256 in sorted(named(tree)):
        images.keep(dossier, reading.images[sha256], filename=f"image-{sha256[:12]}", by=agent, at=at)
    setattr(dossier, text, tree)
    dossier.save(update_fields=[text])
    source = attachments.keep(
        dossier,
        data,
        kind=Attachment.Kind.SOURCE,
        title="Rapport d’origine" if text == "report" else "Délibération d’origine",
        name=name,
        media_type=reading.media_type,
        by=agent,
        at=at,
        published=False,
    )

    event = TextImported(text=text, file=source.name, sha256=source.sha256, digest=digest(tree), notes=tuple(notes))
    journal.record(dossier, event, by=agent, at=at, role=role)
    return Imported(dossier=dossier, notes=tuple(notes))
