"""What the other rooms and the pages may ask of how documents are printed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from hemicycle.chain.printing.models import ModelVersion, Trial
from hemicycle.chain.printing.trials import digest_of, last_of
from hemicycle.dossier.models import Dossier
from hemicycle.rendering.model import Kind
from hemicycle.rendering.model_kinds import KINDS


def known_impossible(dossier: Dossier) -> str:
    """Why the act cannot be drawn up, when that is known of its present text; empty otherwise."""
    trial = last_of(dossier)
    if trial is None or trial.possible or trial.digest != digest_of(dossier):
        return ""
    return trial.sentence


def answer_on(dossier: Dossier, trial: Trial | None, titles: tuple[str, ...]) -> bool | None:
    """Whether the act can be drawn up; None while its present text has not been tried."""
    if trial is None or trial.digest != digest_of(dossier, titles):
        return None
    return trial.possible


@dataclass(frozen=True, kw_only=True)
class KindOfModel:
    """A kind of document and its models."""

    kind: Kind
    #: None: the model of origin.
    in_force: ModelVersion | None
    draft: ModelVersion | None
    #: Those that will print from a day to come, the first one first.
    coming: tuple[ModelVersion, ...]
    #: Every published version, last first.
    versions: tuple[ModelVersion, ...]


def kinds(*, on: dt.date) -> list[KindOfModel]:
    """All of them, in the order of the kinds: one query."""
    rows = ModelVersion.objects.select_related("author", "published_by").order_by("-number")
    by_kind: dict[str, list[ModelVersion]] = {key: [] for key in KINDS}
    for row in rows:
        if row.kind in by_kind:
            by_kind[row.kind].append(row)
    return [_kind(KINDS[key], found, on=on) for key, found in by_kind.items()]


def kind(key: str, *, on: dt.date) -> KindOfModel:
    """One of them. Raises KeyError."""
    known = KINDS[key]
    rows = ModelVersion.objects.filter(kind=key).select_related("author", "published_by").order_by("-number")
    return _kind(known, list(rows), on=on)


def version(key: str, number: int) -> ModelVersion | None:
    return ModelVersion.objects.filter(kind=key, number=number).first()


def _kind(known: Kind, rows: list[ModelVersion], *, on: dt.date) -> KindOfModel:
    published = [row for row in rows if row.valid_from is not None]
    begun = [row for row in published if row.valid_from is not None and row.valid_from <= on]
    return KindOfModel(
        kind=known,
        in_force=max(begun, key=_first, default=None),
        draft=next((row for row in rows if row.published_at is None), None),
        coming=tuple(sorted((row for row in published if row not in begun), key=_first)),
        versions=tuple(published),
    )


def _first(row: ModelVersion) -> tuple[dt.date, int]:
    return row.valid_from or dt.date.max, row.number
