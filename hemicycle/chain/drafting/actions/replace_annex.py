"""Put another file in the place of an annex."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting import annexing
from hemicycle.chain.drafting.annexing import AnnexRefused, NoSuchAnnex
from hemicycle.chain.drafting.events import AnnexReplaced
from hemicycle.chain.drafting.queries import piece_type_of
from hemicycle.chain.drafting.writing import require_writable
from hemicycle.dossier import journal
from hemicycle.dossier.models import Attachment, Dossier

__all__ = ["AnnexRefused", "NoSuchAnnex", "replace_annex"]

KEPT = ("to_control", "published", "in_booklet", "confidential")


@transaction.atomic
def replace_annex(
    *, dossier_id: UUID, annex_id: UUID, data: bytes, filename: str, agent: Agent, at: dt.datetime, title: str = ""
) -> Attachment:
    """The file takes the rank, the flags, the type of piece and, unless another is given, the title of the annex.

    The old one leaves the list and is kept. Raises NotEntitled, TextFrozen, NoSuchAnnex, AnnexRefused.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    role = require_writable(dossier, agent, at=at)
    old = annexing.annex_in(dossier, annex_id)
    given = annexing.prepared(
        dossier,
        data,
        filename,
        title=title.strip() or old.title,
        type_code=piece_type_of(old, dossier.nature),
        order=old.order,
        at=at,
    )
    _check_other(old, given)
    if old.to_control:
        annexing.check_weight(dossier, given.size - old.size, given.accepted.name)

    old.removed_at = at
    old.save(update_fields=["removed_at"])
    flags = {name: getattr(old, name) for name in KEPT}
    annex = annexing.lay(dossier, given, order=old.order, by=agent, at=at, replaces=old, **flags)

    event = AnnexReplaced(
        title=annex.title, file=annex.name, sha256=annex.sha256, replaced=old.sha256, replaced_file=old.name
    )
    journal.record(dossier, event, by=agent, at=at, role=role)
    return annex


def _check_other(old: Attachment, given: annexing.Prepared) -> None:
    same = annexing.same_bytes(old.derived_from or old, given.data)
    if same:
        raise AnnexRefused(
            f"Le fichier « {given.accepted.name} » est déjà celui de l’annexe « {old.title} » ; choisissez le nouveau.",
            field="file",
        )
