"""What may be the logo of a document."""

from __future__ import annotations

import pytest

from hemicycle.chain.printing.logos import MAX_BYTES, accept_logo
from hemicycle.texts.refusal import TextRefused
from tests.rendering.test_models import SVG, png


def svg(inside: str, attrs: str = 'viewBox="0 0 9 9"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attrs}>{inside}</svg>'.encode()


def test_a_png_and_a_plain_drawing_are_taken() -> None:
    assert accept_logo(png()) == "image/png"
    assert accept_logo(SVG) == "image/svg+xml"
    assert accept_logo(svg('<defs><linearGradient id="a"/></defs><rect fill="url(#a)" width="9" height="9"/>'))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (svg("<script>alert(1)</script>"), "« script »"),
        (svg("<text>Ormelle</text>"), "convertissez les textes en tracés"),
        (svg('<image href="file:///etc/passwd"/>'), "« image »"),
        (svg('<rect onload="x()"/>'), "programme ou un fichier extérieur"),
        (svg('<use href="https://example.org/a.svg#b"/>'), "programme ou un fichier extérieur"),
        (svg('<rect style="fill:url(http://example.org)"/>'), "programme ou un fichier extérieur"),
        (svg("<style>@import 'x';</style>"), "programme ou un fichier extérieur"),
        (svg("<foreignObject/>"), "« foreignObject »"),
        (svg("<rect/>", attrs=""), "ne dit pas sa taille"),
        (b'<!DOCTYPE svg [<!ENTITY x "y">]>' + SVG, "DOCTYPE"),
        (b'<?xml-stylesheet href="x.css"?>' + SVG, "SVG"),
        (b"<html></html>", "n’est pas un dessin SVG"),
        (b"<svg", "n’est pas un dessin SVG lisible"),
        (svg("<rect/>" * 100_000), "400 ko"),
        (b"GIF89a", "PNG ou JPEG"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * MAX_BYTES, "2 Mo"),
    ],
)
def test_anything_else_is_refused_in_one_sentence(data: bytes, said: str) -> None:
    with pytest.raises(TextRefused, match=said):
        accept_logo(data)
