"""Files to attach, made for the tests."""

from __future__ import annotations

import io

import pikepdf
from PIL import Image

from hemicycle.dossier import attachments
from hemicycle.dossier.models import Dossier
from tests.texts.office import docx, w_p, w_r


def an_image(kind: str) -> bytes:
    """A small grey image, « PNG » or « JPEG »."""
    buffer = io.BytesIO()
    Image.new("RGB", (12, 8), "grey").save(buffer, format=kind)
    return buffer.getvalue()


PNG, JPEG = an_image("PNG"), an_image("JPEG")


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


def a_pdf_that_launches() -> bytes:
    """With a program of the reader's machine behind its opening."""
    pdf = _blank(1)
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe"))
    return _saved(pdf)


def a_bomb() -> bytes:
    """A small .docx that inflates to more than any reader holds."""
    return docx(w_p(w_r("x")), {"word/media/image1.bin": bytes(210_000_000)})


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
    pdf.save(buffer, encryption=encryption, deterministic_id=not encryption)
    return buffer.getvalue()
