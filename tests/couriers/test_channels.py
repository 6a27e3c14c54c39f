"""From the vote to the stamped copy by each way to the préfecture, chosen by the address alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from hemicycle.chain.transmission.models import Departure
from hemicycle.couriers.channels import Channel, channel_of_settings
from hemicycle.couriers.outcomes import DONE
from hemicycle.dossier import attachments
from hemicycle.gateways.prefecture.client import S2lowClient
from hemicycle.gateways.prefecture.direct import DirectClient
from hemicycle.gateways.prefecture.stela import StelaClient
from hemicycle.protocols.actes import describe, parse_acknowledgement
from tests.cast import Cast
from tests.couriers.test_one_act_at_the_prefecture import (
    LATER,
    signed_and_prepared,
    the_departure,
    there_and_back,
)
from tests.couriers.worlds import a_world
from tests.gateways.prefecture.channels import MINISTRY, Town, running

CHANNELS = {"https": S2lowClient, "stela+https": StelaClient, "direct+https": DirectClient}


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """Of this test alone: a ministry takes one act of a number, whatever the channel."""
    with running(tmp_path, "--now", LATER.isoformat()) as found:
        yield found


@pytest.fixture
def channel(
    request: pytest.FixtureRequest, town: Town, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Channel]:
    """The channel that the settings name."""
    door = "/ministere/depot" if request.param.startswith("direct") else ""
    settings.TDT_URL = f"{town.tls.replace('https', request.param)}{door}"
    settings.TDT_LOGIN = settings.TDT_PASSWORD = "simulateur"
    settings.TDT_CERTIFICATE, settings.TDT_KEY = str(town.certificate), str(town.key)
    settings.TDT_RETURNS, settings.TDT_RETURNS_PASSWORD = town.imap, "simulateur"
    settings.TDT_RETURNS_SENDERS, settings.TDT_LEDGER = MINISTRY, tmp_path / "ledger"
    monkeypatch.setenv("SSL_CERT_FILE", str(town.authority))
    with closing(channel_of_settings(lambda: LATER)) as found:
        assert isinstance(found, CHANNELS[request.param])
        yield found


@pytest.mark.parametrize("channel", CHANNELS, indirect=True)
def test_an_act_goes_and_comes_back_acknowledged_by_each_channel(cast: Cast, town: Town, channel: Channel) -> None:
    world = replace(a_world(), tdt=channel, clock=lambda: LATER)
    dossier = signed_and_prepared(cast, world)

    outcomes = there_and_back(dossier, world)

    departure = the_departure(dossier)
    assert outcomes == [DONE] * 4
    assert (departure.state, departure.received_on) == (Departure.State.ACKNOWLEDGED, LATER.date())
    assert town.received(departure.unique_id)["accepted"] == 1
    assert departure.acknowledgement is not None and departure.stamped is not None
    proof = attachments.read(departure.acknowledgement)
    if isinstance(channel, StelaClient):
        assert (departure.acknowledgement.media_type, proof[:5]) == ("application/pdf", b"%PDF-")
        assert departure.sent_archive is None
    else:
        assert parse_acknowledgement(proof).acte_id == departure.unique_id
        assert departure.sent_archive is not None
        judged = describe(attachments.read(departure.sent_archive), departure.sent_archive.name)
        assert judged is not None and judged.problems == []


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("TDT_URL", "stella+https://tdt.test", "stela\\+https"),
        ("TDT_RETURNS", "imap://compte@boite.test/INBOX", "imaps://compte@hôte"),
        ("TDT_RETURNS", "imaps://compte:secret@boite.test/INBOX", "sans mot de passe"),
        ("TDT_RETURNS", "", "imaps://compte@hôte"),
    ],
)
def test_an_address_that_says_nothing_is_refused_in_one_sentence(
    settings: Any, tmp_path: Path, setting: str, value: str, told: str
) -> None:
    settings.TDT_URL, settings.TDT_LEDGER = "direct+https://ministere.test/depot", tmp_path
    setattr(settings, setting, value)

    with pytest.raises(ImproperlyConfigured, match=told) as refusal:
        channel_of_settings(lambda: dt.datetime(2026, 12, 18, tzinfo=dt.UTC))

    assert "secret" not in str(refusal.value)
