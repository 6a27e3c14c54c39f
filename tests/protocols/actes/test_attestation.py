"""A TdT's own account of a message that it keeps to itself."""

from __future__ import annotations

from datetime import date

import pytest

from hemicycle.protocols.actes import Attestation, Unreadable, build_attestation, read_attestation

TOLD = Attestation(
    source="Stela",
    about="ARAnnulation",
    acte_id="099-229999990-20261217-CP_2026_1-DE",
    on=date(2026, 12, 18),
    says="099-229999990-6-2_1.xml",
)


def test_an_account_is_read_as_it_was_written() -> None:
    assert read_attestation(build_attestation(TOLD)) == TOLD


@pytest.mark.parametrize("data", [b"", b"<xml/>", b"{}", b'{"nature": "autre"}', b"%PDF-1.7"])
def test_what_is_no_account_is_left_to_others(data: bytes) -> None:
    assert read_attestation(data) is None


@pytest.mark.parametrize("cut", [b'"date": "2026-12-18"', b'"acte"', b"}"])
def test_a_broken_account_is_refused(cut: bytes) -> None:
    with pytest.raises(Unreadable):
        read_attestation(build_attestation(TOLD).replace(cut, b'"x": 1' if b":" in cut else b"", 1))
