"""The document timestamp over a signed act."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from hemicycle.protocols.pades.frozen import NotTheFrozenDocument, Unsignable, check_extends
from hemicycle.protocols.pades.prepare import SignatureRefused
from hemicycle.protocols.pades.revision import Evidence
from hemicycle.protocols.pades.stamp import certificates_in, finish_stamp, prepare_stamp
from hemicycle.protocols.pades.verify import verify

from .conftest import NOON, Cast, der


def stamped(pdf: bytes, cast: Cast, evidence: Evidence | None = None) -> bytes:
    unstamped = prepare_stamp(pdf, evidence=evidence)
    return finish_stamp(unstamped, token=cast.token_over(unstamped.digest, at=NOON + timedelta(days=1)))


@pytest.fixture(scope="module")
def signed(frozen: bytes, cast: Cast) -> bytes:
    return cast.sign(frozen, evidence=Evidence(certificates=[der(cast.issuing)], crls=[cast.crl()]))


def test_a_stamped_file_is_the_signed_one_and_an_update(frozen: bytes, signed: bytes, cast: Cast) -> None:
    archived = stamped(signed, cast)

    [signature] = verify(archived, trust_roots=[der(cast.root)]).signatures
    assert archived.startswith(signed)
    check_extends(signed=archived, frozen=frozen)
    assert (signature.level, signature.covers_whole_document, signature.problems) == ("B-LTA", False, ())


def test_proofs_may_join_long_after_and_the_stamp_be_renewed(signed: bytes, cast: Cast) -> None:
    once = stamped(signed, cast)

    twice = stamped(once, cast, Evidence(certificates=[der(cast.unit)], crls=[cast.crl()]))

    verdict = verify(twice, trust_roots=[der(cast.root)])
    assert twice.startswith(once)
    assert verdict.valid, verdict
    assert der(cast.unit) in certificates_in(twice)


def test_an_act_signed_and_stamped_twice_at_once_is_not_what_was_asked(
    frozen: bytes, signed: bytes, cast: Cast
) -> None:
    with pytest.raises(NotTheFrozenDocument, match="une seule mise à jour"):
        check_extends(signed=stamped(stamped(signed, cast), cast), frozen=frozen)


def test_a_stamp_without_signature_is_no_signed_act(frozen: bytes, signed: bytes, cast: Cast) -> None:
    with pytest.raises(Unsignable, match="aucune signature"):
        prepare_stamp(frozen)
    with pytest.raises(NotTheFrozenDocument):
        check_extends(signed=stamped(signed, cast), frozen=signed)


def test_a_token_over_something_else_is_refused(signed: bytes, cast: Cast) -> None:
    unstamped = prepare_stamp(signed)

    for token in (cast.token(b"something else"), b"no token", cast.token(unstamped.digest)):
        with pytest.raises(SignatureRefused, match="ne porte pas sur ce document"):
            finish_stamp(unstamped, token=token)


@pytest.mark.parametrize("reading", [prepare_stamp, certificates_in])
def test_what_is_no_pdf_cannot_be_stamped(reading: Callable[[bytes], object]) -> None:
    with pytest.raises(Unsignable, match="n’est pas un PDF"):
        reading(b"bonjour\n")


def test_a_byte_changed_under_the_stamp_is_seen(signed: bytes, cast: Cast) -> None:
    archived = stamped(signed, cast)
    at = archived.index(b"/Title")
    altered = archived[: at + 1] + b"t" + archived[at + 2 :]

    assert not verify(altered, trust_roots=[der(cast.root)]).valid


def test_a_stamp_keeps_pdf_a_and_pdf_ua(signed: bytes, cast: Cast, verapdf: str, tmp_path: Path) -> None:
    (tmp_path / "archived.pdf").write_bytes(stamped(signed, cast))

    said = subprocess.run([verapdf, "2a,ua1", str(tmp_path / "archived.pdf")], capture_output=True, text=True)

    assert said.returncode == 0, said.stdout
