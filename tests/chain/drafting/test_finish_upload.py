"""A file come whole joins the dossier."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.chain.drafting.actions.finish_upload import AnnexRefused, NoSuchUpload, PartRefused, finish_upload
from hemicycle.chain.drafting.models import Upload, UploadPart
from hemicycle.dossier import attachments
from tests.cast import NOON, Cast
from tests.chain import told
from tests.chain.drafting.uploads import BYTES, begun, sent
from tests.factories import a_dossier

pytestmark = pytest.mark.django_db


def test_the_parts_put_together_are_the_file_and_then_go(cast: Cast) -> None:
    dossier = a_dossier(cast)
    upload = begun(cast, dossier, filename="plan_de_masse.pdf")
    for n in (1, 2, 0):
        sent(cast, dossier, upload, n)

    annex = finish_upload(dossier_id=dossier.id, upload_id=upload.id, confidential=True, agent=cast.drafter, at=NOON)

    assert attachments.read(annex) == BYTES
    assert (annex.title, annex.confidential, annex.published) == ("plan de masse", True, False)
    assert told.by(cast.drafter, "drafter", "drafting.annex_attached")
    assert not Upload.objects.exists() and not UploadPart.objects.exists()


def test_what_has_not_come_whole_does_not_join(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)
    upload = begun(cast, dossier)
    sent(cast, dossier, upload, 0)

    with pytest.raises(PartRefused, match=r"Il manque une partie du fichier « plan\.pdf »"), nothing_written():
        finish_upload(dossier_id=dossier.id, upload_id=upload.id, agent=cast.drafter, at=NOON)
    with pytest.raises(NoSuchUpload), nothing_written():
        finish_upload(dossier_id=dossier.id, upload_id=upload.id, agent=cast.colleague, at=NOON)


def test_what_came_is_judged_as_any_annex(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)
    upload = begun(cast, dossier, size=4)
    sent(cast, dossier, upload, 0, data=b"MZ..")

    with pytest.raises(AnnexRefused, match="aucun type accepté"), nothing_written():
        finish_upload(dossier_id=dossier.id, upload_id=upload.id, agent=cast.drafter, at=NOON)
