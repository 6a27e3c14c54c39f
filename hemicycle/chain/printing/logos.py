"""What may be the logo of a document: a PNG or a JPEG that a decoder can hold, or a drawing (SVG) without a program."""

from __future__ import annotations

import re

from lxml import etree

from hemicycle.texts.images import accept_image
from hemicycle.texts.refusal import TextRefused

MAX_BYTES = 2_000_000
MAX_SVG = 400_000
_SVG = "{http://www.w3.org/2000/svg}"
#: Shapes, their groups and their colours; no text (its font would be missing), no image, no program, no animation.
_DRAWN = frozenset(
    {
        *("svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "defs", "title", "desc"),
        *("metadata", "linearGradient", "radialGradient", "stop", "clipPath", "use", "symbol", "style"),
    }
)
_OUTSIDE = re.compile(r"(?:url\(\s*['\"]?(?!#)|@import|javascript:|expression\(|\\)", re.I)
_SIZE = re.compile(r"\s*\d{1,5}(?:\.\d+)?(?:px|pt|mm|cm|in|pc)?\s*")


def accept_logo(data: bytes) -> str:
    """The media type of the logo. Raises TextRefused, saying what to do."""
    if len(data) > MAX_BYTES:
        raise TextRefused("Le logo dépasse 2 Mo ; réduisez-le, puis recommencez.")
    head = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"<"):
        _check_svg(data)
        return "image/svg+xml"
    return accept_image(data)[0]


def _check_svg(data: bytes) -> None:
    if len(data) > MAX_SVG:
        raise TextRefused("Le dessin SVG dépasse 400 ko ; simplifiez-le, ou enregistrez-le en PNG.")
    if any(sign in data for sign in (b"<!DOCTYPE", b"<!ENTITY", b"<?xml-stylesheet")):
        raise TextRefused(
            "Le dessin SVG porte une déclaration (DOCTYPE, feuille de style) ; enregistrez-le en « SVG simple »."
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise TextRefused("Ce fichier n’est pas un dessin SVG lisible ; enregistrez-le de nouveau.") from error
    if root.tag != f"{_SVG}svg":
        raise TextRefused("Ce fichier n’est pas un dessin SVG ; enregistrez-le en SVG, en PNG ou en JPEG.")
    sized = root.get("viewBox") or (_SIZE.fullmatch(root.get("width", "")) and _SIZE.fullmatch(root.get("height", "")))
    if not sized:
        raise TextRefused("Le dessin SVG ne dit pas sa taille (viewBox) ; enregistrez-le de nouveau.")
    for node in root.iter():
        _check_node(node)


def _check_node(node: etree._Element) -> None:
    if not isinstance(node.tag, str):
        return
    name = etree.QName(node).localname
    if not node.tag.startswith(_SVG):
        # What drawing programs note for themselves, outside of the picture.
        return
    if name not in _DRAWN:
        remedy = "convertissez les textes en tracés" if name in ("text", "tspan", "textPath") else "retirez-le"
        raise TextRefused(
            f"Le dessin SVG contient un élément « {name[:30]} » qui ne s’imprime pas ; {remedy}, ou enregistrez-le "
            "en PNG."
        )
    style = node.text or "" if name == "style" else ""
    for key, value in (*node.attrib.items(), ("style", style)):
        word = etree.QName(str(key)).localname.lower() if str(key) else ""
        if word.startswith("on") or (word == "href" and not str(value).startswith("#")) or _OUTSIDE.search(str(value)):
            raise TextRefused(
                "Le dessin SVG appelle un programme ou un fichier extérieur ; enregistrez-le en « SVG simple »."
            )
