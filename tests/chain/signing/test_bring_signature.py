"""The signatory signs elsewhere, with a certificate of their own, and brings the file."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.signing.actions.bring_signature import SignatureNotAccepted, bring_signature
from hemicycle.chain.signing.authority import AlreadyOrdered, NotTheSignatory
from hemicycle.dossier import attachments, journal
from hemicycle.dossier.refusals import MoveNotAllowed
from hemicycle.dossier.stages import Stage
from hemicycle.gateways.signature.fake import FakeSigner
from tests.cast import NOON, Cast
from tests.factories import a_dossier
from tests.signed_acts import a_pdf, a_signed_pdf, an_act_to_sign, sign_pdf, the_president_s_signer

NothingWritten = Callable[[], AbstractContextManager[None]]


def test_the_file_waits_to_be_verified_as_an_order_given(cast: Cast) -> None:
    dossier, act = an_act_to_sign(cast)

    bring_signature(dossier_id=dossier.id, signed=a_signed_pdf(), agent=cast.president, at=NOON)

    expected = act.signatures.select_related("brought").get()
    dossier.refresh_from_db()
    assert (expected.state, expected.ordered_by, dossier.stage) == ("ordered", cast.president, Stage.TO_SIGN)
    assert expected.brought is not None
    assert attachments.read(expected.brought) == a_signed_pdf()
    assert journal.of(dossier)[-1].event == "signing.signature_brought"


@pytest.mark.parametrize(
    ("signed", "why"),
    [
        (b"30 82 une signature a part", "n’est pas un PDF"),
        (sign_pdf(a_pdf("un autre acte")), "ne commence pas par le document figé"),
        (a_pdf(), "sans signature"),
        (a_signed_pdf()[:-1] + b"X", "est refusé"),
        (sign_pdf(a_pdf(), FakeSigner("Hors Circuit")), "la signature attendue est celle de Jean Valmorin"),
    ],
    ids=["no PDF", "another act", "unsigned", "one byte", "somebody else"],
)
def test_a_file_that_cannot_do_is_refused_at_once(
    cast: Cast, signed: bytes, why: str, nothing_written: NothingWritten
) -> None:
    dossier, _ = an_act_to_sign(cast)

    with pytest.raises(SignatureNotAccepted, match=why), nothing_written():
        bring_signature(dossier_id=dossier.id, signed=signed, agent=cast.president, at=NOON)


def test_an_authority_unknown_here_is_refused_at_once(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = an_act_to_sign(cast)
    stranger = the_president_s_signer().certificate

    with pytest.raises(SignatureNotAccepted, match="autorité reconnue"), nothing_written():
        bring_signature(
            dossier_id=dossier.id, signed=a_signed_pdf(), trust_roots=[stranger], agent=cast.president, at=NOON
        )


def test_nobody_brings_another_s_signature(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = an_act_to_sign(cast)

    with pytest.raises(NotTheSignatory), nothing_written():
        bring_signature(dossier_id=dossier.id, signed=a_signed_pdf(), agent=cast.clerk, at=NOON)


def test_a_signature_being_made_is_not_brought_too(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = an_act_to_sign(cast, ordered=True)

    with pytest.raises(AlreadyOrdered), nothing_written():
        bring_signature(dossier_id=dossier.id, signed=a_signed_pdf(), agent=cast.president, at=NOON)


def test_nothing_is_brought_for_an_act_already_signed(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier = a_dossier(cast, signed=True)

    with pytest.raises(MoveNotAllowed), nothing_written():
        bring_signature(dossier_id=dossier.id, signed=a_signed_pdf(), agent=cast.president, at=NOON)
