"""The comments of a dossier: who reads each, who may settle it, whom one may call by name, what it bears on."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from hemicycle.accounts.models import Agent, Delegation, Post, Unit
from hemicycle.accounts.rights import rights_of
from hemicycle.dossier import access
from hemicycle.dossier.models import Comment, Dossier, Entitlement
from hemicycle.dossier.refusals import NotEntitled

#: How many names are offered while one types.
OFFERED = 8
_CALLED = re.compile(r"(?<![\w@.])@(?=[^\W\d_])")
_NAME = re.compile(r"[^\W\d_][\w’'-]*")


@dataclass(frozen=True, kw_only=True)
class Thread:
    """A comment and what was answered to it."""

    first: Comment
    replies: tuple[Comment, ...] = ()

    @property
    def open(self) -> bool:
        return self.first.handled_at is None


def readable(agent: Agent, *, on: dt.date) -> Q:
    """The comments, of a dossier already readable, that the agent may read.

    Those said to everyone, the agent's own, those internal to a unit where the agent is or above it.
    """
    return Q(internal_to=None) | Q(author=agent) | Q(internal_to__in=rights_of(agent, on=on).around())


def of(dossier: Dossier, agent: Agent, *, on: dt.date) -> list[Comment]:
    """The comments of the dossier for this reader, oldest first."""
    found = Comment.objects.filter(readable(agent, on=on), dossier=dossier)
    return list(found.select_related("author", "handled_by", "internal_to").order_by("written_at", "pk"))


def threads_of(comments: Iterable[Comment]) -> list[Thread]:
    """The comments as conversations, in the order in which each began."""
    listed = list(comments)
    answers: dict[int, list[Comment]] = {}
    for comment in listed:
        if comment.thread_id is not None:
            answers.setdefault(comment.thread_id, []).append(comment)
    return [Thread(first=c, replies=tuple(answers.get(c.pk, ()))) for c in listed if c.thread_id is None]


def comment(*, comment_id: int, agent: Agent, on: dt.date) -> Comment:
    """One comment, for a reader entitled to its dossier and to it. Raises Comment.DoesNotExist otherwise."""
    found = Comment.objects.filter(readable(agent, on=on), dossier__in=access.visible_to(agent, on=on))
    return found.select_related("dossier", "author").get(pk=comment_id)


def may_settle_all(agent: Agent, dossier: Dossier, *, on: dt.date) -> bool:
    """Whether any comment may be settled by the agent: who writes the dossier, those of its circuit.

    The author of a comment settles it too (`may_settle`).
    """
    if drafts(agent, dossier, on=on):
        return True
    return Dossier.objects.filter(entitled(agent, on=on), pk=dossier.pk).exists()


def entitled(agent: Agent, *, on: dt.date) -> Exists:
    """Whether the circuit brought into the dossier the agent, or someone in whose name the agent acts."""
    people = [agent, *rights_of(agent, on=on).principals("visa")]
    return Exists(Entitlement.objects.filter(dossier=OuterRef("pk"), agent__in=people))


def drafts(agent: Agent, dossier: Dossier, *, on: dt.date) -> bool:
    """Whether the agent writes the dossier, or would if it came back."""
    try:
        return bool(access.require_drafting(agent, dossier, on=on))
    except NotEntitled:
        return False


def may_settle(agent: Agent, said: Comment, *, on: dt.date) -> bool:
    if not access.may_comment(agent, said.dossier, on=on):
        return False
    return said.author_id == agent.pk or may_settle_all(agent, said.dossier, on=on)


def units_of(agent: Agent, dossier: Dossier, *, on: dt.date) -> list[Unit]:
    """The units to which the agent may keep a comment internal: one's own and those above, nearest first."""
    wanted = rights_of(agent, on=on).around()
    # Most who comment are of the dossier's own units, which came with it.
    found = [unit for unit in dossier.unit.lineage() if unit.pk in wanted]
    missing = wanted - {unit.pk for unit in found}
    found += Unit.objects.filter(pk__in=missing).order_by("name") if missing else []
    nearness = {kind: place for place, kind in enumerate(("service", "cabinet", "direction", "pole", "general"))}
    return sorted(found, key=lambda unit: nearness[unit.kind])


def readers_of(dossier: Dossier, *, on: dt.date) -> QuerySet[Agent]:
    """Whoever may have a part in the dossier that day, found from the dossier: offered while one types a name.

    A comfort, not a right: each name is checked against access.may_read when the comment is written.
    """
    lineage = [unit.pk for unit in dossier.unit.lineage()]
    held = Post.objects.on(on).filter(
        Q(role__in=access.READ_ALL - access.LOOKS_ON) | Q(role__in=access.READ_UNIT, unit__in=lineage)
    )
    entitled = Entitlement.objects.filter(dossier=dossier).values("agent")
    substitutes = Delegation.objects.on(on).filter(scope="visa", giver__in=entitled).values("holder")
    people = Q(pk=dossier.drafter_id) | Q(pk__in=entitled) | Q(pk__in=substitutes) | Q(pk__in=held.values("agent"))
    return Agent.objects.filter(people, is_active=True).exclude(first_name="").order_by("last_name", "first_name")


def offered(dossier: Dossier, typed: str, *, on: dt.date) -> list[Agent]:
    """The first readers whose name has every word typed so far."""
    found = readers_of(dossier, on=on)
    for word in typed.split()[:4]:
        found = found.filter(Q(first_name__icontains=word) | Q(last_name__icontains=word))
    return [a for a in found[: 2 * OFFERED] if not dossier.embargo or access.may_read(a, dossier, on=on)][:OFFERED]


@dataclass(frozen=True, kw_only=True)
class Called:
    """A name written after an arobase, and the people it may be."""

    written: str
    people: tuple[Agent, ...]


def called_in(text: str) -> Iterator[Called]:
    """Whom the text calls by « @Prénom Nom », or by the name alone where one person has it."""
    found = list(_CALLED.finditer(text))
    if not found:
        return
    people = list(Agent.objects.filter(is_active=True).order_by("last_name", "first_name"))
    for match in found:
        rest = text[match.end() :].casefold()
        by_name = [a for a in people if _starts(rest, a.full_name) or _starts(rest, a.last_name)]
        longest = max((len(a.full_name) for a in by_name if _starts(rest, a.full_name)), default=0)
        whole = [a for a in by_name if len(a.full_name) == longest and _starts(rest, a.full_name)]
        written = _NAME.match(text[match.end() :])
        yield Called(written=written[0] if written else "", people=tuple(whole or by_name))


def _starts(rest: str, name: str) -> bool:
    name = name.casefold()
    return bool(name) and rest.startswith(name) and not rest[len(name) : len(name) + 1].isalnum()


def bears_on_any(comment: Comment, annexes: Collection[str]) -> bool:
    """Whether it, or the comment it answers, is on a page of one of those annexes (their identifiers)."""
    anchor = (comment.thread or comment).anchor if annexes else {}
    return anchor.get("annex") in annexes
