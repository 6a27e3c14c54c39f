"""The sink takes letters, keeps them and shows them."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import httpx
import pytest

from .running import Addresses, running


@pytest.fixture(scope="module")
def sink() -> Iterator[Addresses]:
    with running("--now", "2026-09-14T12:00:00+00:00") as addresses:
        yield addresses


def letter() -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = "Département <actes@loire.exemple.fr>"
    message["To"] = "mairie@exemple.fr"
    message["Subject"] = "Délibération <notifiée>"
    message["Message-ID"] = "<1@loire.exemple.fr>"
    message.set_content("Votre lien : https://actes.exemple.fr/r/abc.\nCordialement")
    message.add_alternative("<p>Bonjour <script>alert(1)</script></p>", subtype="html")
    message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="délibération.pdf")
    return message


def post(sink: Addresses, content: bytes, recipient: str = "mairie@exemple.fr") -> None:
    with smtplib.SMTP(sink.host, sink.port, "localhost", 10) as server:
        server.sendmail("retour+7@loire.exemple.fr", [recipient], content)


def test_a_letter_is_listed_with_its_envelope_and_its_parts(sink: Addresses) -> None:
    post(sink, letter().as_bytes())

    # The sink is shared by the tests of this file, in any order: the letter just sent is the last.
    listed = max(httpx.get(f"{sink.url}/messages.json").json(), key=lambda m: m["number"])
    assert listed["message_id"] == "<1@loire.exemple.fr>"

    assert listed["envelope_from"] == "retour+7@loire.exemple.fr"
    assert listed["recipients"] == ["mairie@exemple.fr"]
    assert listed["subject"] == "Délibération <notifiée>"
    assert listed["attachments"] == ["délibération.pdf"]
    assert listed["received_at"].startswith("2026-09-14T12:0")


def test_a_letter_is_read_without_running_anything(sink: Addresses) -> None:
    post(sink, letter().as_bytes())
    number = httpx.get(f"{sink.url}/messages.json").json()[0]["number"]

    page = httpx.get(f"{sink.url}/messages/{number}")
    body = httpx.get(f"{sink.url}/messages/{number}/body.html")
    file = httpx.get(f"{sink.url}/messages/{number}/attachments/0")

    assert '<html lang="fr">' in page.text
    assert "Délibération &lt;notifiée&gt;" in page.text
    assert '<a href="https://actes.exemple.fr/r/abc" rel="noopener">' in page.text
    assert "sandbox" in body.headers["content-security-policy"]
    assert "default-src 'none'" in body.headers["content-security-policy"]
    assert file.content == b"%PDF-"
    assert file.headers["content-disposition"].startswith("attachment;")


def test_the_raw_letter_is_the_one_sent(sink: Addresses) -> None:
    content = letter().as_bytes()
    post(sink, content)
    number = httpx.get(f"{sink.url}/messages.json").json()[0]["number"]

    raw = httpx.get(f"{sink.url}/messages/{number}.eml")

    assert raw.content == content


def test_letters_survive_a_restart(tmp_path: Path) -> None:
    with running(data=tmp_path) as first:
        post(first, letter().as_bytes())
    with running(data=tmp_path) as second:
        post(second, letter().as_bytes())
        listed = httpx.get(f"{second.url}/messages.json").json()

    assert [m["number"] for m in listed] == [2, 1]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\r\n", b"Subject: =?utf-8?b?!!?=\r\nFrom: <<<\r\n\r\n\x80"])
def test_a_letter_that_cannot_be_parsed_is_still_shown(sink: Addresses, content: bytes) -> None:
    post(sink, content)
    number = httpx.get(f"{sink.url}/messages.json").json()[0]["number"]

    assert httpx.get(f"{sink.url}/messages/{number}").status_code == 200
    assert httpx.get(sink.url).status_code == 200


def test_what_does_not_exist_is_absent(sink: Addresses) -> None:
    for path in ("/messages/999", "/messages/999.eml", "/messages/999/body.html", "/messages/999/attachments/0"):
        assert httpx.get(f"{sink.url}{path}").status_code == 404
