"""The editor of a text, on whatever page it is needed: what its script is told, as data.

`drafting/_editor.html` shows it. Two ways: **live**, where the script saves by itself under a lease (writing a
draft), and **in a form**, where the text leaves with the form around it (correcting a text at one's turn).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from hemicycle.accounts.models import Agent
from hemicycle.dossier.models import Dossier
from hemicycle.texts.tree import Doc, digest


@dataclass(frozen=True, kw_only=True)
class Editor:
    """One editor of a page."""

    #: For the script, as JSON.
    config: dict[str, Any]
    #: The field of the surrounding form that receives the text; empty when the editor saves by itself.
    field: str = ""


def in_a_form(dossier: Dossier, text: str, tree: Doc, agent: Agent, *, field: str = "content") -> Editor:
    """An editor whose text is sent as JSON in `field` by the form that includes it; read it with texts.tree.clean.

    No lease, no autosave: what is typed is kept on the machine until the form is accepted. Images of the text are
    shown; none is added, for the bytes join the dossier while it is drafted only.
    """
    return Editor(config=_shared(dossier, text, tree, agent) | {"live": False, "field": field}, field=field)


def live(dossier: Dossier, text: str, tree: Doc, agent: Agent) -> Editor:
    """An editor that takes the lease of the text and saves by itself."""
    urls = {
        "save": reverse(f"save_{text}", args=[dossier.id]),
        "hold": reverse(f"hold_{text}", args=[dossier.id]),
        "image": reverse("keep_image", args=[dossier.id]),
    }
    config = _shared(dossier, text, tree, agent)
    return Editor(config=config | {"live": True, "urls": config["urls"] | urls})


def _shared(dossier: Dossier, text: str, tree: Doc, agent: Agent) -> dict[str, Any]:
    return {
        "content": tree,
        "base": digest(tree),
        "deliberation": text == "deliberation",
        # Drafts kept on a shared machine are offered to their author only.
        "key": f"hemicycle.texte.{agent.pk}.{dossier.id}.{text}",
        "urls": {
            "paste": reverse("paste", args=[dossier.id]),
            "differences": reverse(f"differences_{text}", args=[dossier.id]),
            "images": reverse("text_image", args=[dossier.id, "0" * 64])[:-64],
            "sign_in": reverse("sign_in"),
        },
    }
