"""The images of an office file: read by their names, within bounds, told to their author when they are not kept."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from hemicycle.texts.attributes import MAX_ALT, NARROWEST, WIDEST
from hemicycle.texts.images import UNDESCRIBED, accept_image
from hemicycle.texts.inline import Node, readable
from hemicycle.texts.pandoc_writing import TEXT_WIDTH
from hemicycle.texts.refusal import TextRefused
from hemicycle.texts.tree import MAX_IMAGES

#: Bytes of all the images of one file.
MAX_TOTAL = 50_000_000
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)(in|cm|mm|pt|px|%)?")
_INCHES = {"in": 1.0, "cm": 1 / 2.54, "mm": 1 / 25.4, "pt": 1 / 72, "px": 1 / 96, None: 1 / 96}
#: What Word adds to the descriptions that it wrote by itself.
_BY_WORD = re.compile(
    r"\s*(?:Description générée automatiquement|Le contenu généré par l’IA peut être incorrect\.?)\s*"
)


def _nothing(_target: str) -> bytes | None:
    return None


@dataclass(kw_only=True)
class Gallery:
    """What was met while a file was read."""

    #: Gives the bytes of the image of that name, or None.
    read: Callable[[str], bytes | None] = _nothing
    #: Name of an image → its alternative text, where Pandoc does not give it.
    alternatives: dict[str, str] = field(default_factory=dict)
    #: SHA-256 → bytes of the images kept.
    kept: dict[str, bytes] = field(default_factory=dict)
    #: Blocks made, described or not.
    placed: int = 0
    undescribed: int = 0
    #: Of each image left out: its description, empty where there was none, and why.
    lost: list[tuple[str, str]] = field(default_factory=list)

    def block(self, target: str, described: str, size: dict[str, str]) -> Node | None:
        """The block of an image, or None where it cannot be kept."""
        alt = _BY_WORD.sub("", readable(described or self.alternatives.get(target, ""))).strip()[:MAX_ALT]
        data = self.read(target)
        try:
            if data is None:
                raise TextRefused("Elle n’est pas dans le fichier, ou elle dépasse 20 Mo ; insérez-la à part.")
            if not self._fits(data):
                raise TextRefused(f"Un texte tient {MAX_IMAGES} images et 50 Mo au plus ; joignez-la en annexe.")
            accept_image(data)
        except TextRefused as refusal:
            self.lost.append((alt, str(refusal)))
            return None
        sha256 = hashlib.sha256(data).hexdigest()
        self.kept[sha256] = data
        self.placed += 1
        self.undescribed += not alt
        attrs = {"sha256": sha256, "alt": alt or f"{UNDESCRIBED} ({self.placed})", "width": _percent(size.get("width"))}
        return {"type": "image", "attrs": attrs}

    def _fits(self, data: bytes) -> bool:
        return self.placed < MAX_IMAGES and sum(map(len, self.kept.values())) + len(data) <= MAX_TOTAL


def _percent(width: str | None) -> int:
    """A width as a share of that of the text."""
    found = _LENGTH.fullmatch(width or "")
    if found is None:
        return WIDEST
    share = float(found[1]) if found[2] == "%" else float(found[1]) * _INCHES[found[2]] / TEXT_WIDTH * 100
    return max(NARROWEST, min(round(share), WIDEST))
