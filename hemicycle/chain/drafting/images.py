"""The images of a text: what is let in, and where they are kept."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import warnings

from django.db.models import QuerySet
from PIL import Image

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting.rules import NotAccepted, clean_name
from hemicycle.dossier import attachments
from hemicycle.dossier.models import Attachment, Dossier
from hemicycle.texts.tree import Doc

#: Bytes of one image.
MAX_IMAGE = 10 * 1024 * 1024
#: Pixels on one side: four times what a page printed at 300 dots an inch shows.
MAX_SIDE = 12_000
MAX_PIXELS = 60_000_000
TYPES = {"PNG": "image/png", "JPEG": "image/jpeg"}


class NotAnImage(ValueError):
    """Why the file cannot be shown in a text, as its author reads it."""


def keep(dossier: Dossier, data: bytes, *, filename: str, by: Agent, at: dt.datetime) -> Attachment:
    """The image as a file of the dossier, found again when the same bytes are there. Raises NotAnImage."""
    try:
        name = clean_name(filename)
    except NotAccepted as refusal:
        raise NotAnImage(str(refusal)) from refusal
    media_type = accept(data, name)
    digest = hashlib.sha256(data).hexdigest()
    same = of(dossier).filter(sha256=digest).first()
    return same or attachments.keep(
        dossier,
        data,
        kind=Attachment.Kind.IMAGE,
        title=name,
        name=name,
        media_type=media_type,
        by=by,
        at=at,
        published=False,
    )


def of(dossier: Dossier) -> QuerySet[Attachment]:
    """The images that the texts of the dossier may show."""
    return Attachment.objects.filter(dossier=dossier, kind=Attachment.Kind.IMAGE, removed_at=None)


def named(tree: Doc) -> set[str]:
    """The SHA-256 of the images that a clean text shows."""
    found = {tree["attrs"]["sha256"]} if tree["type"] == "image" else set()
    for child in tree.get("content", ()):
        found |= named(child)
    return found


def missing(dossier: Dossier, tree: Doc) -> int:
    """How many images of the text the dossier does not have."""
    wanted = named(tree)
    if not wanted:
        return 0
    return len(wanted - set(of(dossier).filter(sha256__in=wanted).values_list("sha256", flat=True)))


def accept(data: bytes, name: str) -> str:
    """The media type of the image, by its bytes and without decoding it whole. Raises NotAnImage."""
    if len(data) > MAX_IMAGE:
        raise NotAnImage(f"L’image « {name} » pèse {len(data) // 1_048_576} Mo ; la limite est de 10 Mo.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=tuple(TYPES)) as image:
                kind, (width, height) = str(image.format), image.size
                too_large = width * height > MAX_PIXELS or max(width, height) > MAX_SIDE
                if not too_large:
                    image.verify()
    except Image.DecompressionBombError as bomb:
        raise _too_large(name) from bomb
    except (OSError, SyntaxError, ValueError) as unreadable:
        raise NotAnImage(
            f"Le fichier « {name} » n’est pas une image PNG ou JPEG lisible ; choisissez-en une autre."
        ) from unreadable
    if too_large:
        raise _too_large(name)
    return TYPES.get(kind, "image/jpeg")


def _too_large(name: str) -> NotAnImage:
    return NotAnImage(f"L’image « {name} » a trop de points ; réduisez-la à 12 000 points de côté au plus.")
