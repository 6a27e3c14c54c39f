"""The proof of a signed original, prolonged in another file."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from hemicycle.gateways.signature.errors import Rejected, Unreachable
from hemicycle.gateways.signature.prolong import prolong
from hemicycle.protocols.pades.verify import verify

from .conftest import Office
from .test_client import closed_port

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture(scope="module")
def original(office: Office, act: bytes) -> bytes:
    return office.signer().sign(act, at=NOW, reason="Délibération", location="Nantes")


def test_an_original_is_prolonged_and_again(office: Office, original: bytes) -> None:
    once = prolong(original, tsa_url=f"{office.url}/tsa", at=NOW)
    twice = prolong(once, tsa_url=f"{office.url}/tsa", at=NOW + timedelta(days=1))

    for before, after in ((original, once), (once, twice)):
        verdict = verify(after, trust_roots=[office.root()])
        assert after.startswith(before)
        assert verdict.valid, verdict
        assert verdict.signatures[0].level == "B-LTA"


def test_a_silent_timestamping_service_is_a_reason_to_retry(original: bytes) -> None:
    with pytest.raises(Unreachable, match="service d’horodatage ne répond pas"):
        prolong(original, tsa_url=f"http://127.0.0.1:{closed_port()}/tsa", at=NOW)


def test_what_is_not_signed_is_not_prolonged(office: Office, act: bytes) -> None:
    for content, sentence in ((act, "ne porte aucune signature"), (b"bonjour", "n’est pas un PDF")):
        with pytest.raises(Rejected, match=sentence):
            prolong(content, tsa_url=f"{office.url}/tsa", at=NOW)


def test_the_command_writes_another_file_and_never_over_one(
    office: Office, original: bytes, tmp_path: Path, settings: Any
) -> None:
    settings.TSA_URL = f"{office.url}/tsa"
    (tmp_path / "acte.pdf").write_bytes(original)

    call_command("prolong", str(tmp_path / "acte.pdf"), str(tmp_path / "copie.pdf"), stdout=StringIO())

    assert (tmp_path / "acte.pdf").read_bytes() == original
    assert (tmp_path / "copie.pdf").read_bytes().startswith(original)
    with pytest.raises(CommandError, match="existe déjà"):
        call_command("prolong", str(tmp_path / "acte.pdf"), str(tmp_path / "copie.pdf"))
    with pytest.raises(CommandError, match="inaccessible"):
        call_command("prolong", str(tmp_path / "absent.pdf"), str(tmp_path / "autre.pdf"))
    settings.TSA_URL = ""
    with pytest.raises(CommandError, match="HEMICYCLE_TSA_URL est vide"):
        call_command("prolong", str(tmp_path / "acte.pdf"), str(tmp_path / "autre.pdf"))
