"""The bytes of a letter."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest

from hemicycle.gateways.mail.errors import Rejected
from hemicycle.gateways.mail.letter import Attachment, Letter, build

LETTER = Letter(
    sender="Département de la Loire <actes@loire.exemple.fr>",
    recipient="Mme Zoé Noël <zoe.noel@mairie.exemple.fr>",
    subject="Délibération n° 2026-114 : subvention",
    text="Bonjour,\n\nLa délibération est à votre disposition.\n",
    html="<p>La délibération est à votre disposition.</p>",
    message_id="<notice-7.1@loire.exemple.fr>",
    at=datetime(2026, 9, 14, 12, 0, tzinfo=UTC),
    attachments=(Attachment(name="délibération.pdf", content=b"%PDF-", media_type="application/pdf"),),
    reply_to="assemblees@loire.exemple.fr",
    headers=(("Auto-Submitted", "auto-generated"),),
)


def test_a_letter_reads_back_as_it_was_written() -> None:
    message = message_from_bytes(build(LETTER), policy=default)

    text, html = message.get_body(("plain",)), message.get_body(("html",))
    [attachment] = message.iter_attachments()
    assert message["Subject"] == LETTER.subject
    assert message["From"].addresses[0].display_name == "Département de la Loire"
    assert message["To"].addresses[0].addr_spec == "zoe.noel@mairie.exemple.fr"
    assert message["Message-ID"] == "<notice-7.1@loire.exemple.fr>"
    assert message["Date"].datetime == LETTER.at
    assert message["Auto-Submitted"] == "auto-generated"
    assert text is not None
    assert text.get_content().replace("\r\n", "\n") == LETTER.text
    assert html is not None
    assert (attachment.get_filename(), attachment.get_content()) == ("délibération.pdf", b"%PDF-")


def test_the_same_letter_has_the_same_bytes_in_ascii_lines_ended_by_crlf() -> None:
    first, second = build(LETTER), build(LETTER)

    assert first == second
    assert first.isascii()
    assert all(line.endswith(b"\r") for line in first.split(b"\n")[:-1])
    assert max(map(len, first.split(b"\r\n"))) <= 998


@pytest.mark.parametrize("evil", ["a\r\nBcc: x@y.fr", "a\nb", "a\rb", "a\x00b", "a\u2028b"])
@pytest.mark.parametrize("where", ["subject", "sender", "recipient", "reply_to", "message_id"])
def test_a_newline_in_a_header_is_refused(where: str, evil: str) -> None:
    with pytest.raises(Rejected):
        build(replace(LETTER, **{where: evil}))


def test_a_newline_in_a_further_header_or_a_file_name_is_refused() -> None:
    with pytest.raises(Rejected, match="saut de ligne"):
        build(replace(LETTER, headers=(("X-Acte", "1\r\nBcc: x@y.fr"),)))
    with pytest.raises(Rejected, match="saut de ligne"):
        build(replace(LETTER, attachments=(Attachment(name="a\nb.pdf", content=b""),)))


@pytest.mark.parametrize("name", ["To", "bcc", "Content-Type", "X-A\r\nB", "", "é"])
def test_a_structural_header_cannot_be_added(name: str) -> None:
    with pytest.raises(Rejected, match="en-tête"):
        build(replace(LETTER, headers=((name, "x"),)))


@pytest.mark.parametrize(
    "address", ["", "mairie", "a@b@c.fr", "zoé@exemple.fr", "a@b.fr, c@d.fr", "<a@b.fr> c@d.fr", "a..b@c.fr", "a@-b"]
)
def test_a_wrong_address_is_refused(address: str) -> None:
    with pytest.raises(Rejected, match="n’est pas une adresse"):
        build(replace(LETTER, recipient=address))
