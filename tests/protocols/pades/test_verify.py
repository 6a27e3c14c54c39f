"""The judgment on signatures, and the attacks it must not let through."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from hemicycle.protocols.pades.prepare import Evidence
from hemicycle.protocols.pades.verify import Unreadable, verify

from .conftest import NOON, Cast, der, make_cast


def test_a_stamped_signature_is_valid_and_says_who_and_when(frozen: bytes, cast: Cast) -> None:
    verdict = verify(cast.sign(frozen), trust_roots=[der(cast.root)])

    [signature] = verdict.signatures
    assert verdict.valid
    assert verdict.faults == ()
    assert signature.signer == "Hélène Arnault"
    assert signature.serial == str(cast.president.certificate.serial_number)
    assert signature.signed_at == signature.stamped_at == NOON
    assert signature.level == "B-T"
    assert signature.covers_whole_document


def test_the_level_follows_what_is_embedded(frozen: bytes, cast: Cast) -> None:
    evidence = Evidence(certificates=[der(cast.issuing)], crls=[cast.crl()])

    plain = verify(cast.sign(frozen, stamped=False), trust_roots=[der(cast.root)])
    long_term = verify(cast.sign(frozen, evidence=evidence), trust_roots=[der(cast.root)])

    assert [s.level for s in plain.signatures] == ["B-B"]
    assert [s.level for s in long_term.signatures] == ["B-LT"]
    assert long_term.valid
    assert long_term.signatures[0].covers_whole_document


def test_a_signature_from_an_unknown_authority_is_not_trusted(frozen: bytes, cast: Cast) -> None:
    stranger = make_cast()

    verdict = verify(cast.sign(frozen), trust_roots=[der(stranger.root)])

    assert not verdict.valid
    assert verdict.signatures[0].intact
    assert not verdict.signatures[0].trusted
    assert "n’a pas été délivré par une autorité reconnue" in verdict.faults[0]


def test_without_any_root_trust_is_unknown_and_only_noted(frozen: bytes, cast: Cast) -> None:
    verdict = verify(cast.sign(frozen), trust_roots=[])

    assert not verdict.valid
    assert verdict.faults == ()
    assert "aucune autorité" in verdict.signatures[0].notes[0]


def test_a_certificate_revoked_before_signing_is_refused(frozen: bytes, cast: Cast) -> None:
    revoked = cast.crl(revoked_at=NOON - timedelta(days=3))

    verdict = verify(cast.sign(frozen), trust_roots=[der(cast.root)], crls=[revoked])

    assert not verdict.valid
    assert "révoqué" in verdict.faults[0]


def test_a_certificate_revoked_after_signing_leaves_the_signature_valid(frozen: bytes, cast: Cast) -> None:
    revoked = cast.crl(revoked_at=NOON + timedelta(days=3), at=NOON + timedelta(days=4))

    verdict = verify(cast.sign(frozen), trust_roots=[der(cast.root)], crls=[revoked], at=NOON + timedelta(days=5))

    assert verdict.faults == ()


def test_a_certificate_out_of_its_life_is_refused(frozen: bytes, cast: Cast) -> None:
    signed = cast.sign(frozen, stamped=False)

    verdict = verify(signed, trust_roots=[der(cast.root)], at=NOON + timedelta(days=4000))

    assert not verdict.valid
    assert verdict.signatures[0].intact


def test_one_byte_changed_breaks_the_signature(frozen: bytes, cast: Cast) -> None:
    signed = bytearray(cast.sign(frozen))
    signed[signed.index(b"%PDF-1.7") + 7 : signed.index(b"%PDF-1.7") + 8] = b"6"

    verdict = verify(bytes(signed), trust_roots=[der(cast.root)])

    assert not verdict.signatures[0].intact
    assert "modifié après la signature" in verdict.faults[0]


def overwrite_page(pdf: bytes) -> bytes:
    """A page drawn over, in an incremental update: the shadow that pdfsig calls valid."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    page = writer.root["/Pages"]["/Kids"][0]
    stream = generic.StreamObject(stream_data=b"BT (faux) Tj ET")
    page[pdf_name("/Contents")] = writer.add_object(stream)
    writer.update_container(page)
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def replace_catalog(pdf: bytes) -> bytes:
    """An update that points the catalog to other pages."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    writer.root[pdf_name("/OpenAction")] = generic.DictionaryObject({pdf_name("/S"): pdf_name("/JavaScript")})
    writer.update_root()
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def widen_range(pdf: bytes) -> bytes:
    """A byte range whose hole is larger than the value: room to wrap content in."""
    reader = PdfFileReader(BytesIO(pdf))
    _, first, second, length = (int(n) for n in reader.embedded_signatures[0].byte_range)
    old = b"[0 %d %d %d]" % (first, second, length)
    new = b"[0 %d %d %d]" % (first, second + 9, length - 9)
    return pdf.replace(old, new.ljust(len(old)))


def append_bytes(pdf: bytes) -> bytes:
    return pdf + b"% une ligne de plus\n"


@pytest.mark.parametrize("attack", [overwrite_page, replace_catalog, widen_range, append_bytes])
def test_a_file_changed_after_signing_is_refused(frozen: bytes, cast: Cast, attack: Callable[[bytes], bytes]) -> None:
    forged = attack(cast.sign(frozen))

    verdict = verify(forged, trust_roots=[der(cast.root)])

    assert not verdict.valid
    assert verdict.faults


def test_a_file_rewritten_is_refused(frozen: bytes, cast: Cast) -> None:
    output = BytesIO()
    with pikepdf.open(BytesIO(cast.sign(frozen))) as pdf:
        pdf.save(output)

    verdict = verify(output.getvalue(), trust_roots=[der(cast.root)])

    assert not verdict.valid


def test_a_second_signature_leaves_the_first_valid(frozen: bytes, cast: Cast) -> None:
    verdict = verify(cast.sign(cast.sign(frozen)), trust_roots=[der(cast.root)])

    assert verdict.valid
    assert [s.covers_whole_document for s in verdict.signatures] == [False, True]
    assert "ajouts admis" in verdict.signatures[0].notes[0]


def test_a_forged_timestamp_is_refused(frozen: bytes, cast: Cast) -> None:
    stranger = make_cast()
    liar = Cast(root=cast.root, issuing=cast.issuing, unit=stranger.unit, president=cast.president)

    verdict = verify(liar.sign(frozen), trust_roots=[der(cast.root)])

    assert not verdict.valid
    assert any("horodatage" in fault for fault in verdict.faults)


def test_a_file_without_signature_is_not_valid(frozen: bytes) -> None:
    verdict = verify(frozen, trust_roots=[])

    assert not verdict.valid
    assert verdict.signatures == ()


@pytest.mark.parametrize("content", [b"", b"bonjour", b"%PDF-1.7\n%%EOF\n"])
def test_what_is_no_pdf_is_unreadable(content: bytes) -> None:
    with pytest.raises(Unreadable, match="PDF lisible"):
        verify(content, trust_roots=[])


def test_verification_works_inside_a_running_loop(frozen: bytes, cast: Cast) -> None:
    signed = cast.sign(frozen)

    async def inside() -> bool:
        return verify(signed, trust_roots=[der(cast.root)]).valid

    assert asyncio.run(inside())
