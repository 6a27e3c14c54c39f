"""Keeping a copy under the organisation's seal."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.registers.actions.certify_extract import certify_extract
from hemicycle.chain.signing.models import Act
from hemicycle.chain.transmission.actions.make_stamped_copy import make_stamped_copy
from hemicycle.chain.transmission.actions.seal_copy import SealNotAccepted, seal_copy
from hemicycle.chain.transmission.models import Departure
from hemicycle.dossier import attachments, journal
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.departures import acknowledged
from tests.signed_acts import sign_pdf, the_president_s_signer, the_seal

NothingWritten = Callable[[], AbstractContextManager[None]]


def a_copy(cast: Cast) -> tuple[Dossier, Attachment]:
    dossier, _ = acknowledged(cast)
    copy = make_stamped_copy(dossier_id=dossier.id, agent=cast.courier, at=NOON).stamped
    assert copy is not None
    return dossier, copy


def sealed(cast: Cast, dossier: Dossier, copy: Attachment) -> Attachment | None:
    data = sign_pdf(attachments.read(copy), the_seal())
    return seal_copy(dossier_id=dossier.id, copy_sha256=copy.sha256, sealed=data, agent=cast.courier, at=NOON)


def test_the_stamped_copy_is_offered_sealed_and_the_original_is_untouched(cast: Cast) -> None:
    dossier, copy = a_copy(cast)
    before = Act.objects.select_related("signed").get(dossier=dossier).signed

    kept = sealed(cast, dossier, copy)

    after = Act.objects.select_related("signed").get(dossier=dossier).signed
    assert kept is not None and before is not None and after is not None
    assert Departure.objects.get(dossier=dossier).stamped == kept
    assert attachments.read(kept).startswith(attachments.read(copy))
    assert kept.title.endswith("avec le cachet") and kept.derived_from == copy
    assert attachments.read(after) == attachments.read(before)
    entry = journal.of(dossier)[-1]
    assert entry.event == "transmission.copy_sealed"
    assert entry.sealed["facts"]["seal"] == "Département de l’Ormelle"


def test_the_same_facts_stamped_again_change_nothing_once_sealed(cast: Cast) -> None:
    dossier, copy = a_copy(cast)
    kept = sealed(cast, dossier, copy)

    again = make_stamped_copy(dossier_id=dossier.id, agent=cast.courier, at=NOON)

    assert again.stamped == kept


def test_an_extract_is_sealed_beside_itself(cast: Cast) -> None:
    dossier, copy = a_copy(cast)
    extract = certify_extract(dossier_id=dossier.id, agent=cast.clerk, at=NOON)

    kept = sealed(cast, dossier, extract)

    assert kept is not None and kept.derived_from == extract
    assert Departure.objects.get(dossier=dossier).stamped == copy


def test_sealed_twice_is_sealed_once(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, copy = a_copy(cast)
    sealed(cast, dossier, copy)

    with nothing_written():
        again = sealed(cast, dossier, copy)

    assert again is None


def test_a_person_s_signature_is_not_kept_as_a_seal(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, copy = a_copy(cast)
    signed = sign_pdf(attachments.read(copy), the_president_s_signer())

    with pytest.raises(SealNotAccepted, match="certificat d’organisation"), nothing_written():
        seal_copy(dossier_id=dossier.id, copy_sha256=copy.sha256, sealed=signed, agent=cast.courier, at=NOON)


def test_nobody_but_the_couriers_seals(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, copy = a_copy(cast)

    with pytest.raises(NotEntitled), nothing_written():
        seal_copy(dossier_id=dossier.id, copy_sha256=copy.sha256, sealed=b"", agent=cast.clerk, at=NOON)
