"""The places where bytes may lie."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests import traps
from tests.dossier.shelves import BucketShelf, FolderShelf, Shelf, s3_server


@pytest.fixture(scope="session")
def s3() -> Iterator[str]:
    with s3_server() as address:
        yield address


@pytest.fixture
def folder() -> FolderShelf:
    return FolderShelf()


@pytest.fixture
def bucket(s3: str, settings: Any) -> BucketShelf:
    """The store is a bucket of its own on the S3 of the tests."""
    settings.BLOBS_S3 = f"hemicycle-{traps.count}"
    settings.S3_ENDPOINT, settings.S3_REGION = s3, ""
    settings.S3_ACCESS_KEY = settings.S3_SECRET_KEY = "essai"
    shelf = BucketShelf(s3)
    shelf.client.create_bucket(Bucket=settings.BLOBS_S3)
    return shelf


@pytest.fixture(params=["folder", "bucket"])
def shelf(request: pytest.FixtureRequest) -> Shelf:
    """Each test that asks for it is run on a folder, then on a bucket."""
    found: Shelf = request.getfixturevalue(request.param)
    return found
