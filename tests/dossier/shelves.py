"""Both places where bytes lie, seen from behind: what is on the shelf, and how it goes wrong."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import boto3
import pytest
from django.conf import settings
from moto.server import ThreadedMotoServer

from hemicycle.dossier.blobs import StoreUnavailable


class Shelf(Protocol):
    #: What `put` raises when the place fails.
    failure: type[Exception]

    def names(self) -> list[str]: ...

    def alter(self, sha256: str, data: bytes) -> None: ...

    def fail(self, patch: pytest.MonkeyPatch) -> None: ...


class FolderShelf:
    failure = OSError

    def files(self) -> list[Path]:
        return sorted(p for p in Path(settings.BLOBS).rglob("*") if p.is_file())

    def names(self) -> list[str]:
        return [p.relative_to(settings.BLOBS).as_posix() for p in self.files()]

    def alter(self, sha256: str, data: bytes) -> None:
        (Path(settings.BLOBS) / sha256[:2] / sha256).write_bytes(data)

    def fail(self, patch: pytest.MonkeyPatch) -> None:
        def full_disk(_handle: int) -> None:
            raise OSError(28, "No space left on device")

        patch.setattr(os, "fsync", full_disk)


class BucketShelf:
    failure = StoreUnavailable

    def __init__(self, endpoint: str) -> None:
        keys = {"aws_access_key_id": "essai", "aws_secret_access_key": "essai"}
        self.client: Any = boto3.session.Session().client("s3", endpoint_url=endpoint, region_name="us-east-1", **keys)

    def names(self) -> list[str]:
        return [found["Key"] for found in self.client.list_objects_v2(Bucket=settings.BLOBS_S3).get("Contents", [])]

    def alter(self, sha256: str, data: bytes) -> None:
        self.client.put_object(Bucket=settings.BLOBS_S3, Key=f"{sha256[:2]}/{sha256}", Body=data)

    def fail(self, patch: pytest.MonkeyPatch) -> None:
        patch.setattr(settings, "S3_ENDPOINT", f"http://127.0.0.1:{closed_port()}")


@contextmanager
def s3_server() -> Iterator[str]:
    """The address of an S3 on the loopback."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    try:
        yield f"http://{host}:{port}"
    finally:
        server.stop()
        if server._server is not None:
            server._server.server_close()


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
