"""A certified extract: one signed act as the register holds it."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import AbstractContextManager

import pikepdf
import pytest

from hemicycle.chain.registers.actions.cancel_number import cancel_number
from hemicycle.chain.registers.actions.certify_extract import NothingToCertify, certify_extract
from hemicycle.dossier import attachments, journal
from hemicycle.dossier.models import Attachment
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.factories import a_dossier
from tests.rendering.reading import words

pytestmark = pytest.mark.django_db
NothingWritten = Callable[[], AbstractContextManager[None]]


def test_the_extract_says_the_act_its_vote_and_who_certifies(cast: Cast) -> None:
    dossier = a_dossier(cast, signed=True)

    kept = certify_extract(dossier_id=dossier.id, agent=cast.clerk, at=NOON)

    said = words(attachments.read(kept))
    assert "Extrait du registre des délibérations de la commission permanente" in said
    assert f"Délibération n° {dossier.act_number}" in said
    assert "Une subvention de 12 000 € est attribuée au club de Clérande." in said
    assert "Pour extrait certifié conforme au registre" in said
    assert cast.clerk.last_name.upper() in said


def test_the_extract_is_kept_and_its_digest_journaled(cast: Cast) -> None:
    dossier = a_dossier(cast, signed=True)

    kept = certify_extract(dossier_id=dossier.id, agent=cast.clerk, at=NOON)

    assert (kept.kind, kept.published) == (Attachment.Kind.PRODUCED, False)
    (entry,) = journal.of(dossier)
    assert entry.sealed["facts"] == {"number": dossier.act_number, "sha256": kept.sha256}
    with pikepdf.open(io.BytesIO(attachments.read(kept))) as pdf:
        assert dossier.act_number in str(pdf.docinfo["/Title"])


def test_an_act_not_signed_has_no_extract(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = a_dossier(cast, to_sign=True)

    with pytest.raises(NothingToCertify, match="n’a pas d’acte signé"), nothing_written():
        certify_extract(dossier_id=dossier.id, agent=cast.clerk, at=NOON)


def test_a_cancelled_number_has_no_extract(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = a_dossier(cast, adopted=True)
    cancel_number(dossier_id=dossier.id, reason="Erreur.", agent=cast.clerk, at=NOON)

    with pytest.raises(NothingToCertify, match="est annulé"), nothing_written():
        certify_extract(dossier_id=dossier.id, agent=cast.clerk, at=NOON)


@pytest.mark.parametrize("who", ["drafter", "president", "archivist", "outsider"])
def test_only_the_office_that_keeps_the_register_certifies(
    cast: Cast, nothing_written: NothingWritten, who: str
) -> None:
    dossier = a_dossier(cast, signed=True)

    with pytest.raises(NotEntitled), nothing_written():
        certify_extract(dossier_id=dossier.id, agent=getattr(cast, who), at=NOON)
