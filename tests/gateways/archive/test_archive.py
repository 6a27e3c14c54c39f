"""The contract of the archive, kept by the client against the simulator and by the fake alike."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from hemicycle.gateways.archive.client import Archive, Progress, VitamClient
from hemicycle.gateways.archive.errors import Rejected, Unreachable
from hemicycle.gateways.archive.fake import FakeArchive
from hemicycle.protocols.seda.reply import read_reply
from hemicycle.protocols.seda.sip import build_sip
from tests.protocols.seda.building import transfer
from tests.simulators.archive.running import running_archive


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_archive(tmp_path_factory.mktemp("archive"), "--delay", "0.3") as url:
        yield url


@pytest.fixture(params=["fake", "simulator"])
def archive(request: pytest.FixtureRequest) -> Iterator[Archive]:
    if request.param == "fake":
        yield FakeArchive()
        return
    client = VitamClient(request.getfixturevalue("address"), access_contract="AC-000001", timeout=5)
    yield client
    client.close()


def _settled(archive: Archive, operation_id: str) -> Progress:
    for _ in range(100):
        progress = archive.progress(operation_id)
        if progress.completed:
            return progress
        time.sleep(0.05)
    raise AssertionError("the archive never came to a verdict")


def _sip(identifier: str) -> bytes:
    return build_sip(transfer(identifier=identifier)).data


def test_a_deposit_is_followed_until_its_reply(archive: Archive) -> None:
    operation_id = archive.deposit(_sip("CONTRAT-1"), message_identifier="CONTRAT-1")

    first, last = archive.progress(operation_id), _settled(archive, operation_id)
    reply = read_reply(archive.reply(operation_id))

    assert (first.completed, last) == (False, Progress(completed=True, status="OK"))
    assert (reply.accepted, reply.operation_id, reply.request_id) == (True, operation_id, "CONTRAT-1")


def test_the_reply_is_not_there_before_the_verdict(archive: Archive) -> None:
    operation_id = archive.deposit(_sip("CONTRAT-2"), message_identifier="CONTRAT-2")

    with pytest.raises(Unreachable, match="pas encore"):
        archive.reply(operation_id)


def test_a_deposit_is_found_by_its_identifier_at_once_and_later(archive: Archive) -> None:
    operation_id = archive.deposit(_sip("CONTRAT-3"), message_identifier="CONTRAT-3")

    at_once = archive.find("CONTRAT-3")
    _settled(archive, operation_id)

    assert at_once == archive.find("CONTRAT-3") == [operation_id]


def test_what_never_arrived_is_not_found(archive: Archive) -> None:
    assert archive.find("JAMAIS-ENVOYE") == []


def test_an_unknown_operation_is_rejected(archive: Archive) -> None:
    with pytest.raises(Rejected):
        archive.progress("aeeaaaaaacinconnue")


def test_an_empty_package_is_rejected(archive: Archive) -> None:
    with pytest.raises(Rejected):
        archive.deposit(b"", message_identifier="VIDE")


def test_a_silent_archive_is_unreachable_and_nothing_was_sent() -> None:
    client = VitamClient("http://127.0.0.1:9", timeout=1)

    with pytest.raises(Unreachable) as caught:
        client.deposit(b"PK", message_identifier="X")

    assert not caught.value.outcome_unknown


def test_a_lost_answer_leaves_an_unknown_outcome_that_find_settles(tmp_path: Path) -> None:
    with running_archive(tmp_path, "--lose-answers", "1") as url, closing(VitamClient(url, timeout=5)) as client:
        with pytest.raises(Unreachable) as caught:
            client.deposit(_sip("PERDU-1"), message_identifier="PERDU-1")
        found = client.find("PERDU-1")

    assert caught.value.outcome_unknown
    assert len(found) == 1


def test_the_fake_loses_answers_the_same_way() -> None:
    fake = FakeArchive(lose_next_answer=True)

    with pytest.raises(Unreachable) as caught:
        fake.deposit(b"PK", message_identifier="PERDU-1")

    assert caught.value.outcome_unknown
    assert len(fake.find("PERDU-1")) == 1


def test_an_operation_number_never_escapes_its_place_in_the_address() -> None:
    client = VitamClient("http://127.0.0.1:9", timeout=1)

    with pytest.raises(Rejected, match="numéro d'opération"):
        client.reply("../../admin")


@pytest.mark.parametrize("body", [b"", b"[]", b'{"$results": [{}]}', b"<html/>"])
def test_an_unreadable_logbook_is_not_taken_for_an_absence(body: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    client = VitamClient("http://archive.invalid")
    answer = httpx.Response(200, content=body)
    monkeypatch.setattr(httpx.Client, "request", lambda *_args, **_kwargs: answer)

    with pytest.raises(Unreachable, match="illisible"):
        client.find("X")
