"""Bytes kept in an S3 bucket, under the same names as in the folder; an acknowledged PUT is durable.

A PUT carries its SHA-256 twice, as S3's own checksum and in the signature of the request, so that what arrives altered
is refused by the bucket. It runs inside the caller's transaction, hence the short limits (docs/adr/0010).
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

#: Seconds to open a connection and to send each block of it, and seconds of silence while an answer is awaited.
CONNECTING, ANSWERING = 2.0, 5.0
#: Tries of each request, the first included.
TRIES = 3
#: S3 signs with a region; servers of one's own take any, and this is the one they expect by default.
ANY_REGION = "us-east-1"

MISSING = {"404", "NotFound", "NoSuchKey"}
#: 412: the same bytes arrived meanwhile.
ALREADY_THERE = {"412", "PreconditionFailed"}
#: The server knows no conditional PUT, or a rival PUT of the same bytes is under way: they are sent unconditionally.
UNCONDITIONAL = {"409", "ConditionalRequestConflict", "501", "NotImplemented"}


class StoreUnavailable(RuntimeError):
    """The bucket did not answer or refused; nothing was lost, and nothing may be recorded."""


def open_place() -> None:
    """Check the settings and that boto3 is there; nothing is asked of the bucket. Raises ImproperlyConfigured."""
    _client()


def ask() -> None:
    """Ask the bucket for an object that it cannot have: it answers, knows us and lets us read. Raises StoreUnavailable.

    ImproperlyConfigured as `open_place`.
    """
    client = _client()
    with _failures_said():
        client.head_bucket(Bucket=settings.BLOBS_S3)
        _present(client, "0" * 64)


def write(sha256: str, data: bytes) -> None:
    """Keep the bytes under that name unless they are there. Raises StoreUnavailable."""
    client = _client()
    with _failures_said():
        if _present(client, sha256):
            return
        try:
            _send(client, sha256, data, IfNoneMatch="*")
        except client.exceptions.ClientError as refusal:
            if _code(refusal) in ALREADY_THERE:
                return
            if _code(refusal) not in UNCONDITIONAL:
                raise
            _send(client, sha256, data)


def read(sha256: str) -> bytes:
    """The object of that name. Raises FileNotFoundError when the bucket has none, StoreUnavailable."""
    client = _client()
    with _failures_said():
        try:
            answer = client.get_object(Bucket=settings.BLOBS_S3, Key=_key(sha256))
        except client.exceptions.ClientError as refusal:
            if _code(refusal) in MISSING:
                raise FileNotFoundError(_key(sha256)) from refusal
            raise
        with answer["Body"] as body:
            return bytes(body.read())


def _present(client: Any, sha256: str) -> bool:
    try:
        client.head_object(Bucket=settings.BLOBS_S3, Key=_key(sha256))
    except client.exceptions.ClientError as refusal:
        if _code(refusal) in MISSING:
            return False
        raise
    return True


def _send(client: Any, sha256: str, data: bytes, **condition: str) -> None:
    client.put_object(
        Bucket=settings.BLOBS_S3,
        Key=_key(sha256),
        Body=data,
        ChecksumSHA256=base64.b64encode(bytes.fromhex(sha256)).decode(),
        **condition,
    )


def _key(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}"


def _code(refusal: Any) -> str:
    return str(refusal.response.get("Error", {}).get("Code", ""))


@contextmanager
def _failures_said() -> Iterator[None]:
    from botocore.exceptions import BotoCoreError, ClientError

    place = f"Le magasin des fichiers (compartiment S3 « {settings.BLOBS_S3} »)"
    try:
        yield
    except ClientError as refusal:
        remedy = (
            "Réessayez dans quelques minutes."
            if refusal.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0) >= 500
            else "L’administrateur doit vérifier HEMICYCLE_BLOBS_S3, les clés d’accès et leurs droits."
        )
        raise StoreUnavailable(
            f"{place} a refusé la demande ({_code(refusal)}) : rien n’a été enregistré. {remedy}"
        ) from refusal
    except BotoCoreError as silence:
        raise StoreUnavailable(
            f"{place} ne répond pas ({type(silence).__name__}) : rien n’a été enregistré. "
            "Réessayez dans quelques minutes."
        ) from silence


def _client() -> Any:
    if not settings.S3_ENDPOINT and not settings.S3_REGION:
        raise ImproperlyConfigured(
            "HEMICYCLE_BLOBS_S3 nomme un compartiment : "
            "dites où il est par HEMICYCLE_S3_ENDPOINT ou HEMICYCLE_S3_REGION."
        )
    if bool(settings.S3_ACCESS_KEY) != bool(settings.S3_SECRET_KEY):
        raise ImproperlyConfigured("HEMICYCLE_S3_ACCESS_KEY et HEMICYCLE_S3_SECRET_KEY vont ensemble : l’une manque.")
    return _client_of(
        settings.S3_ENDPOINT, settings.S3_REGION or ANY_REGION, settings.S3_ACCESS_KEY, settings.S3_SECRET_KEY
    )


@lru_cache(maxsize=4)
def _client_of(endpoint: str, region: str, access_key: str, secret_key: str) -> Any:
    """A client, which threads may share. Without keys, those of the machine (AWS's own search) are used."""
    try:
        from boto3.session import Session
        from botocore.config import Config
    except ImportError as error:
        raise ImproperlyConfigured(
            "HEMICYCLE_BLOBS_S3 demande un module qui n’est pas installé : pip install 'hemicycle[s3]'."
        ) from error
    config = Config(
        connect_timeout=CONNECTING,
        read_timeout=ANSWERING,
        retries={"mode": "standard", "total_max_attempts": TRIES},
        # Our digest is the checksum, both ways: no other is added to it.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        # A server of one's own seldom has a host name per bucket.
        s3={"payload_signing_enabled": True, "addressing_style": "path" if endpoint else "auto"},
    )
    try:
        return Session().client(
            "s3",
            endpoint_url=endpoint or None,
            region_name=region,
            aws_access_key_id=access_key or None,
            aws_secret_access_key=secret_key or None,
            config=config,
        )
    except ValueError as error:
        raise ImproperlyConfigured(
            f"HEMICYCLE_S3_ENDPOINT (« {endpoint} ») ou HEMICYCLE_S3_REGION (« {region} ») n’a pas de sens : "
            "une adresse https:// et un nom de région sont attendus."
        ) from error
