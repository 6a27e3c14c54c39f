"""The bytes to be signed apart, and their signature brought back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.signing.actions.bring_signature import SignatureNotAccepted, bring_signature
from hemicycle.chain.signing.actions.prepare_blob import NotSignable, prepare_blob
from hemicycle.chain.signing.expected import NotTheSignatory
from hemicycle.chain.signing.models import Act, ExpectedSignature
from hemicycle.chain.signing.queries import signing_bytes
from hemicycle.dossier import journal
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import MoveNotAllowed
from tests.after_vote import produced
from tests.cast import NOON, Cast
from tests.signed_acts import a_pdf, an_act_to_sign, the_president_s_signer, the_seal, the_signer_of

NothingWritten = Callable[[], AbstractContextManager[None]]

pytestmark = pytest.mark.django_db


def blob(cast: Cast, dossier: Dossier) -> bytes:
    return prepare_blob(dossier_id=dossier.id, agent=cast.president, at=NOON)


def bring(cast: Cast, dossier: Dossier, data: bytes) -> Act:
    return bring_signature(dossier_id=dossier.id, signed=data, agent=cast.president, at=NOON)


def test_the_same_bytes_are_given_each_time_and_cover_the_act(cast: Cast) -> None:
    dossier, act = an_act_to_sign(cast)

    first, again = blob(cast, dossier), blob(cast, dossier)

    assert first == again and first.startswith(a_pdf())
    (entry,) = journal.of(dossier)
    assert entry.event == "signing.blob_prepared"
    assert entry.sealed["facts"]["sha256"] == act.frozen.sha256


def test_the_signature_made_apart_is_placed_in_the_act_and_waits_for_its_timestamp(cast: Cast) -> None:
    dossier, act = an_act_to_sign(cast)

    bring(cast, dossier, the_president_s_signer().sign_apart(blob(cast, dossier)))

    order = signing_bytes(dossier.id)
    assert ExpectedSignature.objects.get(act=act).state == "ordered"
    assert order.apart and order.brought.startswith(a_pdf())


@pytest.mark.parametrize("other", [the_signer_of("Hors Circuit"), the_seal()], ids=["somebody else", "a seal"])
def test_the_signature_of_another_is_refused(cast: Cast, nothing_written: NothingWritten, other: object) -> None:
    dossier, _ = an_act_to_sign(cast)
    data = other.sign_apart(blob(cast, dossier))  # type: ignore[attr-defined]

    with pytest.raises(SignatureNotAccepted), nothing_written():
        bring(cast, dossier, data)


def test_a_signature_over_other_bytes_is_refused(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = an_act_to_sign(cast)
    blob(cast, dossier)

    with pytest.raises(SignatureNotAccepted, match="ne porte pas sur le bloc de cet acte"), nothing_written():
        bring(cast, dossier, the_president_s_signer().sign_apart(a_pdf()))


def test_a_signature_apart_that_nobody_asked_for_is_refused(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = an_act_to_sign(cast)

    with pytest.raises(SignatureNotAccepted, match="n’est pas un PDF"), nothing_written():
        bring(cast, dossier, the_president_s_signer().sign_apart(a_pdf()))


def test_nobody_but_the_signatory_is_given_the_bytes(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = an_act_to_sign(cast)

    with pytest.raises(NotTheSignatory), nothing_written():
        prepare_blob(dossier_id=dossier.id, agent=cast.clerk, at=NOON)


def test_an_act_not_awaited_gives_nothing(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, act = an_act_to_sign(cast)
    act.signatures.all().delete()

    with pytest.raises(MoveNotAllowed), nothing_written():
        blob(cast, dossier)


def test_a_file_that_cannot_be_signed_is_said(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, act = an_act_to_sign(cast)
    act.frozen = produced(dossier, cast, b"%PDF-1.7 rien", "acte.pdf", at=NOON)
    act.save()

    with pytest.raises(NotSignable), nothing_written():
        blob(cast, dossier)
