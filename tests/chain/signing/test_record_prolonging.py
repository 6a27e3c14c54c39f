"""Keeping the copy that prolongs a proof."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from hemicycle.chain.signing.actions.ask_prolonging import ask_prolonging
from hemicycle.chain.signing.actions.record_prolonging import ProofNotAccepted, record_prolonging
from hemicycle.chain.signing.models import Act, Proof
from hemicycle.dossier import attachments, journal
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.signed_acts import a_signed_pdf, an_act_proven, prolonged_pdf

NothingWritten = Callable[[], AbstractContextManager[None]]

pytestmark = pytest.mark.django_db


def asked(cast: Cast) -> tuple[Act, Proof, bytes]:
    act = an_act_proven(cast)
    proof = ask_prolonging(dossier_id=act.dossier_id, agent=cast.clerk, at=NOON)
    return act, proof, attachments.read(proof.file)


def record(cast: Cast, act: Act, proof: Proof, data: bytes) -> Proof | None:
    return record_prolonging(
        dossier_id=act.dossier_id, former_sha256=proof.file.sha256, prolonged=data, agent=cast.courier, at=NOON
    )


def test_another_file_proves_the_act_and_the_original_stays(cast: Cast) -> None:
    act, proof, former = asked(cast)

    noted = record(cast, act, proof, prolonged_pdf(former))

    act.refresh_from_db()
    assert noted is not None and act.signed is not None
    assert (noted.archived, noted.asked_at) == (True, None)
    assert attachments.read(act.signed) == former
    assert noted.file.derived_from == act.signed and "preuve prolongée" in noted.file.title
    assert journal.of(act.dossier)[-1].event == "signing.proof_prolonged"


def test_it_is_recorded_once_and_prolonged_again_later(cast: Cast, nothing_written: NothingWritten) -> None:
    act, proof, former = asked(cast)
    first = record(cast, act, proof, prolonged_pdf(former))
    assert first is not None
    with nothing_written():
        twice = record(cast, act, proof, prolonged_pdf(former))
    again = ask_prolonging(dossier_id=act.dossier_id, agent=cast.clerk, at=NOON)

    second = record(cast, act, again, prolonged_pdf(attachments.read(again.file)))

    assert twice is None
    assert second is not None and second.file.derived_from == first.file


def test_a_file_that_prolongs_nothing_is_refused(cast: Cast, nothing_written: NothingWritten) -> None:
    act, proof, former = asked(cast)

    for wrong in (former, prolonged_pdf(a_signed_pdf()), b"%PDF-1.7 rien"):
        with pytest.raises(ProofNotAccepted), nothing_written():
            record(cast, act, proof, wrong)


def test_nobody_but_the_couriers_records_it(cast: Cast, nothing_written: NothingWritten) -> None:
    act, proof, former = asked(cast)

    with pytest.raises(NotEntitled), nothing_written():
        record_prolonging(
            dossier_id=act.dossier_id, former_sha256=proof.file.sha256, prolonged=former, agent=cast.clerk, at=NOON
        )
