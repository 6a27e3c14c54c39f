"""Files signed by another program than ours: pyHanko's own signer, with whatever settings a maker may choose."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pikepdf
from asn1crypto import keys, x509
from cryptography import x509 as pyca
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec
from pyhanko_certvalidator.registry import SimpleCertificateStore

from .conftest import NOON, Cast

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


def loaded(certificate: pyca.Certificate) -> x509.Certificate:
    return x509.Certificate.load(certificate.public_bytes(Encoding.DER))


def signer_of(key: Key, certificate: pyca.Certificate, *others: pyca.Certificate, pss: bool = False) -> Any:
    held = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return signers.SimpleSigner(
        signing_cert=loaded(certificate),
        signing_key=keys.PrivateKeyInfo.load(held),
        cert_registry=SimpleCertificateStore.from_certs([loaded(c) for c in others]),
        prefer_pss=pss,
    )


def president_of(cast: Cast, **options: bool) -> Any:
    return signer_of(cast.president.key, cast.president.certificate, cast.issuing.certificate, **options)


def sign_elsewhere(
    pdf: bytes, signer: Any, *, field: str = "Ailleurs", box: tuple[int, int, int, int] | None = None, **metadata: Any
) -> bytes:
    """The file signed by pyHanko; `box`: with a visible frame on the first page."""
    about = {"field_name": field, "md_algorithm": "sha256", **metadata}
    output = BytesIO()
    signing = signers.PdfSigner(
        signers.PdfSignatureMetadata(**about),
        signer=signer,
        new_field_spec=SigFieldSpec(sig_field_name=field, box=box, on_page=0),
    )
    signing.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), output=output)
    return output.getvalue()


def stranger(
    key: Key,
    *,
    name: str = "Inconnu",
    start: datetime = datetime(2026, 1, 1, tzinfo=UTC),
    end: datetime = datetime(2028, 1, 1, tzinfo=UTC),
    signs: bool = True,
) -> pyca.Certificate:
    """A certificate that nobody vouches for but itself."""
    named = pyca.Name([pyca.NameAttribute(NameOID.COMMON_NAME, name)])
    built = (
        pyca.CertificateBuilder()
        .subject_name(named)
        .issuer_name(named)
        .public_key(key.public_key())
        .serial_number(pyca.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
    )
    if not signs:
        built = built.add_extension(pyca.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=True)
        built = built.add_extension(_usages(), critical=True)
    return built.sign(key, hashes.SHA256())


def _usages() -> pyca.KeyUsage:
    others = ("content_commitment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign")
    never = dict.fromkeys((*others, "encipher_only", "decipher_only"), False)
    return pyca.KeyUsage(digital_signature=False, key_encipherment=True, **never)


def with_text_field(frozen: bytes, value: str = "12 000 euros") -> bytes:
    """A document that has one field of a form, « montant »."""
    output = BytesIO()
    with pikepdf.open(BytesIO(frozen)) as pdf:
        field = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget,
                FT=pikepdf.Name.Tx,
                T="montant",
                V=value,
                F=4,
                Rect=[50, 50, 300, 80],
                P=pdf.pages[0].obj,
            )
        )
        pdf.pages[0].obj.Annots = pikepdf.Array([field])
        pdf.Root.AcroForm = pdf.make_indirect(pikepdf.Dictionary(Fields=[field]))
        pdf.save(output)
    return output.getvalue() + b"\n"


def filled(pdf: bytes, value: str) -> bytes:
    """The field « montant » filled in an update."""
    from pyhanko.pdf_utils.generic import TextStringObject, pdf_name

    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    field = writer.root["/AcroForm"]["/Fields"][0]
    field[pdf_name("/V")] = TextStringObject(value)
    writer.update_container(field)
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


__all__ = ["NOON", "filled", "president_of", "sign_elsewhere", "signer_of", "stranger", "with_text_field"]
