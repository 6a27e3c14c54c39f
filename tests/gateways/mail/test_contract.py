"""The real post, against the sink, and its double keep the same promises."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest

from hemicycle.gateways.mail.client import Post, SmtpPost
from hemicycle.gateways.mail.errors import Rejected, Unreachable
from hemicycle.gateways.mail.fake import FakePost
from hemicycle.gateways.mail.letter import build
from tests.simulators.mail.running import Addresses, running

from .test_letter import LETTER


@pytest.fixture(scope="module")
def sink() -> Iterator[Addresses]:
    with running() as addresses:
        yield addresses


@pytest.fixture(params=["real", "double"])
def post(request: pytest.FixtureRequest) -> Post:
    if request.param == "double":
        return FakePost()
    sink: Addresses = request.getfixturevalue("sink")
    return SmtpPost(sink.host, sink.port)


def test_a_letter_sent_returns_its_identifier(post: Post) -> None:
    assert post.send(LETTER) == "<notice-7.1@loire.exemple.fr>"


def test_a_letter_that_cannot_be_written_is_refused(post: Post) -> None:
    for wrong in (replace(LETTER, recipient="mairie"), replace(LETTER, return_path="a\r\nb@c.fr")):
        with pytest.raises(Rejected):
            post.send(wrong)


def test_the_bytes_that_arrive_are_those_built_and_failures_come_back_to_the_return_path(sink: Addresses) -> None:
    letter = replace(LETTER, return_path="retour+7@loire.exemple.fr")

    SmtpPost(sink.host, sink.port).send(letter)

    listed = httpx.get(f"{sink.url}/messages.json").json()[0]
    assert httpx.get(f"{sink.url}/messages/{listed['number']}.eml").content == build(letter)
    assert listed["envelope_from"] == "retour+7@loire.exemple.fr"
    assert listed["recipients"] == ["zoe.noel@mairie.exemple.fr"]


def test_an_address_refused_for_good_is_rejected(sink: Addresses) -> None:
    with pytest.raises(Rejected, match=r"refuse l’adresse x@refus\.invalid"):
        SmtpPost(sink.host, sink.port).send(replace(LETTER, recipient="x@refus.invalid"))


def test_an_address_refused_for_now_is_a_reason_to_retry(sink: Addresses) -> None:
    with pytest.raises(Unreachable, match="pour le moment"):
        SmtpPost(sink.host, sink.port).send(replace(LETTER, recipient="x@plus-tard.invalid"))


def test_a_server_without_encryption_gets_nothing_when_it_is_demanded(sink: Addresses) -> None:
    before = len(httpx.get(f"{sink.url}/messages.json").json())

    with pytest.raises(Unreachable, match="chiffrement"):
        SmtpPost(sink.host, sink.port, starttls=True).send(LETTER)

    assert len(httpx.get(f"{sink.url}/messages.json").json()) == before


def test_a_silent_server_is_a_reason_to_retry() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    with pytest.raises(Unreachable, match="ne répond pas"):
        SmtpPost("127.0.0.1", port, timeout=2).send(LETTER)


def test_a_server_that_never_speaks_is_a_reason_to_retry() -> None:
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen(1)

        with pytest.raises(Unreachable):
            SmtpPost("127.0.0.1", mute.getsockname()[1], timeout=0.3).send(LETTER)


def test_the_double_keeps_its_letters_and_fails_on_demand() -> None:
    post = FakePost()
    post.send(LETTER)
    post.failure = Unreachable("Le serveur de courrier ne répond pas.")

    with pytest.raises(Unreachable):
        post.send(LETTER)

    assert post.sent == [LETTER]
