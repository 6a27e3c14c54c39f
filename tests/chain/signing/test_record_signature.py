"""Recording the signed act."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.signing.actions.record_signature import SignatureNotAccepted, record_signature
from hemicycle.chain.signing.models import Act
from hemicycle.dossier import attachments, journal
from hemicycle.dossier.refusals import MoveNotAllowed, NotEntitled
from hemicycle.dossier.stages import Stage
from hemicycle.gateways.signature.fake import FakeSigner
from tests.after_vote import produced
from tests.cast import NOON, Cast
from tests.signed_acts import a_pdf, a_signed_pdf, an_act_to_sign, sign_pdf, the_president_s_signer

NothingWritten = Callable[[], AbstractContextManager[None]]


def test_the_signed_act_is_kept_beside_the_frozen_one(cast: Cast) -> None:
    dossier, act = an_act_to_sign(cast, ordered=True)

    record_signature(dossier_id=dossier.id, signed=a_signed_pdf(), agent=cast.courier, at=NOON)

    act.refresh_from_db()
    dossier.refresh_from_db()
    assert act.signed is not None
    assert attachments.read(act.signed) == a_signed_pdf()
    assert attachments.read(act.frozen) == a_pdf()
    assert act.signed.derived_from == act.frozen
    assert (act.state, dossier.stage) == (Act.State.SIGNED, Stage.SIGNED)


def test_the_level_and_the_time_proven_are_journaled(cast: Cast) -> None:
    dossier, act = an_act_to_sign(cast, ordered=True)

    record_signature(
        dossier_id=dossier.id,
        signed=a_signed_pdf(),
        trust_roots=[the_president_s_signer().root],
        agent=cast.courier,
        at=NOON,
    )

    act.refresh_from_db()
    (entry,) = journal.of(dossier)
    facts = entry.sealed["facts"]
    assert (facts["level"], facts["signer"]) == ("PAdES-B-T", "Jean Valmorin")
    assert act.signed_at == NOON
    assert act.verification["trusted"] is True


def test_the_same_file_twice_changes_nothing(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = an_act_to_sign(cast, ordered=True)
    record_signature(dossier_id=dossier.id, signed=a_signed_pdf(), agent=cast.courier, at=NOON)

    with nothing_written():
        record_signature(dossier_id=dossier.id, signed=a_signed_pdf(), agent=cast.courier, at=NOON)


@pytest.mark.parametrize(
    ("signed", "why"),
    [
        (sign_pdf(a_pdf("un autre acte")), "ne commence pas par le document figé"),
        (a_pdf(), "sans signature"),
        (a_pdf() + b"% rien qui signe\n", "autre chose qu’une seule mise à jour"),
        (sign_pdf(a_pdf(), FakeSigner("Hors Circuit")), "la signature attendue est celle de Jean Valmorin"),
        (a_signed_pdf()[:-200], "est refusé"),
    ],
    ids=["another act", "unsigned", "an addition", "somebody else", "cut"],
)
def test_a_file_that_is_not_the_act_signed_by_its_signatory_is_refused(
    cast: Cast, signed: bytes, why: str, nothing_written: NothingWritten
) -> None:
    dossier, _ = an_act_to_sign(cast, ordered=True)

    with pytest.raises(SignatureNotAccepted, match=why), nothing_written():
        record_signature(dossier_id=dossier.id, signed=signed, agent=cast.courier, at=NOON)


def test_a_byte_changed_under_the_signature_is_seen(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, act = an_act_to_sign(cast, ordered=True)
    # The frozen bytes themselves are altered, so that only the signature can tell.
    altered = a_signed_pdf().replace(b"595", b"596", 1)
    act.frozen = produced(dossier, cast, altered[: len(a_pdf())], "altere.pdf", at=NOON)
    act.save()

    with pytest.raises(SignatureNotAccepted, match="modifié après la signature"), nothing_written():
        record_signature(dossier_id=dossier.id, signed=altered, agent=cast.courier, at=NOON)


def test_a_certificate_of_an_unknown_authority_is_refused(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = an_act_to_sign(cast, ordered=True)
    stranger = the_president_s_signer().certificate

    with pytest.raises(SignatureNotAccepted, match="autorité reconnue"), nothing_written():
        record_signature(
            dossier_id=dossier.id, signed=a_signed_pdf(), trust_roots=[stranger], agent=cast.courier, at=NOON
        )


def test_only_the_courier_brings_signatures_back(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = an_act_to_sign(cast, ordered=True)

    with pytest.raises(NotEntitled), nothing_written():
        record_signature(dossier_id=dossier.id, signed=a_signed_pdf(), agent=cast.president, at=NOON)


def test_a_signature_that_nobody_ordered_is_refused(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = an_act_to_sign(cast)

    with pytest.raises(MoveNotAllowed, match="Aucune signature n’est ordonnée"), nothing_written():
        record_signature(dossier_id=dossier.id, signed=a_signed_pdf(), agent=cast.courier, at=NOON)
