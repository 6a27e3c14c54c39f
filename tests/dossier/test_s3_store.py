"""The bucket: what is sent with the bytes, what its answers mean, and how long it is waited for."""

from __future__ import annotations

import base64
import hashlib
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from hemicycle.dossier import blobs, s3_store
from tests.dossier.shelves import BucketShelf

DATA = "les octets d’un acte".encode()
SHA256 = hashlib.sha256(DATA).hexdigest()


class Wire:
    """The requests as they leave, and answers put in the place of the bucket's."""

    def __init__(self, client: Any) -> None:
        self.sent: list[tuple[str, dict[str, str]]] = []
        self._events = client.meta.events
        self._events.register("before-send.s3", self._note)
        self._answers: list[tuple[str, str, int]] = []

    def answer(self, method: str, code: str, status: int) -> None:
        """Answer the next request of that method so, once."""
        self._answers.append((method, code, status))

    def _note(self, request: Any, **_kwargs: Any) -> Any:
        from botocore.awsrequest import AWSResponse

        headers = {k.lower(): v.decode() if isinstance(v, bytes) else str(v) for k, v in request.headers.items()}
        self.sent.append((request.method, headers))
        for said in self._answers:
            if said[0] == request.method:
                self._answers.remove(said)
                return AWSResponse(request.url, said[2], {}, Raw(f"<Error><Code>{said[1]}</Code></Error>".encode()))
        return None

    def close(self) -> None:
        self._events.unregister("before-send.s3", self._note)


class Raw:
    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self, **_kwargs: Any) -> Iterator[bytes]:
        yield self._body


@pytest.fixture
def wire(bucket: BucketShelf) -> Iterator[Wire]:
    found = Wire(s3_store._client())
    yield found
    found.close()


def methods(wire: Wire) -> list[str]:
    return [method for method, _headers in wire.sent]


# --- What is sent -----------------------------------------------------------------------------------------------


def test_a_put_carries_its_digest_as_checksum_in_its_signature_and_only_if_new(wire: Wire) -> None:
    blobs.put(DATA)

    assert methods(wire) == ["HEAD", "PUT"]
    put = wire.sent[1][1]
    assert put["x-amz-checksum-sha256"] == base64.b64encode(bytes.fromhex(SHA256)).decode()
    assert put["x-amz-content-sha256"] == SHA256
    assert put["if-none-match"] == "*"


def test_bytes_already_there_are_not_sent_again(wire: Wire) -> None:
    blobs.put(DATA)
    wire.sent.clear()

    blobs.put(DATA)

    assert methods(wire) == ["HEAD"]


# --- What the answers mean --------------------------------------------------------------------------------------


def test_the_same_bytes_put_meanwhile_by_another_are_kept_once(wire: Wire, bucket: BucketShelf) -> None:
    blobs.put(DATA)
    wire.sent.clear()
    wire.answer("HEAD", "404", 404)

    blobs.put(DATA)

    assert methods(wire) == ["HEAD", "PUT"]
    assert bucket.names() == [f"{SHA256[:2]}/{SHA256}"]


@pytest.mark.parametrize(("code", "status"), [("NotImplemented", 501), ("ConditionalRequestConflict", 409)])
def test_a_bucket_that_cannot_decide_receives_the_bytes_without_condition(wire: Wire, code: str, status: int) -> None:
    wire.answer("PUT", code, status)

    blobs.put(DATA)

    assert [headers.get("if-none-match") for method, headers in wire.sent if method == "PUT"] == ["*", None]
    assert blobs.get(SHA256) == DATA


def test_a_passing_trouble_is_tried_again(wire: Wire) -> None:
    wire.answer("PUT", "SlowDown", 503)

    blobs.put(DATA)

    assert methods(wire) == ["HEAD", "PUT", "PUT"]
    assert blobs.get(SHA256) == DATA


def test_a_refusal_is_not_a_loss_and_says_what_to_check(wire: Wire) -> None:
    blobs.put(DATA)
    wire.answer("GET", "AccessDenied", 403)

    with pytest.raises(blobs.StoreUnavailable, match=r"AccessDenied.*vérifier HEMICYCLE_BLOBS_S3"):
        blobs.get(SHA256)


def test_a_bucket_that_does_not_exist_is_not_a_loss_either(bucket: BucketShelf, settings: Any) -> None:
    settings.BLOBS_S3 = "nulle-part"

    with pytest.raises(blobs.StoreUnavailable, match="NoSuchBucket"):
        blobs.get(SHA256)
    with pytest.raises(blobs.StoreUnavailable, match="NoSuchBucket"):
        blobs.put(DATA)


# --- How long it is waited for ----------------------------------------------------------------------------------


@contextmanager
def mute_server() -> Iterator[tuple[str, list[socket.socket]]]:
    """Takes calls and says nothing: its address, and the calls."""
    calls: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    calls.append(server.accept()[0])
                except OSError:
                    return

        thread = threading.Thread(target=listen)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}", calls
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join()
            for call in calls:
                call.close()


def test_a_mute_bucket_is_asked_three_times_and_left(
    bucket: BucketShelf, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(s3_store, "ANSWERING", 0.2)
    with mute_server() as (address, calls):
        settings.S3_ENDPOINT = address
        begun = time.monotonic()

        with pytest.raises(blobs.StoreUnavailable, match="ne répond pas"):
            blobs.put(DATA)

        assert len(calls) == 3
        assert time.monotonic() - begun < 3 * 0.2 + 3 + 2


# --- What stops the start ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"S3_ENDPOINT": "", "S3_REGION": ""}, "HEMICYCLE_S3_ENDPOINT ou HEMICYCLE_S3_REGION"),
        ({"S3_SECRET_KEY": ""}, "vont ensemble"),
        ({"S3_ENDPOINT": "nulle part"}, "une adresse https://"),
    ],
)
def test_settings_without_sense_stop_the_start(
    bucket: BucketShelf, settings: Any, given: dict[str, str], said: str
) -> None:
    for name, value in given.items():
        setattr(settings, name, value)

    with pytest.raises(ImproperlyConfigured, match=said):
        blobs.open_store()


def test_without_boto3_the_start_says_what_to_install(bucket: BucketShelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "boto3.session", None)
    s3_store._client_of.cache_clear()

    with pytest.raises(ImproperlyConfigured, match=r"pip install 'hemicycle\[s3\]'"):
        blobs.open_store()


ON_A_FOLDER = """
import sys, django
django.setup()
from hemicycle.dossier import blobs
blobs.get(blobs.put(b"essai").sha256)
sys.exit("boto3" in sys.modules or "botocore" in sys.modules)
"""


def test_an_installation_on_a_folder_never_loads_boto3(tmp_path: Path) -> None:
    environment = {n: v for n, v in os.environ.items() if not n.startswith("HEMICYCLE_BLOBS")}
    environment |= {"HEMICYCLE_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "hemicycle.config.settings.test"}

    done = subprocess.run([sys.executable, "-c", ON_A_FOLDER], env=environment, timeout=60)

    assert done.returncode == 0
    assert [p.name for p in (tmp_path / "blobs").rglob("*") if p.is_file()] == [hashlib.sha256(b"essai").hexdigest()]
