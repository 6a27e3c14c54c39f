"""Keep one part of a file on its way up."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting import uploading
from hemicycle.chain.drafting.models import UploadPart
from hemicycle.chain.drafting.uploading import NoSuchUpload, PartRefused
from hemicycle.chain.drafting.writing import require_writable

__all__ = ["NoSuchUpload", "PartRefused", "receive_part"]


@transaction.atomic
def receive_part(*, dossier_id: UUID, upload_id: UUID, n: int, data: bytes, agent: Agent, at: dt.datetime) -> int:
    """Keep part `n`, from 0, the same part twice being kept once; how many parts are still to come.

    Raises NotEntitled, TextFrozen, NoSuchUpload, PartRefused.
    """
    upload = uploading.mine(dossier_id, upload_id, agent)
    require_writable(upload.dossier, agent, at=at)
    count = uploading.parts_of(upload.size)
    if not 0 <= n < count or len(data) != uploading.size_of_part(upload.size, n):
        raise PartRefused(f"Le fichier « {upload.name} » a changé pendant son envoi ; choisissez-le de nouveau.")
    UploadPart.objects.update_or_create(upload=upload, n=n, defaults={"data": data})
    return count - upload.parts.count()
