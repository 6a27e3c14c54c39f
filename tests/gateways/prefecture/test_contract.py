"""One contract, kept by the three channels before the programs that speak their protocols."""

from __future__ import annotations

from datetime import date

import pytest

from hemicycle.gateways.prefecture.client import TransactionStatus
from hemicycle.gateways.prefecture.errors import (
    CancellationPending,
    NotOffered,
    NumberTaken,
    Rejected,
    Unreachable,
)
from hemicycle.protocols.actes import (
    describe,
    parse_acknowledgement,
    parse_classification,
    parse_message,
    read_attestation,
)
from hemicycle.protocols.actes.messages import ARAnnulation
from hemicycle.rendering.pages import words
from tests.gateways.prefecture.channels import NOW, Channel, settled
from tests.protocols.actes.made import EMITTER, a_piece, an_acte
from tests.simulators.prefecture.speaking import until


def test_a_test_of_the_channel_finds_everything_in_order(channel: Channel) -> None:
    report = channel.tdt.check(at=NOW)

    channel.tdt.check_connection()
    assert report.reached, report
    assert {certificate.use.value for certificate in report.certificates} == {"client", "server"}


def test_a_deposit_is_followed_until_its_proof_of_reception(channel: Channel) -> None:
    acte = an_acte(number=channel.number("1"), subject="L’œuvre d’art – été")
    transaction = channel.tdt.deposit(acte)
    first = channel.tdt.status(transaction)

    status = settled(channel.tdt, transaction, 4)

    assert not first.failed
    assert status.acknowledged
    assert _received_on(channel, transaction, status, acte.unique_id(EMITTER)) == date(2026, 12, 18)
    assert channel.town.received(acte.unique_id(EMITTER))["accepted"] == 1


def _received_on(channel: Channel, transaction: str, status: TransactionStatus, acte_id: str) -> date | None:
    """The day, from the message of the State or from the slip of a channel that keeps the message to itself."""
    proof = channel.tdt.acknowledgement(transaction)
    if status.message is None:
        assert proof.startswith(b"%PDF-")
        assert acte_id in words(proof, 1).words
        return status.received_on
    acknowledgement = parse_acknowledgement(proof)
    assert parse_acknowledgement(status.message) == acknowledgement
    assert acknowledgement.acte_id == acte_id
    return acknowledgement.received_on


def test_the_archive_that_left_comes_back_where_the_channel_gives_it(channel: Channel) -> None:
    acte = an_acte(number=channel.number("2"))
    transaction = channel.tdt.deposit(acte)
    settled(channel.tdt, transaction, 4)

    if channel.name == "stela":
        with pytest.raises(NotOffered, match="ne rend pas"):
            channel.tdt.archive(transaction)
        return
    verdict = describe(channel.tdt.archive(transaction), "x.tar.gz")
    assert verdict is not None
    assert verdict.problems == []


def test_an_act_is_found_by_its_number_and_identity(channel: Channel) -> None:
    acte = an_acte(number=channel.number("3"))
    unique_id = acte.unique_id(EMITTER)
    before = channel.tdt.find(acte.number, unique_id)
    transaction = channel.tdt.deposit(acte)

    found = [channel.tdt.find(acte.number, unique_id)]
    settled(channel.tdt, transaction, 4)
    found.append(channel.tdt.find(acte.number, unique_id))

    assert before is None
    assert found == [transaction, transaction]
    assert channel.tdt.find(acte.number, unique_id.replace("20261217", "20261216")) is None


def test_a_number_taken_is_refused_as_such(channel: Channel) -> None:
    channel.tdt.deposit(an_acte(number=channel.number("4")))

    with pytest.raises(NumberTaken):
        channel.tdt.deposit(an_acte(number=channel.number("4"), document=a_piece(), decided_on=date(2026, 12, 16)))


def test_nothing_can_be_fetched_nor_cancelled_before_the_acknowledgement(channel: Channel) -> None:
    number = channel.number("5")
    channel.town.choose("silent", number)
    transaction = channel.tdt.deposit(an_acte(number=number))

    with pytest.raises(Unreachable):
        channel.tdt.acknowledgement(transaction)
    with pytest.raises(Rejected):
        channel.tdt.cancel(transaction)
    assert channel.tdt.find_cancellation(transaction) is None


def test_an_unknown_transaction_is_rejected(channel: Channel) -> None:
    with pytest.raises(Rejected, match="invalide"):
        channel.tdt.status("99999999-aaaa")


def test_the_nomenclature_of_the_prefecture_is_given(channel: Channel) -> None:
    def held() -> bool:
        try:
            return parse_classification(channel.tdt.classification()).knows((8, 3))
        except Unreachable:
            return False

    until(held, "the nomenclature")


def test_a_cancellation_is_followed_until_the_act_is_cancelled(channel: Channel) -> None:
    acte_id = an_acte(number=channel.number("7")).unique_id(EMITTER)
    transaction = channel.tdt.deposit(an_acte(number=channel.number("7")))
    settled(channel.tdt, transaction, 4)

    request = channel.tdt.cancel(transaction)
    with pytest.raises(CancellationPending):
        channel.tdt.cancel(transaction)

    assert channel.tdt.find_cancellation(transaction) == request
    answered, act = settled(channel.tdt, request, 4), settled(channel.tdt, transaction, 0)
    for status in (answered, act):
        assert status.message is not None
        if channel.name == "stela":
            told = read_attestation(status.message)
            assert told is not None
            assert (told.acte_id, told.on) == (acte_id, date(2026, 12, 18))
        else:
            assert isinstance(parse_message(status.message), ARAnnulation)
    assert [item["code"] for item in channel.town.received(acte_id)["exchanges"]].count("6-1") == 1


@pytest.mark.parametrize("scenario", ["anomaly", "envelope-anomaly"])
def test_a_refusal_is_told_with_its_reason(channel: Channel, scenario: str) -> None:
    number = channel.number(scenario.upper().replace("-", "_")[:7].strip("_"))
    channel.town.choose(scenario, number)
    transaction = channel.tdt.deposit(an_acte(number=number))

    status = settled(channel.tdt, transaction, -1)

    assert status.failed
    assert "demandé" in status.error
    assert (status.message is None) is (channel.name == "stela")
