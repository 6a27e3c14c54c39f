"""Files on their way up, made for the tests."""

from __future__ import annotations

from typing import Any

from hemicycle.chain.drafting.actions.begin_upload import begin_upload
from hemicycle.chain.drafting.actions.receive_part import receive_part
from hemicycle.chain.drafting.models import Upload
from hemicycle.dossier.models import Dossier
from tests.cast import NOON, Cast
from tests.chain.drafting.files import a_pdf

#: A PDF in three parts: bytes after its end change nothing.
BYTES = a_pdf() + b"\n%" + b" " * (2 * 1024 * 1024)


def begun(cast: Cast, dossier: Dossier, **facts: Any) -> Upload:
    given = {"filename": "plan.pdf", "size": len(BYTES), "agent": cast.drafter, "at": NOON}
    return begin_upload(dossier_id=dossier.id, **(given | facts))


def sent(cast: Cast, dossier: Dossier, upload: Upload, n: int, **facts: Any) -> int:
    part = BYTES[n * 1024 * 1024 : (n + 1) * 1024 * 1024]
    given = {"data": part, "agent": cast.drafter, "at": NOON}
    return receive_part(dossier_id=dossier.id, upload_id=upload.id, n=n, **(given | facts))
