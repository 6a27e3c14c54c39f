"""From an entry of the journal to the people whom it concerns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.circuit.models import Visa
from hemicycle.chain.telling import awaiting, letters, signatories
from hemicycle.chain.telling.kinds import Kind
from hemicycle.chain.telling.news import News
from hemicycle.chain.transmission.cancelling import DECIDERS
from hemicycle.dossier.models import Comment, Dossier, JournalEntry

Source = Callable[[JournalEntry, Dossier, dt.date], list[News]]


def news_of(entry: JournalEntry, *, on: dt.date) -> list[News]:
    """What the entry says to each, the most telling first; one's own acts are no news."""
    if entry.event == "circuit.absence_declared":
        return awaiting.for_stand_ins(on=on)
    source = SOURCES.get(entry.event)
    if source is None or entry.dossier is None:
        return []
    found = source(entry, entry.dossier, on)
    authors = {entry.actor_id, _principal(entry)}
    return [news for news in found if news.agent.is_active and str(news.agent.pk) not in map(str, authors)]


def _principal(entry: JournalEntry) -> str:
    principal = entry.sealed.get("on_behalf_of")
    return str(principal["id"]) if principal else ""


def _facts(entry: JournalEntry) -> dict[str, object]:
    kept = (
        "step",
        "version",
        "reason",
        "remark",
        "reserved",
        "adopted",
        "number",
        "detail",
        "text",
        "question",
        "title",
        "file",
    )
    facts = {name: entry.sealed["facts"][name] for name in kept if name in entry.sealed["facts"]}
    return {"event": entry.event, "who": entry.sealed["actor"]["name"], **facts}


def _to_drafter(kind: Kind) -> Source:
    def source(entry: JournalEntry, dossier: Dossier, _on: dt.date) -> list[News]:
        subject = f"entry:{entry.n}"
        return [News(agent=dossier.drafter, kind=kind, subject=subject, dossier=dossier, facts=_facts(entry))]

    return source


def _moved(entry: JournalEntry, dossier: Dossier, on: dt.date) -> list[News]:
    """The steps that the event opened."""
    return awaiting.opened(dossier, on=on, since=entry.at)


def _reopened(_entry: JournalEntry, dossier: Dossier, on: dt.date) -> list[News]:
    """Every step now open: those told of it already are not told again."""
    return awaiting.opened(dossier, on=on)


def _said(entry: JournalEntry, dossier: Dossier, on: dt.date) -> list[News]:
    """A visa: to those awaited next, and to the drafter."""
    visa = Visa.objects.filter(step__run__dossier=dossier, agent=entry.actor, given_at=entry.at).order_by("pk").last()
    subject = f"visa:{visa.pk}" if visa else f"entry:{entry.n}"
    told = News(agent=dossier.drafter, kind=Kind.PROGRESS, subject=subject, dossier=dossier, facts=_facts(entry))
    return [*_moved(entry, dossier, on), told]


def _submitted(entry: JournalEntry, dossier: Dossier, on: dt.date) -> list[News]:
    return _and_changed(entry, dossier, _moved(entry, dossier, on))


def _amended(entry: JournalEntry, dossier: Dossier, on: dt.date) -> list[News]:
    own = News(
        agent=dossier.drafter, kind=Kind.PROGRESS, subject=f"entry:{entry.n}", dossier=dossier, facts=_facts(entry)
    )
    return [*_and_changed(entry, dossier, _moved(entry, dossier, on)), own]


def _and_changed(entry: JournalEntry, dossier: Dossier, awaited: list[News]) -> list[News]:
    """Those who gave their visa on an older text; whoever is asked for it again now is told only that."""
    version = entry.sealed["facts"]["version"]
    digest = entry.sealed["facts"].get("digest", "")
    older = Visa.objects.standing().filter(step__run__dossier=dossier, version__lt=version).exclude(digest=digest)
    asked = {news.agent.pk for news in awaited}
    changed: dict[object, News] = {}
    for visa in older.select_related("agent", "step").order_by("-version", "pk"):
        if visa.agent_id not in asked:
            facts = {"step": visa.step.label, "given_on": visa.version, "version": version}
            facts |= {"who": entry.sealed["actor"]["name"], "again": visa.step.again_after_edit}
            subject = f"text:{dossier.pk}:{version}"
            changed.setdefault(
                visa.agent_id,
                News(agent=visa.agent, kind=Kind.TEXT_CHANGED, subject=subject, dossier=dossier, facts=facts),
            )
    return [*awaited, *changed.values()]


def _advised(entry: JournalEntry, dossier: Dossier, on: dt.date) -> list[News]:
    """An opinion: to who asked for it, for whom the dossier waits again; told once."""
    visa = Visa.objects.filter(step__run__dossier=dossier, agent=entry.actor, given_at=entry.at).order_by("pk").last()
    awaited = _moved(entry, dossier, on)
    asker = visa.step.asked_by if visa else None
    if visa is None or asker is None:
        return awaited
    told = News(agent=asker, kind=Kind.OPINION_GIVEN, subject=f"visa:{visa.pk}", dossier=dossier, facts=_facts(entry))
    return [told, *(news for news in awaited if news.agent.pk != asker.pk)]


