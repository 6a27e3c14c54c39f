"""Fixtures of the whole suite, and the traps that catch what a passing test would hide."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.db.models import QuerySet
from django.test import TransactionTestCase
from hypothesis import settings as hypothesis_settings

from hemicycle.dossier import immutability
from tests import traps
from tests.cast import Cast, set_the_cast

ROOT = Path(__file__).resolve().parent.parent

# What a push is judged by must not change from one run to the next; at home, each run looks elsewhere.
hypothesis_settings.register_profile("steady", derandomize=True, print_blob=True)
if os.environ.get("CI") == "true":
    hypothesis_settings.load_profile("steady")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of norms and corpus that stands beside the repository.

    Absent, the tests that need it are skipped by name; in CI its absence is a failure.
    """
    folder = Path(os.environ.get("HEMICYCLE_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"the shared folder is missing: {folder}")
        pytest.skip("needs the shared folder (norms and corpus), set HEMICYCLE_SHARED")
    return folder


@pytest.fixture
def cast(db: None) -> Cast:
    """The characters, in the database of this test."""
    return set_the_cast()


@pytest.fixture
def nothing_written(db: None) -> Callable[[], AbstractContextManager[None]]:
    """`with nothing_written():` fails when any row of ours was added, changed or removed in its block."""
    return traps.nothing_written


@pytest.fixture(autouse=True)
def _blobs_of_this_test(tmp_path_factory: pytest.TempPathFactory, settings: Any) -> None:
    """Each test has its own store of files; its folder appears with the first of them."""
    traps.count += 1
    settings.BLOBS = tmp_path_factory.getbasetemp() / f"blobs-{traps.count}"


@pytest.fixture(autouse=True, scope="session")
def _traps() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", traps.loopback_only(socket.socket.connect))
        patch.setattr(socket.socket, "connect_ex", traps.loopback_only(socket.socket.connect_ex))
        patch.setattr(QuerySet, "_fetch_all", traps.shuffling(QuerySet._fetch_all))
        patch.setattr(TransactionTestCase, "_fixture_teardown", _emptying(TransactionTestCase._fixture_teardown))
        yield


def _emptying(teardown: Callable[[Any], None]) -> Callable[[Any], None]:
    """A test database is emptied between tests that commit: its append-only tables too."""

    def emptied(case: Any) -> None:
        immutability.remove(connection)
        try:
            teardown(case)
        finally:
            immutability.install(connection)

    return emptied


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if connection.vendor != "postgresql":
        skip = pytest.mark.skip(reason="needs PostgreSQL: set HEMICYCLE_DATABASE_URL")
        for item in items:
            if item.get_closest_marker("postgres"):
                item.add_marker(skip)


def pytest_unconfigure(config: pytest.Config) -> None:
    data = Path(django_settings.DATA)
    if data.name.startswith("hemicycle-tests-") and not hasattr(config, "workerinput"):
        shutil.rmtree(data, ignore_errors=True)
