"""What is searched in a dossier: its numbers, its description, its texts, what everyone may read of it.

Left out, because a match would tell them to a reader of the dossier who may not read them: comments internal to a
unit, and confidential annexes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from hemicycle.chain.drafting.models import CustomField
from hemicycle.chain.finding.file_words import words_of
from hemicycle.dossier.models import Attachment, Comment, Dossier
from hemicycle.texts.tree import plain_text

#: [label, words]; the first is the title.
Piece = tuple[str, str]
#: Characters of a dossier that are searched, all pieces together.
MOST = 400_000


def pieces_of(dossiers: Sequence[Dossier]) -> dict[UUID, list[Piece]]:
    """Dossier → its pieces, the title first. A constant number of queries, besides files never read before."""
    ids = [dossier.id for dossier in dossiers]
    kept = Attachment.objects.filter(dossier__in=ids, kind=Attachment.Kind.ANNEX, removed_at=None, confidential=False)
    annexes: dict[UUID, list[Attachment]] = defaultdict(list)
    for annex in kept.order_by("order", "added_at"):
        annexes[annex.dossier_id].append(annex)
    words = words_of(annex for rows in annexes.values() for annex in rows)
    comments: dict[UUID, list[str]] = defaultdict(list)
    rows = Comment.objects.filter(dossier__in=ids, internal_to=None).order_by("written_at")
    for dossier_id, text in rows.values_list("dossier_id", "text"):
        comments[dossier_id].append(text)
    fields = {f.key: f.label for f in CustomField.objects.exclude(kind=CustomField.Kind.FILE).order_by("key")}
    leads = Dossier.objects.filter(id__in=[d.lead_id for d in dossiers if d.lead_id]).only("report")
    reports = {lead.id: lead.report for lead in leads.order_by("id")}
    return {
        dossier.id: _cut(
            [
                ("objet", f"{dossier.number} {dossier.act_number} {dossier.object} {dossier.theme}"),
                ("description", _description(dossier, fields)),
                ("rapport", _text(reports[dossier.lead_id] if dossier.lead_id else dossier.report)),
                ("délibération", _text(dossier.deliberation)),
                *((f"annexe « {a.title} »", f"{a.title}\n{words[a.sha256]}") for a in annexes[dossier.id]),
                ("commentaires", "\n".join(comments[dossier.id])),
            ]
        )
        for dossier in dossiers
    }


def _description(dossier: Dossier, fields: dict[str, str]) -> str:
    said = dossier.extra if isinstance(dossier.extra, dict) else {}
    asked = [f"{label} : {said[key]}" for key, label in fields.items() if said.get(key)]
    type_of_act = dossier.act_type.name if dossier.act_type else ""
    return "\n".join([type_of_act, *asked]).strip()


def _text(tree: object) -> str:
    return plain_text(tree) if isinstance(tree, dict) and tree else ""


def _cut(pieces: list[Piece]) -> list[Piece]:
    left, kept = MOST, []
    for label, words in pieces:
        if words.strip() and left > 0:
            kept.append((label, words[:left]))
            left -= len(words)
    return kept
