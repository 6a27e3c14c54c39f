"""Whether a piece of news still holds when it is about to leave, and what its reader may read of it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from hemicycle.accounts.models import Agent
from hemicycle.chain.circuit import queries as circuit
from hemicycle.chain.circuit.models import Visa
from hemicycle.chain.drafting import comments
from hemicycle.chain.telling import awaiting, letters, signatories
from hemicycle.chain.telling.keeping import rhythm_of
from hemicycle.chain.telling.kinds import Kind, Rhythm
from hemicycle.chain.telling.models import MailChoices, Notification
from hemicycle.chain.telling.reminders import WRITING
from hemicycle.dossier import access
from hemicycle.dossier.models import Comment, Dossier
from hemicycle.dossier.stages import Stage

AWAITED = frozenset({Kind.VISA, Kind.OPINION_ASKED, Kind.LATE})
#: Domains that no letter reaches: the system's own accounts (RFC 2606).
_NOWHERE = re.compile(r"@([^@]*\.)?invalid$", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is asked of the database once for all the news of a person: eight queries at most."""

    person: Agent
    rhythms: dict[str, str]
    readable: frozenset[UUID]
    #: The steps that wait for the person, in whatever name, and whether the Cabinet holds the dossier there.
    steps: dict[str, bool]
    #: The signatures that wait for the person's order.
    signatures: frozenset[str]
    #: The letters of the préfecture that wait for an answer.
    letters: frozenset[str]
    comments: frozenset[int]
    standing: frozenset[int]
    #: Dossier → the last version on which the person's visa stands, where a text changed after one.
    given: dict[UUID, int]


def known(person: Agent, chosen: MailChoices | None, rows: Sequence[Notification], *, on: dt.date) -> Known:
    visible = access.visible_to(person, on=on, one_by_one=True).filter(pk__in={r.dossier_id for r in rows})
    return Known(
        person=person,
        rhythms=chosen.rhythms if chosen else {},
        readable=frozenset(visible.values_list("pk", flat=True)),
        steps=_steps(person, rows, on=on),
        signatures=signatories.still(person, on=on) if _numbers("signature", rows) else frozenset(),
        letters=letters.still(person, on=on) if _named("letter", rows) else frozenset(),
        comments=frozenset(
            Comment.objects.filter(comments.readable(person, on=on), pk__in=_numbers("comment", rows))
            .exclude(handled_at__isnull=False)
            .exclude(thread__handled_at__isnull=False)
            .values_list("pk", flat=True)
        )
        if _numbers("comment", rows)
        else frozenset(),
        standing=frozenset(
            Visa.objects.filter(pk__in=_numbers("visa", rows), annulled_at=None).values_list("pk", flat=True)
        )
        if _numbers("visa", rows)
        else frozenset(),
        given=_given(person, rows),
    )


def _given(person: Agent, rows: Sequence[Notification]) -> dict[UUID, int]:
    changed = {row.dossier_id for row in rows if row.kind == Kind.TEXT_CHANGED}
    if not changed:
        return {}
    visas = Visa.objects.standing().filter(agent=person, step__run__dossier__in=changed).order_by("version")
    return dict(visas.values_list("step__run__dossier", "version"))


def _steps(person: Agent, rows: Sequence[Notification], *, on: dt.date) -> dict[str, bool]:
    """An absent person's steps are still theirs; whoever stands in has them too (circuit.queries.in_tray)."""
    if not any(row.kind in AWAITED for row in rows):
        return {}
    lines = [line.awaited for line in circuit.in_tray(person, on=on)]
    return {awaiting.subject_of(a.step_id, a.opened_at): a.held_at is not None for a in lines}


def _numbers(what: str, rows: Sequence[Notification]) -> set[int]:
    pairs = (row.subject.split(":") for row in rows)
    return {int(pair[1]) for pair in pairs if pair[0] == what}


def _named(what: str, rows: Sequence[Notification]) -> bool:
    return any(row.subject.startswith(f"{what}:") for row in rows)


def why_not(row: Notification, facts: Known, rows: Sequence[Notification]) -> str:
    """Why the news is not to be written any more, in French; empty: it holds."""
    person, dossier = facts.person, row.dossier
    if not person.is_active:
        return "Le compte de la personne est fermé."
    if not person.email or _NOWHERE.search(person.email):
        return "La personne n’a pas d’adresse électronique."
    if rhythm_of(Kind(row.kind), facts.rhythms) == Rhythm.NEVER:
        return "La personne ne souhaite plus ces courriels."
    if dossier.stage == Stage.WITHDRAWN:
        return "Le dossier est retiré."
    if dossier.pk not in facts.readable:
        return "La personne ne lit plus ce dossier."
    return _overtaken(row, dossier, facts, rows)


def _overtaken(row: Notification, dossier: Dossier, facts: Known, rows: Sequence[Notification]) -> str:
    what, _, number = row.subject.partition(":")
    step = ":".join(row.subject.split(":")[:3])
    if row.kind in AWAITED and step not in facts.steps:
        return "Le visa n’est plus attendu de cette personne : il est donné, ou le dossier est reparti."
    if row.kind == Kind.SIGNATURE and row.subject not in facts.signatures:
        return "La signature n’est plus attendue de cette personne : elle est donnée, ou l’acte est établi autrement."
    if what == "letter" and row.subject not in facts.letters:
        return "Le courrier de la préfecture a reçu sa réponse, ou il est classé."
    if row.kind == Kind.LATE and facts.steps[step]:
        return "Le Cabinet retient le dossier : rien n’est en retard."
    if row.kind in (Kind.VISA, Kind.OPINION_ASKED) and any(
        other.kind == Kind.LATE and other.subject.startswith(f"{step}:") for other in rows
    ):
        return "Le même message le rappelle."
    if row.kind == Kind.TEXT_CHANGED and _newer(row, facts, rows):
        return "La personne a visé une version plus récente, ou le même message le dit d’une autre."
    if row.kind == Kind.SENT_BACK and dossier.stage != Stage.TO_CORRECT:
        return "Le dossier a été soumis de nouveau."
    if row.kind == Kind.DEADLINE and dossier.stage not in WRITING:
        return "Le dossier est prêt."
    if what == "comment" and int(number) not in facts.comments:
        return "Le commentaire est traité, ou la personne ne le lit plus."
    if what == "visa" and int(number) not in facts.standing:
        return "Le visa a été repris ou annulé."
    return ""


def _newer(row: Notification, facts: Known, rows: Sequence[Notification]) -> bool:
    """Whether the visa was given again since, or a later change of the same text is among the news."""
    version = int(row.facts["version"])
    others = (o for o in rows if o.kind == Kind.TEXT_CHANGED and o.dossier_id == row.dossier_id)
    return facts.given.get(row.dossier_id, 0) >= version or any(int(o.facts["version"]) > version for o in others)
