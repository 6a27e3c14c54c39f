"""The pages of a file as pictures for the screen, and their words for whoever does not see them."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass

#: Seconds that one page may take, its process included.
SECONDS = 20
#: Pixels across: for a list, for a page, for a page on a dense screen.
WIDTHS = (240, 960, 1600)
SHOWN = ("application/pdf", "image/png", "image/jpeg")


class PageNotShown(ValueError):
    """Why the page cannot be shown, as its reader is told."""


@dataclass(frozen=True, kw_only=True)
class PageWords:
    """The text layer of one page; empty where the page is only an image."""

    pages: int
    words: str


def picture(data: bytes, number: int, *, width: int) -> bytes:
    """Page `number` (from 1) of a PDF, or an image (page 1), as a PNG of at most `width` pixels across.

    Raises PageNotShown: damaged, out of the budget of pixels, of memory or of time.
    """
    return _asked(data, "picture", str(number), str(width))


def words(data: bytes, number: int) -> PageWords:
    """The words of page `number` of a PDF, and how many pages it has. Raises PageNotShown."""
    told = json.loads(_asked(data, "words", str(number)))
    return PageWords(pages=told["pages"], words=told["words"].replace("\r\n", "\n").replace("\ufffe", "").strip())


def _asked(data: bytes, *arguments: str) -> bytes:
    command = [sys.executable, "-m", "hemicycle.rendering.page_image", *arguments]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as late:
        raise PageNotShown("Cette page est trop lourde pour être montrée ici ; téléchargez le fichier.") from late
    if done.returncode != 0:
        raise PageNotShown("Cette page ne peut pas être montrée ici ; téléchargez le fichier pour la lire.")
    return done.stdout
