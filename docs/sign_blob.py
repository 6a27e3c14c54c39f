"""Sign the bytes given by Hémicycle, with a certificate of one's own, apart from any file.

    python sign_blob.py CP-2026-0001-a-signer.bin signature.p7s --p12 certificat.p12
    python sign_blob.py CP-2026-0001-a-signer.bin signature.p7s --pkcs11 BIBLIOTHEQUE.so --token JETON --key CLE

The result is a detached CMS (CAdES, SHA-256), to be brought back on the page « Signer avec votre propre certificat ».
The password or the PIN is asked for, and kept nowhere. Alone in its file: it needs `cryptography` and `asn1crypto`,
and `python-pkcs11` for a token; nothing is sent anywhere.
"""

from __future__ import annotations

import argparse
import getpass
import hashlib
import sys
from collections.abc import Callable
from pathlib import Path

from asn1crypto import algos, cms, core, tsp, x509
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs12 import load_key_and_certificates

#: DigestInfo of a SHA-256 (RFC 8017, 9.2).
DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420")

Sign = Callable[[bytes], bytes]


def main() -> None:
    options = _options()
    blob = options.blob.read_bytes()
    try:
        if options.p12:
            certificates, sign = from_p12(options.p12.read_bytes(), getpass.getpass("Mot de passe du fichier : "))
        else:
            pin = getpass.getpass("Code PIN du jeton : ")
            certificates, sign = from_token(options.pkcs11, options.token, options.key, pin)
    except ValueError as refusal:
        sys.exit(f"Le certificat ne s’ouvre pas : {refusal}")
    options.signature.write_bytes(detached(blob, certificates, sign))
    sys.stdout.write(f"{options.signature} : rapportez ce fichier sur la page de l’acte.\n")


def detached(blob: bytes, certificates: list[bytes], sign: Sign) -> bytes:
    """The CMS over these bytes (RFC 5652, ETSI EN 319 122-1); the first certificate is the signatory's."""
    known = [x509.Certificate.load(each) for each in certificates]
    holder, sha256 = known[0], algos.DigestAlgorithm({"algorithm": "sha256"})
    reference = tsp.ESSCertIDv2({"cert_hash": hashlib.sha256(certificates[0]).digest()})
    values: list[tuple[str, core.Asn1Value]] = [
        ("content_type", cms.ContentType("data")),
        ("message_digest", core.OctetString(hashlib.sha256(blob).digest())),
        ("signing_certificate_v2", tsp.SigningCertificateV2({"certs": [reference]})),
    ]
    attributes = cms.CMSAttributes([cms.CMSAttribute({"type": kind, "values": [value]}) for kind, value in values])
    named = cms.IssuerAndSerialNumber({"issuer": holder.issuer, "serial_number": holder.serial_number})
    signer = {
        "version": "v1",
        "sid": cms.SignerIdentifier({"issuer_and_serial_number": named}),
        "digest_algorithm": sha256,
        "signed_attrs": attributes,
        "signature_algorithm": algos.SignedDigestAlgorithm(
            {"algorithm": "sha256_ecdsa" if holder.public_key.algorithm == "ec" else "sha256_rsa"}
        ),
        "signature": sign(attributes.dump()),
    }
    content = {
        "version": "v1",
        "digest_algorithms": cms.DigestAlgorithms([sha256]),
        "encap_content_info": {"content_type": "data"},
        "certificates": known,
        "signer_infos": [cms.SignerInfo(signer)],
    }
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(content)}).dump())


def from_p12(data: bytes, password: str) -> tuple[list[bytes], Sign]:
    """The certificates of a PKCS#12 file, and its key. Raises ValueError."""
    key, certificate, others = load_key_and_certificates(data, password.encode())
    if key is None or certificate is None:
        raise ValueError("le fichier ne contient pas une clé et son certificat")
    found = [each.public_bytes(Encoding.DER) for each in (certificate, *others)]
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return found, lambda text: key.sign(text, ec.ECDSA(SHA256()))
    return found, lambda text: key.sign(text, padding.PKCS1v15(), SHA256())  # type: ignore[union-attr,call-arg]


def from_token(module: str, token: str, name: str, pin: str) -> tuple[list[bytes], Sign]:
    """The certificates of a token, and its key of that label. Raises ValueError."""
    import pkcs11
    from pkcs11.constants import Attribute, ObjectClass
    from pkcs11.mechanisms import Mechanism

    try:
        session = pkcs11.lib(module).get_token(token_label=token).open(user_pin=pin)
        key = session.get_key(object_class=ObjectClass.PRIVATE_KEY, label=name)
        held = [
            (item[Attribute.ID] != key[Attribute.ID], bytes(item[Attribute.VALUE]))
            for item in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})
        ]
    except RuntimeError as cause:
        raise ValueError(f"le jeton répond « {type(cause).__name__} »") from cause
    held.sort(key=lambda pair: pair[0])
    if not held or held[0][0]:
        raise ValueError("le jeton ne contient pas le certificat de cette clé")
    curve = x509.Certificate.load(held[0][1]).public_key.algorithm == "ec"

    def sign(text: bytes) -> bytes:
        digest = hashlib.sha256(text).digest()
        if not curve:
            return bytes(key.sign(DIGEST_INFO + digest, mechanism=Mechanism.RSA_PKCS))
        pair = bytes(key.sign(digest, mechanism=Mechanism.ECDSA))
        half = len(pair) // 2
        return encode_dss_signature(int.from_bytes(pair[:half], "big"), int.from_bytes(pair[half:], "big"))

    return [der for _, der in held], sign


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Signe le bloc d’un acte, à part (CMS détaché, CAdES, SHA-256).")
    parser.add_argument("blob", type=Path, help="le bloc téléchargé sur la page de l’acte")
    parser.add_argument("signature", type=Path, help="le fichier à écrire (.p7s)")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--p12", type=Path, help="certificat et clé, dans un fichier PKCS#12")
    where.add_argument("--pkcs11", help="bibliothèque du jeton")
    parser.add_argument("--token", default="", help="nom du jeton")
    parser.add_argument("--key", default="", help="nom de la clé sur le jeton")
    return parser.parse_args()


if __name__ == "__main__":
    main()
