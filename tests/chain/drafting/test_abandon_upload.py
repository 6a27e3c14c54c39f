"""Giving up a file on its way up."""

from __future__ import annotations

import pytest

from hemicycle.chain.drafting.actions.abandon_upload import abandon_upload
from hemicycle.chain.drafting.models import Upload, UploadPart
from tests.cast import NOON, Cast
from tests.chain.drafting.uploads import begun, sent
from tests.factories import a_dossier

pytestmark = pytest.mark.django_db


def test_only_its_sender_gives_it_up_and_nothing_of_it_stays(cast: Cast) -> None:
    dossier = a_dossier(cast)
    upload = begun(cast, dossier)
    sent(cast, dossier, upload, 0)

    assert not abandon_upload(dossier_id=dossier.id, upload_id=upload.id, agent=cast.colleague, at=NOON)
    assert abandon_upload(dossier_id=dossier.id, upload_id=upload.id, agent=cast.drafter, at=NOON)

    assert not Upload.objects.exists() and not UploadPart.objects.exists()
