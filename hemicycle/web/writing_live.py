"""What the editor asks while one writes: to save, to hold the pen, to compare, to clean what is pasted; in JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse, JsonResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST

from hemicycle.chain.drafting import faults, leases
from hemicycle.chain.drafting.actions.give_lease_back import give_lease_back
from hemicycle.chain.drafting.actions.renew_lease import renew_lease
from hemicycle.chain.drafting.actions.save_text import EMPTY, TextMoved, save_text
from hemicycle.chain.drafting.actions.take_lease import take_lease
from hemicycle.chain.drafting.actions.take_over_lease import take_over_lease
from hemicycle.chain.drafting.leases import LeaseLost, TextHeld, Writer
from hemicycle.dossier import access
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.texts.articles import renumbered
from hemicycle.texts.inline import NBSP
from hemicycle.texts.paste import from_clipboard
from hemicycle.texts.refusal import TextRefused
from hemicycle.texts.structure import read_deliberation
from hemicycle.texts.tree import Doc, clean, digest
from hemicycle.web.access import SignedIn, found, signed_in
from hemicycle.web.changes import text_change

TOO_BIG = (
    "Ce qui est envoyé dépasse 12 Mo et n’a pas été reçu : collez le texte en plusieurs fois, ou importez le fichier."
)
UNREADABLE = "Ce qui a été envoyé est illisible ; rechargez la page, votre texte y est gardé."


class NotUnderstood(Exception):
    """The request is no JSON object; str() is the sentence to answer."""


@signed_in
@require_POST
def save(request: SignedIn, dossier_id: UUID, text: str) -> HttpResponse:
    dossier = _dossier(request, dossier_id)
    at = timezone.now()
    try:
        sent = _sent(request)
        content, base = sent.get("content"), str(sent.get("base") or "inconnue")
        before = _saved(dossier, text)
        saved = save_text(
            dossier_id=dossier.id, text=text, content=content, base=base, lease=_token(sent), agent=request.user, at=at
        )
    except NotUnderstood as refusal:
        return _refused(refusal, status=413 if str(refusal) == TOO_BIG else 400)
    except TextMoved as refusal:
        return _refused(refusal, reason="moved", **_other(refusal.saved, content))
    except TextHeld as refusal:
        return _refused(refusal, reason="held", writer=_shown(refusal.writer))
    except ActionRefused as refusal:
        return _refused(refusal)
    tree = clean(getattr(saved, text))
    local = timezone.localtime(at)
    answer = {
        "base": digest(tree),
        "saved": f"{local.hour}{NBSP}h{NBSP}{local:%M}",
        "problems": problems_of(tree, text),
        # What the numbering of the articles changed comes back to the page, and is told.
        "content": tree if digest(tree) != digest(clean(content)) else None,
        "changes": list(renumbered(clean(content), before).changes) if text == "deliberation" else [],
    }
    return JsonResponse(answer)


@signed_in
@require_POST
def hold(request: SignedIn, dossier_id: UUID, text: str) -> HttpResponse:
    """Take, renew, give back or take over the lease, or only look who has it."""
    dossier = _dossier(request, dossier_id)
    try:
        sent = _sent(request)
        token = _held(request, dossier, text, sent)
    except NotUnderstood as refusal:
        return _refused(refusal, status=400)
    except (TextHeld, LeaseLost) as refusal:
        # An answer and no failure: the browser's console stays quiet.
        told = {"lease": None, "writer": _shown(refusal.writer), **_if_moved(dossier, text, sent)}
        return _refused(refusal, reason="held", status=200, **told)
    except ActionRefused as refusal:
        return _refused(refusal)
    writer = None if token else leases.writer_now(dossier, text, request.user, at=timezone.now())
    mine = {"lease": str(token) if token else None, "writer": _shown(writer)}
    return JsonResponse(mine | _if_moved(dossier, text, sent))


def _held(request: SignedIn, dossier: Dossier, text: str, sent: dict[str, Any]) -> UUID | None:
    """The token of the lease that the tab now has, if any."""
    facts: dict[str, Any] = {"dossier_id": dossier.id, "text": text, "agent": request.user, "at": timezone.now()}
    token = _token(sent)
    match sent.get("do"):
        case "take":
            return take_lease(**facts, token=token).token
        case "take_over":
            return take_over_lease(**facts).token
        case "renew" if token:
            return renew_lease(**facts, token=token).token
        case "give_back" if token:
            give_lease_back(**facts, token=token)
    return None


@signed_in
@require_POST
def differences(request: SignedIn, dossier_id: UUID, text: str) -> HttpResponse:
    """What the text sent would change in the one saved, to be read before choosing."""
    dossier = _dossier(request, dossier_id)
    try:
        sent = _sent(request)
        mine = clean(sent.get("content"))
    except (NotUnderstood, TextRefused) as refusal:
        return _refused(refusal)
    return JsonResponse(_other(_saved(dossier, text), mine))


@signed_in
@require_POST
def paste(request: SignedIn, dossier_id: UUID) -> HttpResponse:
    """The HTML of a clipboard as blocks of ours; nothing is kept of it."""
    _dossier(request, dossier_id)
    try:
        pasted = from_clipboard(str(_sent(request).get("html") or ""))
    except (NotUnderstood, TextRefused) as refusal:
        return _refused(refusal)
    return JsonResponse({"content": pasted.doc["content"], "notes": list(pasted.notes)})


def problems_of(tree: Doc, text: str) -> list[str]:
    """What is missing or doubtful: in the parts of a deliberation, then in what would be printed of either text."""
    if not tree["content"]:
        return []
    parts = list(read_deliberation(tree).problems) if text == "deliberation" else []
    return parts + [fault.sentence for fault in faults.of_tree(tree, "Le texte", text)]


def _dossier(request: SignedIn, dossier_id: UUID) -> Dossier:
    readable = access.visible_to(request.user, on=timezone.localdate(), one_by_one=True)
    return found(readable.get, id=dossier_id)


def _sent(request: SignedIn) -> dict[str, Any]:
    """The JSON object of the request, or the fields of a form. Raises NotUnderstood."""
    if request.content_type != "application/json":
        return {name: _field(name, str(value)) for name, value in request.POST.items()}
    try:
        sent = json.loads(request.body)
    except RequestDataTooBig as refusal:
        raise NotUnderstood(TOO_BIG) from refusal
    except (ValueError, RecursionError) as refusal:
        raise NotUnderstood(UNREADABLE) from refusal
    if not isinstance(sent, dict):
        raise NotUnderstood(UNREADABLE)
    return sent


def _field(name: str, value: str) -> Any:
    if name != "content":
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError) as refusal:
        raise NotUnderstood(UNREADABLE) from refusal


def _token(sent: dict[str, Any]) -> UUID | None:
    try:
        return UUID(str(sent["lease"])) if sent.get("lease") else None
    except ValueError as refusal:
        raise NotUnderstood(UNREADABLE) from refusal


def _saved(dossier: Dossier, text: str) -> Doc:
    return clean(getattr(Dossier.objects.get(id=dossier.id), text) or EMPTY)


def _if_moved(dossier: Dossier, text: str, sent: dict[str, Any]) -> dict[str, Any]:
    """The text as saved, when it is no longer the one that the page shows."""
    tree = _saved(dossier, text)
    return {"base": digest(tree), "content": tree if digest(tree) != sent.get("base") else None}


def _other(saved: Doc, mine: Any) -> dict[str, Any]:
    change = text_change("", saved, mine)
    shown = {"summary": change.summary, "html": change.html} if change is not None else {"summary": "", "html": ""}
    return {"base": digest(saved), "content": saved, "same": change is None, **shown}


def _shown(writer: Writer | None) -> dict[str, Any] | None:
    return None if writer is None else asdict(writer)


def _refused(refusal: Exception, *, reason: str = "refused", status: int = 409, **more: Any) -> JsonResponse:
    return JsonResponse({"reason": reason, "sentence": str(refusal), **more}, status=status)


urls = [
    path("dossiers/<uuid:dossier_id>/coller", paste, name="paste"),
    *(
        path(f"dossiers/<uuid:dossier_id>/{word}/{end}", view, {"text": text}, name=f"{name}_{text}")
        for word, text in (("rapport", "report"), ("deliberation", "deliberation"))
        for end, view, name in (
            ("enregistrer", save, "save"),
            ("main", hold, "hold"),
            ("differences", differences, "differences"),
        )
    ),
]