def _back_to(entry: JournalEntry, dossier: Dossier, on: dt.date) -> list[News]:
    return [*_moved(entry, dossier, on), *_to_drafter(Kind.PROGRESS)(entry, dossier, on)]


def _commented(entry: JournalEntry, dossier: Dossier, _on: dt.date) -> list[News]:
    """Those called, those answered, the drafter: each once. Who may not read it is left out later."""
    said = Comment.objects.filter(pk=entry.sealed["facts"].get("comment") or 0).select_related("thread__author").first()
    if said is None:
        return []
    called: dict[object, Agent] = {a.pk: a for a in said.mentions.order_by("pk")}
    answered: dict[object, Agent] = {}
    if said.thread is not None:
        earlier = Comment.objects.filter(thread=said.thread, pk__lt=said.pk).select_related("author").order_by("pk")
        answered = {c.author_id: c.author for c in (said.thread, *earlier)}
    facts = {"who": entry.sealed["actor"]["name"], "place": entry.sealed["facts"].get("place", "")}
    subject = f"comment:{said.pk}"

    def told(agent: Agent, kind: Kind, how: str) -> News:
        return News(agent=agent, kind=kind, subject=subject, dossier=dossier, facts={**facts, "how": how})

    found = [told(agent, Kind.CALLED, "called") for agent in called.values()]
    found += [told(agent, Kind.CALLED, "answered") for pk, agent in answered.items() if pk not in called]
    if dossier.drafter_id not in called and dossier.drafter_id not in answered:
        found.append(told(dossier.drafter, Kind.COMMENT, ""))
    return found


def _to_office(entry: JournalEntry, dossier: Dossier, on: dt.date) -> list[News]:
    """To the service des assemblées, who calls the préfecture."""
    subject = f"entry:{entry.n}"
    return [
        News(agent=agent, kind=Kind.FATE, subject=subject, dossier=dossier, facts=_facts(entry))
        for agent in accounts.holders(Role.ASSEMBLY_OFFICE, on=on)
    ]


def _turn(_entry: JournalEntry, dossier: Dossier, _on: dt.date) -> list[News]:
    """The one whose turn it is to sign: the first, the next, or the delegate."""
    return signatories.awaited(dossier)


def _to_deciders(entry: JournalEntry, dossier: Dossier, on: dt.date) -> list[News]:
    """To those who may agree to a cancellation: never to whoever asks for it."""
    people = [agent for role in DECIDERS for agent in accounts.holders(role, on=on)]
    subject = f"entry:{entry.n}"
    return [
        News(agent=agent, kind=Kind.FATE, subject=subject, dossier=dossier, facts=_facts(entry))
        for agent in {agent.pk: agent for agent in people}.values()
    ]


def _to_office_and_drafter(entry: JournalEntry, dossier: Dossier, on: dt.date) -> list[News]:
    told = [*_to_office(entry, dossier, on), *_to_drafter(Kind.FATE)(entry, dossier, on)]
    return list({news.agent.pk: news for news in told}.values())


SOURCES: dict[str, Source] = {
    "circuit.submitted": _submitted,
    "circuit.visa_given": _said,
    "circuit.amended": _amended,
    "circuit.sent_back": _to_drafter(Kind.SENT_BACK),
    "circuit.sent_back_to": _back_to,
    "circuit.completed": _to_drafter(Kind.PROGRESS),
    "circuit.opinion_asked": _moved,
    "circuit.opinion_given": _advised,
    "circuit.passed_on": _back_to,
    "circuit.validated_in_emergency": _to_drafter(Kind.PROGRESS),
    "circuit.visa_taken_back": _back_to,
    "circuit.released": _reopened,
    "circuit.step_reassigned": _reopened,
    "drafting.comment_written": _commented,
    "drafting.annex_infected": _to_drafter(Kind.INFECTED),
    "sitting.vote_recorded": _to_drafter(Kind.FATE),
    "sitting.decision_taken": _to_drafter(Kind.FATE),
    "sitting.item_adjourned": _to_drafter(Kind.FATE),
    "signing.act_drawn_up": _turn,
    "signing.signature_entrusted": _turn,
    "signing.signature_added": _turn,
    "signing.signature_recorded": _to_drafter(Kind.FATE),
    "signing.signature_refused": _to_drafter(Kind.FATE),
    "transmission.acknowledgement_recorded": _to_drafter(Kind.FATE),
    "transmission.anomaly_recorded": _to_drafter(Kind.FATE),
    "transmission.answer_missing": _to_office,
    "correspondence.letter_received": letters.received,
    "correspondence.reply_prepared": letters.prepared,
    "correspondence.reply_deposited": _to_drafter(Kind.FATE),
    "correspondence.reply_refused": letters.refused,
    "transmission.cancellation_asked": _to_deciders,
    "transmission.cancellation_declined": _to_office,
    "transmission.cancellation_refused": _to_office,
    "transmission.cancelled": _to_office_and_drafter,
    "publication.notified": _to_drafter(Kind.FATE),
    "distribution.returned_to_direction": _to_drafter(Kind.FATE),
}
#: What the couriers bring here.
EVENTS = (*SOURCES, "circuit.absence_declared")
