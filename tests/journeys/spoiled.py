"""A copy of a real affair in which one thing is wrong."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pikepdf

AFFAIR = "13-01-sport-adapte"
Spoil = Callable[[Path], None]

#: An OLE compound file ([MS-CFB] §2.2) whose directory names the stream of an encrypted document ([MS-OFFCRYPTO]
#: §1.3.3): what Word writes under a password.
OLE = (
    bytes.fromhex("d0cf11e0a1b11ae1")
    + bytes(16)
    + bytes.fromhex("3e000300feff0900").ljust(488, b"\0")
    + "EncryptedPackage".encode("utf-16-le").ljust(512, b"\0")
)


def copy_of(shared: Path, folder: Path) -> Path:
    """The affair of the sport service, in `folder`, free to spoil."""
    return Path(shutil.copytree(shared / "corpus/affaires" / AFFAIR, folder / "affaire"))


def edited(before: str, after: str) -> Spoil:
    """affaire.toml says something else."""

    def spoil(affair: Path) -> None:
        file = affair / "affaire.toml"
        text = file.read_text(encoding="utf-8")
        assert before in text
        file.write_text(text.replace(before, after), encoding="utf-8")

    return spoil


def holding(name: str, data: bytes | Callable[[], bytes]) -> Spoil:
    """A file of the affair holds other bytes."""

    def spoil(affair: Path) -> None:
        (affair / name).write_bytes(data if isinstance(data, bytes) else data())

    return spoil


def without(name: str) -> Spoil:
    return lambda affair: (affair / name).unlink()


def annex_renamed(name: str, data: bytes) -> Spoil:
    """The first annex is another file, of another name."""

    def spoil(affair: Path) -> None:
        (affair / "annexes" / name).write_bytes(data)
        edited("annexes/convention.pdf", f"annexes/{name}")(affair)

    return spoil


def encrypted_pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out, encryption=pikepdf.Encryption(owner="maître", user="ouvre"))
    return out.getvalue()


def active_pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        pdf.save(out)
    return out.getvalue()


def plain_pdf(size: int) -> bytes:
    """A sound PDF of at least that many bytes, that no compression makes smaller."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.pages[0].Contents = pikepdf.Stream(pdf, b"% " + os.urandom(size).replace(b"\n", b" ").replace(b"\r", b" "))
        pdf.save(out, compress_streams=False)
    return out.getvalue()


def two_heavy_annexes(affair: Path) -> None:
    """Each under the limit of one file, both over that of a transmission."""
    data = plain_pdf(80 * 1024 * 1024)
    (affair / "annexes/convention.pdf").write_bytes(data)
    (affair / "annexes/seconde.pdf").write_bytes(data)
    edited("annexes/avenant.odt", "annexes/seconde.pdf")(affair)


def without_article(affair: Path) -> None:
    """The report stands where the deliberation should."""
    shutil.copy(affair / "rapport.docx", affair / "deliberation.docx")
