"""Whatever befalls an exchange, one act at the préfecture: counted there, by the ministry, for each channel."""

from __future__ import annotations

from pathlib import Path

import pytest

from hemicycle.gateways.prefecture.errors import Unreachable
from tests.gateways.prefecture.channels import NOW, Channel, Town, a_direct_client, carried, opened, settled
from tests.protocols.actes.made import EMITTER, an_acte


def one_act(channel: Channel, number: str) -> bool:
    """Whether the ministry was brought this act once, and took it once."""
    seen = channel.town.received(an_acte(number=number).unique_id(EMITTER))
    return (seen["count"], seen["accepted"]) == (1, 1)


@pytest.mark.parametrize("scenario", ["tdt-lost", "tdt-truncated", "tdt-timeout"])
def test_an_answer_lost_after_the_act_was_taken_makes_one_act(channel: Channel, scenario: str) -> None:
    number = channel.number(scenario[4:8].upper())
    acte = an_acte(number=number)
    channel.town.choose(scenario, number, times="1")

    with pytest.raises(Unreachable) as silence:
        channel.tdt.deposit(acte)
    transaction = carried_again(channel, number)

    assert silence.value.outcome_unknown
    assert settled(channel.tdt, transaction, 4).acknowledged
    assert one_act(channel, number)


def carried_again(channel: Channel, number: str) -> str:
    """What the courier does next: it asks, and sends only what surely did not arrive."""
    acte = an_acte(number=number)
    for _ in range(100):
        try:
            found = channel.tdt.find(acte.number, acte.unique_id(EMITTER))
        except Unreachable:
            continue
        return found or channel.tdt.deposit(acte)
    raise AssertionError(f"nobody knows what became of {number}")


@pytest.mark.parametrize("scenario", ["maintenance", "tdt-maintenance", "tdt-page"])
def test_a_maintenance_delays_the_act_and_never_doubles_it(channel: Channel, scenario: str) -> None:
    number = channel.number({"maintenance": "M1", "tdt-maintenance": "M2", "tdt-page": "M3"}[scenario])
    channel.town.choose(scenario, number if scenario == "maintenance" else "", times="1")

    transaction = carried(channel.tdt, an_acte(number=number))
    channel.town.choose("normal")

    assert settled(channel.tdt, transaction, 4).acknowledged
    assert one_act(channel, number)


@pytest.mark.parametrize("scenario", ["double", "disordered", "lying", "multi-canal", "late-anomaly"])
def test_returns_twice_disordered_or_contradictory_leave_the_act_acknowledged_once(
    channel: Channel, scenario: str
) -> None:
    number = channel.number(f"R{scenario[:2].upper()}")
    channel.town.choose(scenario, number)

    transaction = channel.tdt.deposit(an_acte(number=number))
    first = settled(channel.tdt, transaction, 4)

    assert channel.tdt.status(transaction) == first
    assert one_act(channel, number)


def test_the_acknowledgement_of_another_siren_acknowledges_nothing(channel: Channel, town: Town) -> None:
    number = channel.number("SIREN")
    channel.town.choose("other-siren", number)
    transaction = channel.tdt.deposit(an_acte(number=number))
    other = channel.tdt.deposit(an_acte(number=channel.number("AFTER")))

    settled(channel.tdt, other, 4)

    assert channel.tdt.status(transaction).state in (1, 2, 3)


def test_a_door_that_is_shut_has_surely_taken_nothing(channel: Channel, town: Town, tmp_path: Path) -> None:
    acte = an_acte(number=channel.number("SHUT"))
    nowhere = Town(**{**vars(town), "tls": "https://127.0.0.1:9"})

    with opened(channel.name, nowhere, tmp_path) as shut, pytest.raises(Unreachable) as trouble:
        shut.deposit(acte)

    assert not trouble.value.outcome_unknown
    assert channel.town.received(acte.unique_id(EMITTER))["count"] == 0


def test_a_certificate_of_nobody_is_refused_and_nothing_is_taken(channel: Channel, town: Town, tmp_path: Path) -> None:
    acte = an_acte(number=channel.number("NOBODY"))
    stranger = Town(**{**vars(town), "certificate": None, "key": None})

    with opened(channel.name, stranger, tmp_path) as unknown:
        with pytest.raises(Unreachable, match="certificat"):
            unknown.deposit(acte)
        report = unknown.check(at=NOW)

    assert not report.reached
    assert any("certificat" in finding.sentence for finding in report.findings)
    assert channel.town.received(acte.unique_id(EMITTER))["count"] == 0


def test_after_a_day_of_silence_the_very_same_archive_is_presented_again(town: Town, tmp_path: Path) -> None:
    number = "DIRECT_DAY"
    acte = an_acte(number=number)
    town.choose("silent", number)
    town.choose("tdt-lost", number, times="1")
    moment = [NOW]
    client = a_direct_client(town, tmp_path, clock=lambda: moment[0])
    with pytest.raises(Unreachable):
        client.deposit(acte)
    with pytest.raises(Unreachable, match="n’a pas dit s’il a reçu"):
        client.find(number, acte.unique_id(EMITTER))

    moment[0] = NOW.replace(day=19, hour=11)
    before = client.find(number, acte.unique_id(EMITTER))
    transaction = client.deposit(acte)

    assert before is None
    assert transaction == "TACT--229999990--20261218-1"
    assert town.received(acte.unique_id(EMITTER))["count"] == 1
    client.close()
