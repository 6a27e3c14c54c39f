"""What would stop the printing of a dossier's texts, known before anyone gives a visa on them."""

from __future__ import annotations

from hemicycle.dossier import attachments
from hemicycle.dossier.models import Dossier
from hemicycle.rendering.coverage import missing_characters, missing_in, told
from hemicycle.texts.images import named, undescribed

_TEXTS = (("report", "Le rapport"), ("deliberation", "Le projet de délibération"))


def fault(dossier: Dossier) -> tuple[str, str] | None:
    """The sentence and its field: characters that no font has, images without description or without bytes."""
    if missing := missing_in(dossier.object):
        return told(missing, f"L’objet du dossier {dossier.number}"), "object"
    for field, name in _TEXTS:
        tree, where = getattr(dossier, field), f"{name} du dossier {dossier.number}"
        if missing := missing_characters(tree):
            return told(missing, where), field
        if count := undescribed(tree):
            images = "une image à décrire" if count == 1 else f"{count} images à décrire"
            return f"{where} contient {images} ; écrivez ce qu’elles montrent, pour ceux qui ne les voient pas.", field
        if named(tree) - set(attachments.pictures_of(dossier, tree)):
            return f"{where} contient une image qui n’a pas été retrouvée ; insérez-la de nouveau.", field
    return None
