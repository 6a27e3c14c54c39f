"""Save a text typed in the browser."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting import images, leases
from hemicycle.chain.drafting.events import TextSaved
from hemicycle.chain.drafting.writing import require_own_text, require_writable
from hemicycle.dossier import journal
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.texts.articles import renumbered
from hemicycle.texts.refusal import TextRefused
from hemicycle.texts.tree import Doc, clean, digest

TEXTS = ("report", "deliberation")
EMPTY: Doc = {"type": "doc", "content": []}


class TextUnreadable(ActionRefused):
    """What the editor sent is not a text of ours; the sentence is the reader's."""


class TextMoved(ActionRefused):
    """Somebody saved the text since it was opened: `saved` is what they wrote, and neither text is lost."""

    message = (
        "Ce texte a été enregistré par quelqu’un d’autre depuis que vous l’avez ouvert. Le vôtre est gardé : "
        "comparez les deux, puis choisissez."
    )

    def __init__(self, saved: Doc) -> None:
        self.saved = saved
        super().__init__()


@transaction.atomic
def save_text(
    *,
    dossier_id: UUID,
    text: str,
    content: Any,
    agent: Agent,
    at: dt.datetime,
    base: str = "",
    lease: UUID | None = None,
) -> Dossier:
    """Replace the working report or deliberation by the text tree `content`, checked and normalised.

    `base` is the digest of the text that the writer started from; empty, whatever is there is replaced. `lease` is
    the token of the tab that writes, which the saving prolongs. The articles of a deliberation take the number of
    their place, and its own references follow. Nothing is journaled when the text is what it was.
    Raises NotEntitled, TextFrozen, TextHeld (somebody else writes it now), TextMoved, TextUnreadable.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    role = require_writable(dossier, agent, at=at)
    if text not in TEXTS:
        raise ValueError(f"no such text: {text}")
    require_own_text(dossier, text)
    leases.require_free(dossier, text, agent, at=at, token=lease)
    saved = clean(getattr(dossier, text) or EMPTY)
    tree = accepted(content, dossier, text, before=saved)
    if base and base != digest(saved) and tree != saved:
        raise TextMoved(saved)

    if lease is not None:
        leases.hold(dossier, text, agent, at=at, token=lease)
    if getattr(dossier, text) == tree:
        return dossier
    setattr(dossier, text, tree)
    dossier.save(update_fields=[text])

    journal.record(dossier, TextSaved(text=text, digest=digest(tree)), by=agent, at=at, role=role)
    return dossier


def accepted(content: Any, dossier: Dossier, text: str, *, before: Doc) -> Doc:
    """The tree as it is kept: legal, numbered, its images among the dossier's files. Raises TextUnreadable."""
    try:
        tree = clean(content)
        if text == "deliberation":
            tree = renumbered(tree, before).doc
    except TextRefused as refusal:
        raise TextUnreadable(str(refusal), field=text) from refusal
    if unknown := images.missing(dossier, tree):
        number = "Une image du texte n’est pas" if unknown == 1 else f"{unknown} images du texte ne sont pas"
        raise TextUnreadable(f"{number} parmi les fichiers de ce dossier ; insérez-la de nouveau.", field=text)
    return tree
