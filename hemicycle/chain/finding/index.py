"""Keeping the index up: what a courier does after each event that changes the words of a dossier.

No action and no journal entry: the index is a projection of the dossier, whose own journal tells everything;
losing it loses nothing (`python -m django rebuild_index` makes it again).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from hemicycle.chain.finding import engines
from hemicycle.chain.finding.contents import Piece, pieces_of
from hemicycle.chain.finding.models import SearchDocument, SearchPieces
from hemicycle.chain.finding.words import indexed
from hemicycle.dossier.models import Dossier, JournalEntry

#: Dossiers read and written together by a rebuild.
BATCH = 200


def index_dossier(*, dossier_id: UUID, entry: int) -> bool:
    """Read the words of the dossier anew, and of those that share its report, unless `entry` is in them already.

    Returns whether anything was read: ten events of one minute are one reading.
    """
    if SearchDocument.objects.filter(dossier=dossier_id, entry__gte=entry).exists():
        return False
    family = Dossier.objects.filter(id=dossier_id) | Dossier.objects.filter(lead=dossier_id)
    _index(list(family.select_related("act_type").order_by("id")))
    return True


def rebuild(*, missing_only: bool = False) -> Iterator[int]:
    """Read every dossier anew, or those in no index yet. Yields how many were, batch after batch."""
    wanted = (
        Dossier.objects.exclude(id__in=SearchDocument.objects.values("dossier")) if missing_only else Dossier.objects
    )
    ids = list(wanted.order_by("number").values_list("id", flat=True))
    for start in range(0, len(ids), BATCH):
        batch = Dossier.objects.filter(id__in=ids[start : start + BATCH]).select_related("act_type")
        _index(list(batch.order_by("id")))
        yield min(start + BATCH, len(ids))


def _index(dossiers: Sequence[Dossier]) -> None:
    # The journal first: what happens while the words are read is read again, never forgotten.
    entries = dict(
        JournalEntry.objects.filter(dossier__in=[d.id for d in dossiers])
        .order_by("dossier")
        .values_list("dossier")
        .annotate(last=Max("n"))
    )
    fresh = Dossier.objects.filter(id__in=[d.id for d in dossiers]).select_related("act_type").order_by("number")
    pieces = pieces_of(list(fresh))
    with transaction.atomic():
        _write({found: (entries.get(found, 0), read) for found, read in pieces.items()})


def _write(read: dict[UUID, tuple[int, list[Piece]]]) -> None:
    known = SearchDocument.objects.select_for_update().filter(dossier__in=list(read)).order_by("id")
    documents = {row.dossier_id: row for row in known}
    missing = [SearchDocument(dossier_id=found) for found in read if found not in documents]
    documents |= {row.dossier_id: row for row in SearchDocument.objects.bulk_create(missing)}
    lines, kept = [], []
    for found, (entry, pieces) in read.items():
        document = documents[found]
        if document.entry > entry:
            continue  # Another courier has read more recent words meanwhile.
        document.entry = entry
        kept.append(SearchPieces(document=document, pieces=pieces))
        lines.append((document.pk, *_columns(pieces)))
    SearchDocument.objects.bulk_update(documents.values(), ["entry"])
    SearchPieces.objects.filter(document__in=[row.pk for row in kept]).delete()
    SearchPieces.objects.bulk_create(kept)
    engines.put(lines)


def _columns(pieces: list[Piece]) -> tuple[str, str, str]:
    title, others_of_title = indexed(pieces[0][1]) if pieces else ("", "")
    body, others = indexed("\n".join(words for _, words in pieces[1:]))
    return title, body, f"{others_of_title} {others}".strip()
