"""A file on its way up in parts: whose it is, what of it has come, when it is given up."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Sum

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting.models import Upload, UploadPart
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused

#: Bytes of every part but the last.
PART = 1024 * 1024
#: After which what has not arrived is thrown away.
KEPT = dt.timedelta(days=2)
#: Files on their way at once, for one person and one dossier.
AT_ONCE = 60


class UploadRefused(ActionRefused):
    """The file cannot be sent up; the sentence names it."""


class NoSuchUpload(ActionRefused):
    message = "Cet envoi n’existe plus ; choisissez de nouveau le fichier."


class PartRefused(ActionRefused):
    """The part does not belong to the file announced: the file has changed on the disk."""


def parts_of(size: int) -> int:
    """How many parts a file of that size comes in."""
    return -(-size // PART)


def size_of_part(size: int, n: int) -> int:
    """Bytes of part `n`, from 0."""
    return min(PART, size - n * PART)


def mine(dossier_id: UUID, upload_id: UUID, agent: Agent) -> Upload:
    """The upload of that person in that dossier. Raises NoSuchUpload."""
    found = Upload.objects.filter(id=upload_id, dossier=dossier_id, agent=agent).first()
    if found is None:
        raise NoSuchUpload
    return found


def received(upload: Upload) -> list[int]:
    """The ranks of the parts that have come."""
    return list(upload.parts.order_by("n").values_list("n", flat=True))


def unfinished(dossier: Dossier, agent: Agent) -> list[tuple[Upload, int]]:
    """What that person began to send and did not finish, with the parts that came; oldest first."""
    rows = Upload.objects.filter(dossier=dossier, agent=agent).order_by("started_at", "name")
    came: dict[UUID, int] = {}
    for upload_id in UploadPart.objects.filter(upload__in=rows).order_by("pk").values_list("upload", flat=True):
        came[upload_id] = came.get(upload_id, 0) + 1
    return [(upload, came.get(upload.id, 0)) for upload in rows]


def announced(dossier: Dossier) -> int:
    """Bytes of the files on their way to the dossier."""
    return Upload.objects.filter(dossier=dossier).aggregate(total=Sum("size"))["total"] or 0


def assembled(upload: Upload) -> bytes:
    """The whole file. Raises PartRefused when some of it has not come."""
    data = b"".join(bytes(part) for part in upload.parts.order_by("n").values_list("data", flat=True))
    if len(data) != upload.size:
        raise PartRefused(f"Il manque une partie du fichier « {upload.name} » ; reprenez son envoi.")
    return data
