"""One authority for the whole folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from .running import running


@pytest.fixture(scope="module")
def authority() -> Iterator[str]:
    with running() as url:
        yield url


@pytest.fixture(scope="session")
def openssl() -> str:
    """The independent judge."""
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("needs openssl")
    return program
