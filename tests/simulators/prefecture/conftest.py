from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from .running import running_prefecture
from .speaking import calling

NOW = ("--now", "2026-12-18T10:00:00+01:00", "--delay", "0.3")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("prefecture")


@pytest.fixture(scope="session")
def aside(folder: Path) -> Path:
    """Where the TdT puts the returns that answer nothing it sent, as those to an archive of our own making."""
    return folder / "tdt/erreurs"


@pytest.fixture(scope="session")
def tdt(folder: Path, shared: Path) -> Iterator[httpx.Client]:
    """One simulator for all these tests, validating against the official schema; each test has its numbers."""
    schemas = shared / "norms/actes/xsd"
    with (
        running_prefecture(folder, *NOW, "--schemas", str(schemas)) as url,
        calling(url) as client,
    ):
        yield client
