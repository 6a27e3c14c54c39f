"""Write the draft of a model of document: its words, the order of its blocks, its logo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.printing.document_models import NOTHING, digest_of, in_force
from hemicycle.chain.printing.events import ModelDrafted
from hemicycle.chain.printing.logos import accept_logo
from hemicycle.chain.printing.models import ModelVersion
from hemicycle.chain.printing.settling import DraftMoved, ModelRefused, NoSuchKind, judged, kind_named
from hemicycle.dossier import access, blobs, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.rendering.model import Kind
from hemicycle.rendering.model_checks import ModelFault
from hemicycle.texts.refusal import TextRefused

__all__ = ["DraftMoved", "ModelRefused", "NoSuchKind", "NoSuchVersion", "draft_model", "written"]

WRITING = "Écrire les modèles de documents"


class NoSuchVersion(ActionRefused):
    message = "Cette version du modèle n’existe pas ; rechargez la page."


@transaction.atomic
def draft_model(
    *,
    kind: str,
    texts: Mapping[str, str],
    parts: Sequence[str],
    agent: Agent,
    at: dt.datetime,
    logo: bytes | None = None,
    keep_logo: bool = True,
    alt: str = "",
    height: int = 16,
    seen: int = 0,
) -> ModelVersion:
    """Keep the model as the draft of its kind, one at a time; nothing printed changes until it is published.

    `logo`: a new one; without, the logo of the draft, or else of the version in force, stays, unless `keep_logo` is
    false. `seen`: the revision of the draft that was on screen, 0 when there was none. A text as in the origin is not
    kept apart from it. Raises NotEntitled, NoSuchKind, DraftMoved, ModelRefused (with all its faults).
    """
    role = access.require_role(agent, Role.ASSEMBLY_OFFICE, on=day(at), what=WRITING)
    known = kind_named(kind)
    draft = _locked(kind)
    if draft is not None and draft.revision != seen:
        raise DraftMoved(
            f"{draft.author.full_name} a modifié ce brouillon depuis que vous l’avez ouvert ; rechargez la page, puis "
            "reportez vos changements."
        )
    said = {key: words.replace("\r\n", "\n").strip() for key, words in texts.items()}
    content = {
        "texts": {key: words for key, words in said.items() if not _is_origin(known, key, words)},
        "parts": [] if tuple(parts) == tuple(part.key for part in known.parts) else list(parts),
        "logo": _logo(kind, draft, logo, keep_logo, alt=alt.strip(), height=height, on=day(at)),
    }
    judged(known, content)
    return written(known, draft, content, agent=agent, role=role, at=at)


def written(
    kind: Kind,
    draft: ModelVersion | None,
    content: dict[str, Any],
    *,
    agent: Agent,
    role: str,
    at: dt.datetime,
    restored: int = 0,
) -> ModelVersion:
    """The draft with this content, told in the journal; in the caller's transaction, once judged."""
    if draft is not None and draft.content == content:
        return draft
    if draft is None:
        last = ModelVersion.objects.filter(kind=kind.key).aggregate(last=Max("number"))["last"] or 0
        draft = ModelVersion(kind=kind.key, number=last + 1, revision=0)
    draft.content, draft.author, draft.made_at, draft.revision = content, agent, at, draft.revision + 1
    draft.save()

    event = ModelDrafted(
        kind=kind.key, label=kind.label, number=draft.number, digest=digest_of(content), restored=restored
    )
    journal.record(None, event, by=agent, at=at, role=role)
    return draft


def _locked(kind: str) -> ModelVersion | None:
    rows = ModelVersion.objects.select_for_update(of=("self",)).filter(kind=kind, published_at=None)
    return rows.select_related("author").first()


def _is_origin(kind: Kind, key: str, words: str) -> bool:
    return any(known.key == key and known.origin == words for known in kind.words)


def _logo(
    kind: str, draft: ModelVersion | None, data: bytes | None, keep: bool, *, alt: str, height: int, on: dt.date
) -> dict[str, Any] | None:
    if data is not None:
        try:
            media_type = accept_logo(data)
        except TextRefused as refusal:
            raise ModelRefused([ModelFault(sentence=str(refusal), field="logo")]) from refusal
        sha256 = blobs.put(data).sha256
        return {"sha256": sha256, "media_type": media_type, "alt": alt, "height": height}
    former = draft or in_force(kind, on=on)
    logo = (former.content if former else NOTHING)["logo"]
    return {**logo, "alt": alt, "height": height} if logo and keep else None
