"""The contract of the TdT, kept by the client against the simulator and by the fake alike."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from hemicycle.gateways.prefecture.client import S2lowClient, Tdt, TransactionStatus
from hemicycle.gateways.prefecture.errors import CancellationPending, NumberTaken, Rejected, Unreachable
from hemicycle.gateways.prefecture.fake import FakeS2low
from hemicycle.protocols.actes import (
    AnomalieActe,
    describe,
    parse_acknowledgement,
    parse_classification,
    parse_message,
)
from tests.protocols.actes.made import EMITTER, a_piece, an_acte
from tests.simulators.prefecture.running import running_prefecture

NOW = ("--now", "2026-12-18T10:00:00+01:00", "--delay", "0.2")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_prefecture(tmp_path_factory.mktemp("prefecture"), *NOW) as url:
        yield url


@pytest.fixture(params=["fake", "simulator"])
def tdt(request: pytest.FixtureRequest) -> Iterator[Tdt]:
    if request.param == "fake":
        yield FakeS2low()
        return
    with closing(client_of(request.getfixturevalue("address"))) as client:
        yield client


def client_of(url: str) -> S2lowClient:
    return S2lowClient(url, "simulateur", "simulateur", timeout=5)


def settled(tdt: Tdt, transaction: str, *states: int) -> TransactionStatus:
    for _ in range(200):
        status = tdt.status(transaction)
        if status.state in states:
            return status
        time.sleep(0.05)
    raise AssertionError(f"transaction {transaction} never reached {states}")


def test_an_account_that_is_known_connects(tdt: Tdt) -> None:
    tdt.check_connection()


def test_a_deposit_is_followed_until_its_acknowledgement(tdt: Tdt) -> None:
    acte = an_acte(number="CONTRAT_1", subject="L’œuvre d’art – été")
    transaction = tdt.deposit(acte)
    first = tdt.status(transaction)

    status = settled(tdt, transaction, 4)

    assert first.message is None
    assert status.acknowledged
    assert status.message is not None
    acknowledgement = parse_acknowledgement(status.message)
    assert acknowledgement.acte_id == acte.unique_id(EMITTER)
    assert acknowledgement.received_on == date(2026, 12, 18)
    assert acknowledgement.acte.subject == "L'oeuvre d'art - été"
    assert parse_acknowledgement(tdt.acknowledgement(transaction)) == acknowledgement


def test_the_archive_sent_and_the_stamped_act_come_back(tdt: Tdt) -> None:
    acte = an_acte(number="CONTRAT_2")
    transaction = tdt.deposit(acte)
    settled(tdt, transaction, 4)

    archive, stamped = tdt.archive(transaction), tdt.stamped(transaction)

    verdict = describe(archive, "x.tar.gz")
    assert verdict is not None
    assert verdict.problems == []
    assert stamped.startswith(b"%PDF-")
    assert stamped != acte.document.data


def test_an_act_is_found_by_its_number_and_identity(tdt: Tdt) -> None:
    acte = an_acte(number="CONTRAT_3")
    unique_id = acte.unique_id(EMITTER)
    before = tdt.find(acte.number, unique_id)
    transaction = tdt.deposit(acte)

    found = [tdt.find(acte.number, unique_id)]
    settled(tdt, transaction, 4)
    found.append(tdt.find(acte.number, unique_id))

    assert before is None
    assert found == [transaction, transaction]
    assert tdt.find(acte.number, unique_id.replace("20261217", "20261216")) is None


def test_a_number_taken_is_refused_as_such(tdt: Tdt) -> None:
    tdt.deposit(an_acte(number="CONTRAT_4"))

    with pytest.raises(NumberTaken, match="existe déjà"):
        tdt.deposit(an_acte(number="CONTRAT_4", document=a_piece()))


def test_a_decision_to_come_is_refused_and_not_recorded(tdt: Tdt) -> None:
    acte = an_acte(number="CONTRAT_5", decided_on=date(2026, 12, 25))

    with pytest.raises(Rejected, match="futur"):
        tdt.deposit(acte)

    assert tdt.find(acte.number, acte.unique_id(EMITTER)) is None


def test_nothing_can_be_fetched_before_the_acknowledgement(tdt: Tdt) -> None:
    transaction = tdt.deposit(an_acte(number="CONTRAT_6"))

    for fetch in (tdt.acknowledgement, tdt.stamped):
        with pytest.raises(Unreachable):
            fetch(transaction)
    with pytest.raises(Rejected):
        tdt.cancel(transaction)


def test_an_unknown_transaction_is_rejected(tdt: Tdt) -> None:
    with pytest.raises(Rejected, match="invalide"):
        tdt.status("99999")


def test_the_classification_is_that_of_the_collectivity(tdt: Tdt) -> None:
    assert parse_classification(tdt.classification()).knows((8, 3))


def test_a_cancellation_is_followed_until_the_act_is_cancelled(tdt: Tdt) -> None:
    transaction = tdt.deposit(an_acte(number="CONTRAT_7"))
    settled(tdt, transaction, 4)

    before = tdt.find_cancellation(transaction)

    request = tdt.cancel(transaction)

    assert before is None
    assert tdt.find_cancellation(transaction) == request
    settled(tdt, request, 4)
    status = settled(tdt, transaction, 0)
    assert status.message is not None
    assert parse_message(status.message).root == "ARAnnulation"


def test_a_cancellation_asked_twice_is_refused_as_such(tdt: Tdt) -> None:
    transaction = tdt.deposit(an_acte(number="CONTRAT_8"))
    settled(tdt, transaction, 4)
    tdt.cancel(transaction)

    with pytest.raises(CancellationPending):
        tdt.cancel(transaction)


@pytest.mark.parametrize("kind", ["fake", "simulator"])
def test_an_anomaly_gives_its_message_and_the_reason(tmp_path: Path, kind: str) -> None:
    if kind == "fake":
        status = refused(FakeS2low(verdict="anomaly"))
    else:
        with running_prefecture(tmp_path, *NOW, "--scenario", "anomaly") as url, closing(client_of(url)) as client:
            status = refused(client)

    assert status.failed
    assert status.message is not None
    assert isinstance(parse_message(status.message), AnomalieActe)
    assert status.error.startswith("Anomalie 0")


def refused(tdt: Tdt) -> TransactionStatus:
    return settled(tdt, tdt.deposit(an_acte(number="REFUS_1")), -1)


@pytest.mark.parametrize("kind", ["fake", "simulator"])
def test_a_deposit_of_unknown_outcome_is_found_again(tmp_path: Path, kind: str) -> None:
    if kind == "fake":
        found_after_losing(FakeS2low(lose_next_answer=True))
        return
    with running_prefecture(tmp_path, *NOW, "--lose-answers", "1") as url, closing(client_of(url)) as client:
        found_after_losing(client)


def found_after_losing(tdt: Tdt) -> None:
    acte = an_acte(number="PERDU_1")

    with pytest.raises(Unreachable) as lost:
        tdt.deposit(acte)

    assert lost.value.outcome_unknown
    transaction = tdt.find(acte.number, acte.unique_id(EMITTER))
    assert transaction is not None
    settled(tdt, transaction, 4)


def test_nothing_answers_when_the_fake_is_down() -> None:
    with pytest.raises(Unreachable):
        FakeS2low(down=True).deposit(an_acte())
