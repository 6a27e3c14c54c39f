"""Freezing the texts: what a visa is bound to is a version and its digest."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

from hemicycle.accounts.models import Agent
from hemicycle.dossier import attachments, companions
from hemicycle.dossier.models import Dossier, Version


def freeze(dossier: Dossier, *, by: Agent, at: dt.datetime, reason: str = "") -> Version:
    """Make the next version out of the working texts, the fields and the annexes; in the caller's transaction.

    The companions of a lead are frozen first, each as its own version where it changed: the lead's digest covers
    theirs, so that a visa given on the lead binds to every deliberation of the report.
    """
    followers = [_frozen(companion, by=by, at=at, reason=reason) for companion in companions.of(dossier)]
    content = _content(dossier)
    if followers:
        content["fields"]["companions"] = [_told(v.dossier, v.fields["amount"], v.digest) for v in followers]
    return _write(dossier, content, by=by, at=at, reason=reason)


def working(dossier: Dossier, *, at: dt.datetime) -> Version:
    """The working texts in the shape of the next version, unsaved: to be compared, never to be given a visa."""
    content = _content(dossier)
    followers = [(companion, _content(companion)) for companion in companions.of(dossier)]
    if followers:
        content["fields"]["companions"] = [_told(c, told["fields"]["amount"], digest_of(told)) for c, told in followers]
    return Version(dossier=dossier, number=dossier.version + 1, author=dossier.drafter, made_at=at, **content)


def _told(companion: Dossier, amount: str | None, digest: str) -> dict[str, Any]:
    return {"number": companion.number, "object": companion.object, "amount": amount, "digest": digest}


def _frozen(companion: Dossier, *, by: Agent, at: dt.datetime, reason: str) -> Version:
    """The companion's present version, a new one when anything in it has changed."""
    content = _content(companion)
    if companion.version:
        present = current(companion)
        if present.digest == digest_of(content):
            return present
    return _write(companion, content, by=by, at=at, reason=reason)


def _content(dossier: Dossier) -> dict[str, Any]:
    annexes = [
        {
            "title": a.title,
            "sha256": a.sha256,
            "name": a.name,
            "media_type": a.media_type,
            "order": a.order,
            "to_control": a.to_control,
            # Said only where they are not what every annex is: digests of older versions stay what they were.
            **({"confidential": True} if a.confidential else {}),
            **({} if a.in_booklet else {"in_booklet": False}),
        }
        for a in attachments.annexes_of(dossier)
    ]
    return {
        "report": dossier.report,
        "deliberation": dossier.deliberation,
        "fields": fields_of(dossier),
        "annexes": annexes,
    }


def _write(dossier: Dossier, content: dict[str, Any], *, by: Agent, at: dt.datetime, reason: str) -> Version:
    version = Version.objects.create(
        dossier=dossier,
        number=dossier.version + 1,
        digest=digest_of(content),
        author=by,
        made_at=at,
        reason=reason,
        **content,
    )
    dossier.version = version.number
    dossier.save(update_fields=["version"])
    return version


def fields_of(dossier: Dossier) -> dict[str, Any]:
    """The fields that a version keeps, as plain JSON; those that the dossier does not use are left out."""
    used = {
        "act_type": dossier.act_type.name if dossier.act_type else None,
        "extra": dossier.extra or None,
        "lead": dossier.lead.number if dossier.lead else None,
    }
    return {name: value for name, value in used.items() if value is not None} | {
        "object": dossier.object,
        "body": dossier.body,
        "nature": dossier.nature,
        "subject_code": dossier.subject_code,
        "theme": dossier.theme,
        "amount": f"{dossier.amount:f}" if dossier.amount is not None else None,
        "rapporteur": str(dossier.rapporteur) if dossier.rapporteur else None,
        "unit": dossier.unit.name,
        "target_date": dossier.target_date.isoformat() if dossier.target_date else None,
    }


def digest_of(content: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON of a version's content."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def current(dossier: Dossier) -> Version:
    """The last version. Raises Version.DoesNotExist before the first submission."""
    return Version.objects.select_related("author", "dossier").get(dossier=dossier, number=dossier.version)
