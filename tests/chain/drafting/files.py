"""Files to attach, made for the tests."""

from __future__ import annotations

import io

import pikepdf

from hemicycle.dossier import attachments
from hemicycle.dossier.models import Dossier

#: The smallest PNG that is one: eight bytes tell its kind.
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
JPEG = b"\xff\xd8\xff\xe0" + bytes(40)


def a_pdf(pages: int = 1) -> bytes:
    """A blank PDF."""
    return _saved(_blank(pages))


def a_locked_pdf(*, opens: bool) -> bytes:
    """Encrypted; `opens`: without asking for a password."""
    secret = pikepdf.Encryption(owner="proprietaire", user="" if opens else "secret")
    return _saved(_blank(1), encryption=secret)


def a_pdf_that_runs() -> bytes:
    """With a program run at its opening."""
    pdf = _blank(1)
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert('bonjour')"))
    return _saved(pdf)


def a_pdf_that_carries() -> bytes:
    """With a file inside."""
    pdf = _blank(1)
    pdf.attachments["notes.txt"] = b"des notes"
    return _saved(pdf)


def titles(dossier: Dossier) -> list[str]:
    """The annexes in force, in order."""
    return [annex.title for annex in attachments.annexes_of(dossier)]


def _blank(pages: int) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page()
    return pdf


def _saved(pdf: pikepdf.Pdf, encryption: pikepdf.Encryption | bool = False) -> bytes:
    buffer = io.BytesIO()
    pdf.save(buffer, encryption=encryption)
    return buffer.getvalue()
