"""The files of a letter, and the letters that are none of a ministry."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from hemicycle.gateways.mail import parts
from hemicycle.gateways.mail.errors import Rejected
from hemicycle.gateways.mail.parts import opened


def a_letter(*names: str) -> bytes:
    letter = EmailMessage()
    letter["From"], letter["Subject"] = "Ministère <ACTES@interieur.test>", "Retour"
    letter.set_content("<p>Bonjour</p>", subtype="html")
    for name in names:
        letter.add_attachment(b"<a/>", maintype="application", subtype="xml", filename=name)
    return letter.as_bytes()


def test_the_sender_and_the_files_are_read_in_order() -> None:
    found = opened(a_letter("b.xml", "a.xml"))

    assert found.sender == "actes@interieur.test"
    assert found.files == (("b.xml", b"<a/>"), ("a.xml", b"<a/>"))


def test_two_files_of_one_name_are_refused() -> None:
    with pytest.raises(Rejected, match="le même nom"):
        opened(a_letter("a.xml", "a.xml"))


def test_too_many_files_are_refused() -> None:
    with pytest.raises(Rejected, match="plus de 300"):
        opened(a_letter(*(f"{rank}.xml" for rank in range(301))))


def test_files_too_large_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_BYTES", 5)

    with pytest.raises(Rejected, match="dépassent la taille"):
        opened(a_letter("a.xml", "b.xml"))


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\xff" * 200, b"Content-Type: multipart/mixed\r\n\r\nx", b"From: =?utf-8?q?=ZZ?= <x\r\n\r\n", b":" * 99],
)
def test_whatever_comes_is_opened_or_refused_in_a_sentence(content: bytes) -> None:
    try:
        assert opened(content).files == ()
    except Rejected as refusal:
        assert str(refusal).endswith(".")
