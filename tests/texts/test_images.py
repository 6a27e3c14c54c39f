"""What may be inserted as an image: judged on its bytes, without decoding a bomb."""

from __future__ import annotations

import pytest

from hemicycle.texts.images import accept_image, named, undescribed
from hemicycle.texts.refusal import TextRefused
from hemicycle.texts.tree import clean
from tests.texts.drawn import announced, chunk, jpeg, png
from tests.texts.trees import bullets, doc, h, image, item, note, p, raw


@pytest.mark.parametrize(
    ("data", "meant"),
    [
        (png(40, 20), ("image/png", 40, 20)),
        (jpeg(40, 20), ("image/jpeg", 40, 20)),
        (jpeg(3000, 2000, components=1, frame=0xC2), ("image/jpeg", 3000, 2000)),
    ],
)
def test_a_png_or_a_jpeg_is_taken_with_its_size(data: bytes, meant: tuple[str, int, int]) -> None:
    assert accept_image(data) == meant


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "n’est pas une image PNG ou JPEG"),
        (b"GIF89a" + b"\0" * 50, "n’est pas une image PNG ou JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "n’est pas une image PNG ou JPEG"),
        (announced(60_000, 60_000), "60\u202f000 × 60\u202f000 pixels"),
        (announced(60_001, 1), "trop grand"),
        (announced(8_000, 8_000), "trop grand"),
        (jpeg(10_000, 10_000), "trop grand"),
        (announced(0, 5), "abîmée"),
        (png(40, 20, rows=19), "abîmée"),
        (png(40, 20, rows=200_000), "abîmée"),
        (png()[:-20], "abîmée"),
        (png().replace(b"IDAT", b"IDAX"), "abîmée"),
        (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"\0" * 5), "abîmée"),
        (jpeg()[:30], "abîmée"),
        (jpeg()[:-2], "abîmée"),
        (jpeg(components=4), "CMJN"),
        (jpeg(frame=0xC9), "rare"),
        (png() + b"\0" * 20_000_000, "20 Mo"),
    ],
    ids=range(18),
)
def test_anything_else_is_refused_in_one_sentence(data: bytes, said: str) -> None:
    with pytest.raises(TextRefused, match=said) as refusal:
        accept_image(data)

    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize(
    ("node", "said"),
    [
        (image(alt=" \u00a0"), "texte de remplacement"),
        ({"type": "image", "attrs": {"sha256": "ab" * 32}}, "texte de remplacement"),
        (image(alt="x" * 501), "500 caractères"),
        (image(sha256="../etc"), "n’est pas enregistrée"),
        (image(width=9), "entier de 10 à 100"),
        (image(width=101), "entier de 10 à 100"),
        (h(1, "Titre", note("non")), "Une note ne s’appelle que d’un paragraphe"),
        (p("a", note("b", note("c"))), "Une note ne s’appelle que d’un paragraphe"),
    ],
    ids=range(8),
)
def test_an_image_without_words_and_a_note_out_of_place_are_refused(node: dict[str, object], said: str) -> None:
    with pytest.raises(TextRefused, match=said):
        clean(raw(node))


def test_the_images_of_a_text_are_found_wherever_they_stand() -> None:
    source = doc(image("Plan", sha256="0" * 64), bullets(item("a", image("Image à décrire (2)", sha256="1" * 64))))

    assert named(source) == {"0" * 64, "1" * 64}
    assert undescribed(source) == 1
