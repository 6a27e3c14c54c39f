"""Fixtures of the whole suite."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


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
