"""A town per module, and each channel to it in turn."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.gateways.prefecture.channels import CHANNELS, Channel, Town, opened, running


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with running(tmp_path_factory.mktemp("town")) as found:
        yield found


@pytest.fixture(scope="module", params=CHANNELS)
def channel(request: pytest.FixtureRequest, town: Town, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Channel]:
    with opened(request.param, town, tmp_path_factory.mktemp("channel")) as tdt:
        yield Channel(name=request.param, tdt=tdt, town=town)
