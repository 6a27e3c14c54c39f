"""The authority's HTTP side."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from . import pages
from .authority import Authority
from .certificates import Applicant, PublicKey
from .registry import private_pem

#: No request to the authority is larger.
MAXIMUM = 64 * 1024
TEXTS = ("common_name", "given_name", "surname", "organisation", "title", "siren", "email")
KINDS = ("person", "seal", "tls")


class Unacceptable(Exception):
    """The request cannot be read; the sentence says why."""


def build(authority: Authority) -> Starlette:
    """The application serving this authority."""

    async def home(_: Request) -> Response:
        return HTMLResponse(pages.overview(authority))

    async def revoke(request: Request) -> Response:
        try:
            serial = _serial(await _object(request), authority)
        except Unacceptable as refusal:
            return JSONResponse({"error": str(refusal)}, status_code=400)
        authority.registry.record_revocation(serial, at=authority.clock.now())
        return JSONResponse({"serial": str(serial), "revoked": True})

    return Starlette(
        routes=[
            Route("/", home),
            Route("/enrol", _issuing(lambda asked: _enrol(authority, _applicant(asked))), methods=["POST"]),
            Route("/certify", _issuing(lambda asked: _certify(authority, asked)), methods=["POST"]),
            Route("/revoke", revoke, methods=["POST"]),
            Route("/ocsp", _protocol(authority.status, "application/ocsp-response"), methods=["POST"]),
            Route("/tsa", _protocol(authority.stamp, "application/timestamp-reply"), methods=["POST"]),
            Route("/crl/issuing.crl", _file(authority.issuing_crl, "application/pkix-crl")),
            Route("/crl/root.crl", _file(authority.root_crl, "application/pkix-crl")),
            Route("/chain.pem", _file(lambda: authority.chain_pem, "application/x-pem-file")),
            Route("/root.pem", _pem(authority.root.certificate.public_bytes)),
            Route("/issuing.pem", _pem(authority.issuing.certificate.public_bytes)),
        ]
    )


def _issuing(issue: Callable[[dict[str, object]], dict[str, str]]) -> Callable[[Request], object]:
    async def endpoint(request: Request) -> Response:
        try:
            return JSONResponse(await run_in_threadpool(issue, await _object(request)), status_code=201)
        except Unacceptable as refusal:
            return JSONResponse({"error": str(refusal)}, status_code=400)

    return endpoint


def _protocol(answer: Callable[[bytes], bytes], media_type: str) -> Callable[[Request], object]:
    async def endpoint(request: Request) -> Response:
        body = await request.body()
        if len(body) > MAXIMUM:
            return Response(status_code=413)
        return Response(await run_in_threadpool(answer, body), media_type=media_type)

    return endpoint


def _file(make: Callable[[], bytes], media_type: str) -> Callable[[Request], object]:
    async def endpoint(_: Request) -> Response:
        return Response(await run_in_threadpool(make), media_type=media_type)

    return endpoint


def _pem(encode: Callable[[Encoding], bytes]) -> Callable[[Request], object]:
    return _file(lambda: encode(Encoding.PEM), "application/x-pem-file")


async def _object(request: Request) -> dict[str, object]:
    body = await request.body()
    try:
        content = json.loads(body[:MAXIMUM])
    except ValueError:
        content = None
    if not isinstance(content, dict):
        raise Unacceptable("La demande doit être un objet JSON.")
    return content


def _applicant(content: dict[str, object]) -> Applicant:
    kind = content.get("kind", "person")
    if kind not in KINDS:
        raise Unacceptable("La nature du certificat (« kind ») doit être person, seal ou tls.")
    values = {}
    for name in TEXTS:
        value = content.get(name) or ""
        # 64 characters: the upper bounds of RFC 5280, appendix A.
        if not isinstance(value, str) or len(value) > 64 or not value.isprintable():
            raise Unacceptable(f"Le champ « {name} » doit être un texte de 64 caractères au plus.")
        values[name] = value.strip()
    if not values["common_name"]:
        raise Unacceptable("Le nom du titulaire (« common_name ») est obligatoire.")
    if not values["email"].isascii():
        raise Unacceptable("L’adresse électronique (« email ») ne doit contenir que des caractères ASCII.")
    return Applicant(kind=str(kind), **values)


def _public_key(content: dict[str, object]) -> PublicKey:
    """The key of a certification request (PKCS #10), which its own signature shows to be the applicant's."""
    try:
        request = x509.load_pem_x509_csr(str(content.get("csr", "")).encode())
        key, proven = request.public_key(), request.is_signature_valid
    except (ValueError, TypeError, UnsupportedAlgorithm) as cause:
        raise Unacceptable("La demande de certificat (« csr ») doit être un PKCS#10 en PEM.") from cause
    if not proven or not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        raise Unacceptable("La demande de certificat doit être signée par la clé RSA ou ECDSA qu’elle présente.")
    return key


def _serial(content: dict[str, object], authority: Authority) -> int:
    text = str(content.get("serial", ""))
    serial = int(text) if text.isascii() and text.isdigit() and len(text) < 60 else 0
    if serial not in authority.registry.issued:
        raise Unacceptable("Aucun certificat délivré ne porte ce numéro de série.")
    return serial


def _enrol(authority: Authority, applicant: Applicant) -> dict[str, str]:
    enrolled = authority.enrol(applicant)
    certificate = enrolled.holder.certificate
    return {
        "serial": str(certificate.serial_number),
        "subject": certificate.subject.rfc4514_string(),
        "not_before": certificate.not_valid_before_utc.isoformat(),
        "not_after": certificate.not_valid_after_utc.isoformat(),
        "pkcs12": base64.b64encode(enrolled.pkcs12).decode(),
        "passphrase": enrolled.passphrase,
        "certificate_pem": certificate.public_bytes(Encoding.PEM).decode(),
        "key_pem": private_pem(enrolled.holder.key).decode(),
        "chain_pem": authority.chain_pem.decode(),
    }


def _certify(authority: Authority, asked: dict[str, object]) -> dict[str, str]:
    certificate = authority.certify(_applicant(asked), _public_key(asked))
    return {
        "serial": str(certificate.serial_number),
        "certificate_pem": certificate.public_bytes(Encoding.PEM).decode(),
        "chain_pem": authority.chain_pem.decode(),
    }
