"""Keeping an image of a text."""

from __future__ import annotations

import struct
import zlib
from typing import Any

import pytest

from hemicycle.chain.drafting.actions.keep_image import ImageNotAccepted, keep_image
from hemicycle.chain.drafting.writing import TextFrozen
from hemicycle.dossier import attachments
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.factories import a_dossier

pytestmark = pytest.mark.django_db


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def a_png(width: int = 2, height: int = 2) -> bytes:
    """A grey image; beyond a few pixels its body is left empty."""
    body = b"" if width * height > 1_000_000 else b"\0" * height * (width + 1)
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(body)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def test_the_image_joins_the_files_of_the_dossier(cast: Cast) -> None:
    dossier, data = a_dossier(cast), a_png()

    kept = keep_image(dossier_id=dossier.id, data=data, filename="plan.png", agent=cast.drafter, at=NOON)

    assert (kept.kind, kept.name, kept.media_type, kept.published) == ("image", "plan.png", "image/png", False)
    assert attachments.read(kept) == data


def test_the_same_image_twice_is_kept_once(cast: Cast) -> None:
    dossier = a_dossier(cast)
    first = keep_image(dossier_id=dossier.id, data=a_png(), filename="plan.png", agent=cast.drafter, at=NOON)

    again = keep_image(dossier_id=dossier.id, data=a_png(), filename="copie.png", agent=cast.colleague, at=NOON)

    assert again == first


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "n’est pas une image"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "n’est pas une image"),
        (b"%PDF-1.7", "n’est pas une image"),
        (a_png()[:-20], "abîmée"),
        (a_png(60_000, 60_000), "trop grand"),
    ],
    ids=["empty", "svg", "pdf", "cut", "60,000 pixels"],
)
def test_what_no_text_can_show_is_refused_in_words(
    cast: Cast, data: bytes, sentence: str, nothing_written: Any
) -> None:
    dossier = a_dossier(cast)

    with pytest.raises(ImageNotAccepted, match=sentence), nothing_written():
        keep_image(dossier_id=dossier.id, data=data, filename="plan.png", agent=cast.drafter, at=NOON)


@pytest.mark.parametrize("name", ["", "/"])
def test_a_name_that_is_none_is_refused(cast: Cast, name: str, nothing_written: Any) -> None:
    dossier = a_dossier(cast)

    with pytest.raises(ImageNotAccepted, match="nom"), nothing_written():
        keep_image(dossier_id=dossier.id, data=a_png(), filename=name, agent=cast.drafter, at=NOON)


def test_a_name_too_long_is_shortened_and_keeps_its_extension(cast: Cast) -> None:
    dossier, name = a_dossier(cast), "a" * 300 + ".png"

    kept = keep_image(dossier_id=dossier.id, data=a_png(), filename=name, agent=cast.drafter, at=NOON)

    assert (len(kept.name), kept.name[-5:]) == (150, "….png")


def test_only_those_who_write_the_dossier_add_images(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast)

    with pytest.raises(NotEntitled), nothing_written():
        keep_image(dossier_id=dossier.id, data=a_png(), filename="plan.png", agent=cast.legal, at=NOON)


def test_no_image_is_added_in_the_circuit(cast: Cast, nothing_written: Any) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    with pytest.raises(TextFrozen), nothing_written():
        keep_image(dossier_id=dossier.id, data=a_png(), filename="plan.png", agent=cast.drafter, at=NOON)
