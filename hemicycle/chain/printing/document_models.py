"""Which model prints a document of that day, and by which model a document was printed."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from hemicycle.accounts import queries as accounts
from hemicycle.chain.printing.models import ModelVersion, Print
from hemicycle.dossier import blobs
from hemicycle.dossier.models import Dossier, Nature
from hemicycle.rendering.model import ORIGIN, Logo, Model

#: What a model says when nothing was ever decided.
NOTHING: dict[str, Any] = {"texts": {}, "parts": [], "logo": None}


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """The model by which a document is printed."""

    kind: str
    #: None: the model of origin.
    version: ModelVersion | None

    @property
    def model(self) -> Model:
        """Raises BlobLost when its logo is."""
        return model_of(self.version.content) if self.version else ORIGIN


def chosen(kind: str, *, on: dt.date, dossier: Dossier | None = None) -> Chosen:
    """The model in force on that day; for a dossier already printed so, the one that it was drawn up with."""
    if dossier is not None:
        former = Print.objects.filter(dossier=dossier, kind=kind).select_related("version").order_by("-id").first()
        if former is not None:
            return Chosen(kind=kind, version=former.version)
    return Chosen(kind=kind, version=in_force(kind, on=on))


def model_kind(dossier: Dossier) -> str:
    """The kind of the act of that dossier."""
    if not dossier.without_vote:
        return "deliberation"
    return "decision" if dossier.nature == Nature.DECISION else "arrete"


def in_force(kind: str, *, on: dt.date) -> ModelVersion | None:
    """The version of that day; None for the model of origin."""
    rows = ModelVersion.objects.filter(kind=kind, published_at__isnull=False, valid_from__lte=on)
    return rows.select_related("author", "published_by").order_by("-valid_from", "-number").first()


def printed(by: Chosen, data: bytes, *, at: dt.datetime, dossier: Dossier | None = None) -> Print:
    """Note by which model a document that is kept was printed, in the caller's transaction."""
    digest = hashlib.sha256(data).hexdigest()
    return Print.objects.create(kind=by.kind, version=by.version, dossier=dossier, sha256=digest, printed_at=at)


def model_of(content: dict[str, Any]) -> Model:
    """The model of a version's content, its logo read from the store. Raises BlobLost."""
    logo = content["logo"]
    return Model(
        texts=dict(content["texts"]),
        parts=tuple(content["parts"]),
        logo=None
        if logo is None
        else Logo(
            data=blobs.get(logo["sha256"]), media_type=logo["media_type"], alt=logo["alt"], height=logo["height"]
        ),
    )


def digest_of(content: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON of a version's content."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def place_fields() -> dict[str, str]:
    """What the words of any model may say of the département itself."""
    authority = accounts.authority()
    return {"ville": authority.city, "adresse": ", ".join(authority.address.splitlines())}
