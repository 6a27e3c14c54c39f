"""The whole dossier in one archive, with its evidence, for whoever may read it."""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.template.loader import render_to_string
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from hemicycle.chain.drafting import queries as drafting
from hemicycle.web.access import SignedIn, found, signed_in
from hemicycle.web.dossier_files import files_of, safe

#: Beyond so many bytes the archive is made on disk: the annexes of one act may weigh 150 MB.
IN_MEMORY = 8 * 1024 * 1024


@signed_in
@require_safe
def whole_dossier(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    at = timezone.now()
    detail = found(drafting.detail, dossier_id=dossier_id, agent=request.user, on=timezone.localdate())
    number = safe(detail.dossier.number)
    bundle = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - FileResponse closes it
    digests = []
    with zipfile.ZipFile(bundle, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files_of(detail, at=at):
            packing = zipfile.ZIP_STORED if file.stored else zipfile.ZIP_DEFLATED
            archive.writestr(f"{number}/{file.path}", file.data, packing)
            digests.append(f"{hashlib.sha256(file.data).hexdigest()}  {file.path}\n")
        archive.writestr(f"{number}/SHA256SUMS", "".join(digests))
        about = {"detail": detail, "at": at, "reader": request.user.full_name}
        archive.writestr(f"{number}/00 Lisez-moi.txt", render_to_string("dossier/file_about.txt", about))
    bundle.seek(0)
    return FileResponse(bundle, as_attachment=True, filename=f"{number}.zip")  # type: ignore[return-value]


urls = [path("dossiers/<uuid:dossier_id>/dossier.zip", whole_dossier, name="whole_dossier")]
