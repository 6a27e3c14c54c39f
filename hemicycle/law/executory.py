"""When an act becomes executory, and when it enters into force."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from hemicycle.law.calendar import in_french
from hemicycle.law.rule import Certainty, weakest
from hemicycle.law.rules import in_force


@dataclass(frozen=True, kw_only=True)
class Executory:
    """The executory date, or what is still missing."""

    #: None as long as a condition is missing.
    date: dt.date | None
    #: The conditions still awaited, in French: « réception par le représentant de l'État », ...
    missing: tuple[str, ...]
    #: Day from which third parties' term of appeal runs, when known.
    appeal_from: dt.date | None
    article: str
    certainty: Certainty
    explanation: str


@dataclass(frozen=True, kw_only=True)
class EntryIntoForce:
    """The day an act enters into force, kept apart from the executory date."""

    date: dt.date
    article: str
    certainty: Certainty
    explanation: str


#: The name of a condition in French, and the day it was met.
_Condition = tuple[str, dt.date | None]


def executory_date(
    transmitted_on: dt.date | None,
    published_on: dt.date | None,
    notified_on: dt.date | None,
    *,
    transmissible: bool,
    individual: bool,
    on: dt.date,
    posted_on: dt.date | None = None,
    urgent: bool = False,
) -> Executory:
    """The later of reception by the State and publicity (L3131-1, L3131-2).

    `transmitted_on`: reception by the State, not sending. `published_on`: put online (before July 2022,
    printed or published). `notified_on`: individual decisions are notified, never published. `on`: date of
    the act, which decides the regime. `posted_on`: posting, which counts before July 2022 and, since, in
    urgency only.
    """
    rule = in_force("publicity.regime", on)
    old = rule.value == "posting_or_publication"
    if individual:
        publicity = ("notification à l’intéressé", notified_on)
    elif old:
        days = [day for day in (posted_on, published_on) if day]
        publicity = ("affichage ou publication", min(days, default=None))
    elif urgent:
        days = [day for day in (posted_on, published_on) if day]
        publicity = ("affichage", min(days, default=None))
    else:
        publicity = ("mise en ligne", published_on)
    conditions: list[_Condition] = [publicity]
    if transmissible:
        conditions.insert(0, ("réception par le représentant de l’État", transmitted_on))
    certainty: Certainty = "to_verify" if urgent and not old and not individual else rule.certainty
    article = f"{rule.article} ; CGCT, art. L3131-2" if transmissible and not old else rule.article
    appeal_from = published_on if urgent and not old and not individual else publicity[1]
    return _conclude(conditions, article=article, certainty=certainty, appeal_from=appeal_from)


def _conclude(
    conditions: list[_Condition], *, article: str, certainty: Certainty, appeal_from: dt.date | None
) -> Executory:
    missing = tuple(name for name, day in conditions if day is None)
    met = [(name, day) for name, day in conditions if day is not None]
    facts = ", ".join(f"{name} le {in_french(day)}" for name, day in met)
    if missing:
        awaited = " et ".join(missing)
        done = f" (déjà acquis : {facts})" if facts else ""
        sentence = f"Acte non exécutoire : {awaited} en attente{done}."
        concluded = None
    else:
        concluded = max(day for _, day in met)
        sentence = f"Acte exécutoire le {in_french(concluded)} : {facts}."
    return Executory(
        date=concluded,
        missing=missing,
        appeal_from=appeal_from,
        article=article,
        certainty=certainty,
        explanation=sentence,
    )


def entry_into_force(*, executory_on: dt.date, regulatory: bool, stated_on: dt.date | None = None) -> EntryIntoForce:
    """A regulatory act enters into force the day after its publicity, unless it says later (L221-2 CRPA).

    `stated_on`: the day the act itself gives.
    """
    if not regulatory:
        return EntryIntoForce(
            date=executory_on,
            article="CGCT, art. L3131-1 ; CRPA, art. L221-8",
            certainty="confirmed",
            explanation=f"En vigueur le {in_french(executory_on)}, dès son caractère exécutoire.",
        )
    rule = in_force("entry_into_force.regulatory_days", executory_on)
    following = executory_on + dt.timedelta(days=rule.number)
    day = max(stated_on, executory_on) if stated_on else following
    reason = "date fixée par l’acte" if stated_on else "lendemain de l’accomplissement des formalités"
    return EntryIntoForce(
        date=day,
        article=f"{rule.article} ; CGCT, art. L3131-1",
        certainty=weakest(rule.certainty, "to_verify"),
        explanation=f"En vigueur le {in_french(day)} ({reason}).",
    )
