"""Write a comment: on the dossier, on a passage of its texts, on a page of an annex, or in answer to another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from hemicycle.accounts.models import Agent, Unit
from hemicycle.accounts.rights import rights_of
from hemicycle.chain.drafting import comments
from hemicycle.chain.drafting.events import CommentWritten
from hemicycle.chain.drafting.passages import QUOTED, passages_of
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Attachment, Comment, Dossier
from hemicycle.dossier.refusals import ActionRefused, NotEntitled
from hemicycle.texts.typed import several_lines

MAX_COMMENT = 4000
MAX_CALLED = 10
MAX_PAGE = 10_000


class CommentRefused(ActionRefused):
    message = f"Le commentaire est vide ou dépasse {MAX_COMMENT} caractères."


class ThreadGone(ActionRefused):
    message = "Le commentaire auquel vous répondez n’existe pas ; rechargez la page du dossier."


class PassageGone(ActionRefused):
    message = "Le passage que vous commentez vient de changer ; rechargez la page, relisez-le, puis commentez-le."


class NotYourUnit(ActionRefused):
    message = (
        "Un commentaire interne se garde dans votre unité ou dans celles dont elle fait partie ; choisissez-en une."
    )


class CallRefused(ActionRefused):
    """Someone called by a name that is nobody's, or who would not read the comment."""


@transaction.atomic
def write_comment(
    *,
    dossier_id: UUID,
    text: str,
    agent: Agent,
    at: dt.datetime,
    thread_id: int | None = None,
    internal_to_id: int | None = None,
    anchor: Mapping[str, Any] | None = None,
    call: str = "",
) -> Comment:
    """Add a comment, bound to the version on screen; whoever has a part in the dossier may write one.

    `anchor`: {} or None for the dossier; {"text": "report"|"deliberation", "block": rank, "digest": of its words};
    {"annex": id, "page": n}. A reply (`thread_id`) bears on what its thread bears on, read by the same people.
    `call`: the name of someone to call besides those that the text calls by « @Prénom Nom ».
    Raises NotEntitled, CommentRefused, ThreadGone, PassageGone, NotYourUnit, CallRefused.
    """
    dossier = Dossier.objects.locked().get(id=dossier_id)
    if not access.may_comment(agent, dossier, on=day(at)):
        raise NotEntitled(f"{agent.full_name} lit le dossier {dossier.number} sans y prendre part.")
    line = _text(text, call)
    thread = _thread(dossier, thread_id, agent, on=day(at)) if thread_id is not None else None
    unit = thread.internal_to if thread else _unit(internal_to_id, agent, on=day(at))
    bears_on = {} if thread else _anchored(dossier, anchor or {})
    called = _called(line, dossier, unit, on=day(at))

    comment = Comment.objects.create(
        dossier=dossier,
        version=dossier.version,
        author=agent,
        text=line,
        written_at=at,
        thread=thread,
        internal_to=unit,
        anchor=bears_on,
    )
    comment.mentions.set(called)

    event = CommentWritten(
        version=dossier.version,
        text="" if unit else line,
        comment=comment.pk,
        place=place_of(thread.anchor if thread else bears_on),
        answers=thread.pk if thread else 0,
        internal_to=unit.name if unit else "",
    )
    journal.record(dossier, event, by=agent, at=at)
    return comment


def place_of(anchor: Mapping[str, Any]) -> str:
    """« rapport, passage 3 »; empty for the whole dossier."""
    if "text" in anchor:
        return f"{'rapport' if anchor['text'] == 'report' else 'délibération'}, passage {anchor['block'] + 1}"
    if "annex" in anchor:
        return f"annexe « {anchor['title']} », page {anchor['page']}"
    return ""


def _text(text: str, call: str) -> str:
    line = several_lines(text, MAX_COMMENT + 1)
    if not line or len(line) > MAX_COMMENT:
        raise CommentRefused(field="text")
    name = " ".join(call.split()).lstrip("@")
    return line if not name or f"@{name}" in line else f"@{name} {line}"[:MAX_COMMENT]


def _thread(dossier: Dossier, thread_id: int, agent: Agent, *, on: dt.date) -> Comment:
    found = Comment.objects.filter(comments.readable(agent, on=on), dossier=dossier, thread=None)
    thread = found.select_related("internal_to").filter(pk=thread_id).first()
    if thread is None:
        raise ThreadGone
    return thread


def _unit(unit_id: int | None, agent: Agent, *, on: dt.date) -> Unit | None:
    if unit_id is None:
        return None
    if unit_id not in rights_of(agent, on=on).around():
        raise NotYourUnit(field="internal_to")
    return Unit.objects.get(pk=unit_id)


def _anchored(dossier: Dossier, anchor: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of the place: the passage with its words, or the annex with its title."""
    if "annex" in anchor:
        return _on_annex(dossier, anchor)
    if "text" not in anchor:
        return {}
    name = anchor["text"]
    if name not in ("report", "deliberation"):
        raise PassageGone
    # What the reader has on screen: the last version, or the working text for whoever writes it.
    shown = [getattr(dossier, name), *dossier.versions.filter(number=dossier.version).values_list(name, flat=True)]
    for tree in shown:
        for passage in passages_of(tree):
            if passage.text and (passage.rank, passage.digest) == (anchor.get("block"), anchor.get("digest")):
                quote = passage.text[:QUOTED]
                return {"text": name, "block": passage.rank, "digest": passage.digest, "quote": quote}
    raise PassageGone


def _on_annex(dossier: Dossier, anchor: Mapping[str, Any]) -> dict[str, Any]:
    kept = dossier.attachments.filter(kind=Attachment.Kind.ANNEX, removed_at=None)
    try:
        annex = kept.filter(pk=anchor["annex"]).first()
    except (ValidationError, ValueError):
        annex = None
    if annex is None:
        raise PassageGone("L’annexe que vous commentez n’est plus au dossier ; rechargez la page.")
    page, last = anchor.get("page", 1), annex.pages or MAX_PAGE
    if not isinstance(page, int) or not 1 <= page <= last:
        raise PassageGone(f"« {annex.title} » n’a pas de page {page} ; choisissez-en une de 1 à {last}.", field="page")
    return {"annex": str(annex.pk), "page": page, "title": annex.title}


def _called(line: str, dossier: Dossier, unit: Unit | None, *, on: dt.date) -> list[Agent]:
    called: dict[UUID, Agent] = {}
    for name in comments.called_in(line):
        if not name.people:
            raise CallRefused(
                f"« @{name.written} » n’est le nom de personne ici : donnez prénom et nom, ou retirez l’arobase.",
                field="text",
            )
        readers = [person for person in name.people if access.may_read(person, dossier, on=on)]
        if len(readers) > 1 and len({person.full_name for person in readers}) > 1:
            people = ", ".join(person.full_name for person in readers[:4])
            raise CallRefused(f"« @{name.written} » peut être {people} : écrivez le prénom et le nom.", field="text")
        if not readers:
            raise CallRefused(
                f"{name.people[0].full_name} ne lit pas ce dossier : retirez son nom du commentaire.", field="text"
            )
        called |= {person.pk: person for person in readers}
    for person in called.values():
        if unit and unit.pk not in rights_of(person, on=on).around():
            raise CallRefused(
                f"{person.full_name} n’est pas de « {unit.name} » et ne lirait pas ce commentaire interne : retirez "
                "son nom, ou écrivez pour tous.",
                field="text",
            )
    if len(called) > MAX_CALLED:
        raise CallRefused(f"Un commentaire appelle au plus {MAX_CALLED} personnes.", field="text")
    return list(called.values())
