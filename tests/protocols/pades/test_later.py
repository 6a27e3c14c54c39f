"""What may follow a signature: proofs and timestamps take nothing from it; anything else does."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from asn1crypto import crl
from pyhanko.sign.validation.dss import DocumentSecurityStore

from hemicycle.protocols.pades.stamp import finish_stamp, prepare_stamp
from hemicycle.protocols.pades.verify import verify

from . import attacks
from .conftest import NOON, Cast, der, make_cast


def archived(pdf: bytes, cast: Cast) -> bytes:
    unstamped = prepare_stamp(pdf)
    return finish_stamp(unstamped, token=cast.token_over(unstamped.digest, at=NOON + timedelta(days=1)))


def with_proofs(pdf: bytes, cast: Cast) -> bytes:
    """Proofs joined by another program, in an update of their own."""
    output = BytesIO(pdf)
    DocumentSecurityStore.add_dss(output, sig_contents=None, crls=[crl.CertificateList.load(cast.crl())])
    return output.getvalue()


@pytest.fixture(scope="module")
def kept(frozen: bytes, cast: Cast) -> bytes:
    """Signed, then its proofs, then an archival timestamp."""
    return archived(with_proofs(cast.sign(frozen), cast), cast)


def test_proofs_and_an_archival_timestamp_added_later_are_named_and_harmless(kept: bytes, cast: Cast) -> None:
    verdict = verify(kept, trust_roots=[der(cast.root)])

    [signature], [stamp] = verdict.signatures, verdict.stamps
    assert verdict.outcome == "whole", verdict.faults
    assert (signature.level, signature.revocation) == ("B-LTA", "crl")
    assert signature.covers_its_revision
    assert not signature.covers_whole_document
    assert signature.additions == (
        "un horodatage d’archivage",
        "des preuves de validation (certificats, listes de révocation)",
    )
    assert signature.changes == ()
    assert (stamp.holds, stamp.trusted, stamp.stamped_at) == (True, True, NOON + timedelta(days=1))


def test_a_page_changed_after_the_archival_timestamp_breaks_both(kept: bytes, cast: Cast) -> None:
    verdict = verify(attacks.draw_over(kept), trust_roots=[der(cast.root)])

    assert verdict.outcome == "refused"
    assert any("après son horodatage d’archivage : la page 1 a été modifiée" in p for p in verdict.problems)
    assert verdict.signatures[0].changes == ("la page 1 a été modifiée ou remplacée",)


def test_a_page_changed_before_the_archival_timestamp_is_seen_too(frozen: bytes, cast: Cast) -> None:
    verdict = verify(archived(attacks.draw_over(cast.sign(frozen)), cast), trust_roots=[der(cast.root)])

    assert verdict.outcome == "refused"
    assert verdict.stamps[0].holds


def test_an_archival_timestamp_of_an_unknown_authority_is_a_doubt(frozen: bytes, cast: Cast) -> None:
    verdict = verify(archived(cast.sign(frozen), make_cast()), trust_roots=[der(cast.root)])

    assert verdict.outcome == "doubtful"
    assert "horodatage d’archivage" in verdict.faults[0]
