"""The stamped copy: the dates on it, the original's words under it, no signature left."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

from hemicycle.rendering.compile import RenderingRefused
from hemicycle.rendering.stamp import stamped_copy
from tests.rendering.gallery import gallery
from tests.rendering.reading import faults, pages, words

SENT = date(2026, 7, 13)
RECEIVED = date(2026, 7, 14)
PUBLISHED = date(2026, 7, 15)
UNIQUE_ID = "099-229900019-20260709-CP2607091301-DE"


def signed_act() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Hélène MARQUISAT")])
    now = datetime(2026, 7, 1, tzinfo=UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=99))
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    certificate = builder.add_extension(usage, True).sign(key, hashes.SHA256())
    bundle = pkcs12.serialize_key_and_certificates(b"x", key, certificate, None, BestAvailableEncryption(b"x"))
    signer = signers.SimpleSigner.load_pkcs12_data(bundle, [], b"x")
    meta = signers.PdfSignatureMetadata(field_name="Signature", subfilter=fields.SigSeedSubFilter.PADES)
    out = io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(gallery()["deliberation"]))
    signers.PdfSigner(meta, signer).sign_pdf(writer, output=out)
    return out.getvalue()


def test_the_stamp_says_when_the_act_was_sent_received_and_published() -> None:
    copy = stamped_copy(
        gallery()["deliberation"], sent_on=SENT, received_on=RECEIVED, published_on=PUBLISHED, unique_id=UNIQUE_ID
    )

    first, second = pages(copy)
    for page in (first, second):
        assert "Envoyé en préfecture le 13/07/2026" in page
        assert "Reçu en préfecture le 14/07/2026" in page
        assert "Publié le 15/07/2026" in page
        assert UNIQUE_ID in page
    assert "Notifié" not in first


def test_before_publication_no_line_is_left_blank() -> None:
    copy = stamped_copy(gallery()["deliberation"], sent_on=SENT, received_on=RECEIVED, unique_id=UNIQUE_ID)

    assert "Publié" not in words(copy)
    assert "Notifié" not in words(copy)


def test_an_individual_act_is_notified() -> None:
    copy = stamped_copy(
        gallery()["deliberation"], sent_on=SENT, received_on=RECEIVED, notified_on=PUBLISHED, unique_id=UNIQUE_ID
    )

    assert "Notifié le 15/07/2026" in words(copy)


def test_the_same_act_gives_the_same_copy() -> None:
    first, second = (
        stamped_copy(gallery()["deliberation"], sent_on=SENT, received_on=RECEIVED, unique_id=UNIQUE_ID)
        for _ in range(2)
    )

    assert first == second
    assert first.endswith(b"%%EOF\n")


def test_the_copy_of_a_signed_act_bears_no_signature_and_states_its_facts() -> None:
    copy = stamped_copy(signed_act(), sent_on=SENT, received_on=RECEIVED, unique_id=UNIQUE_ID)

    with pikepdf.open(io.BytesIO(copy)) as pdf:
        assert "/AcroForm" not in pdf.Root
        assert all("/Annots" not in page for page in pdf.pages)
        with pdf.open_metadata() as metadata:
            assert metadata["dc:identifier"] == UNIQUE_ID
    assert "Adopté à la majorité des suffrages exprimés." in words(copy)


def test_a_file_that_is_no_pdf_is_refused() -> None:
    with pytest.raises(RenderingRefused, match="n’est pas un PDF lisible"):
        stamped_copy(b"PK\x03\x04", sent_on=SENT, received_on=RECEIVED, unique_id=UNIQUE_ID)


def test_the_stamp_lies_over_nothing_in_its_zone() -> None:
    with pikepdf.open(io.BytesIO(gallery()["deliberation"])) as pdf:
        box = [float(side) for side in pdf.pages[0].mediabox]

    assert box == pytest.approx([0, 0, 595.28, 841.89], abs=0.01)
    assert "Envoyé" not in words(gallery()["deliberation"])


def test_stamped_copies_stay_archivable_and_accessible(shared: Path, tmp_path: Path) -> None:
    stamped = partial(stamped_copy, sent_on=SENT, received_on=RECEIVED, unique_id=UNIQUE_ID)
    copies = {
        "unsigned": stamped(gallery()["annex"]),
        "signed": stamped(signed_act(), published_on=PUBLISHED),
    }

    assert faults(shared, tmp_path, copies) == []
