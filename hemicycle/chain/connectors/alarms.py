"""What the administrators are told: a system that has failed for a while, a certificate whose end comes near."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from hemicycle.accounts.models import Agent
from hemicycle.chain.connectors.events import AlarmRaised, AlarmSettled
from hemicycle.chain.connectors.models import Alarm, Check
from hemicycle.chain.connectors.systems import SYSTEMS, System
from hemicycle.dossier import journal
from hemicycle.dossier.dates import day
from hemicycle.texts import typography

#: A system that fails is tried again before anybody is disturbed: a restart is no failure.
PATIENCE = dt.timedelta(minutes=30)
#: Days before the end of a certificate; 0: it is over.
THRESHOLDS = (0, 7, 30, 60)
#: The authorities that the public page trusts are many and are no affair of every day: shown, not told.
UNTOLD = ("root",)


#: The certificate of a server is renewed by its operator, often in the last weeks: told when that was forgotten.
OF_OTHERS = {"server": (0, 7)}


def reached(not_after: dt.datetime, *, at: dt.datetime, use: str = "client") -> int | None:
    """The nearest threshold that a certificate has come to; None when its end is far."""
    if at >= not_after:
        return 0
    left = (not_after - at).days
    return next((days for days in OF_OTHERS.get(use, THRESHOLDS)[1:] if left < days), None)


def failing_since(system: str) -> dt.datetime | None:
    """When the unbroken run of failures began; None when the last test did not fail."""
    ended = Check.objects.filter(system=system, ended_at__isnull=False)
    good = ended.exclude(outcome=Check.Outcome.FAILED).order_by("-ended_at").first()
    bad = ended.filter(outcome=Check.Outcome.FAILED)
    if good is not None:
        bad = bad.filter(ended_at__gt=good.ended_at)
    first = bad.order_by("ended_at").first()
    return first.ended_at if first else None


def follow(check: Check, *, agent: Agent, at: dt.datetime) -> None:
    """Raise what the test calls for, settle what it shows to be over."""
    if check.outcome == Check.Outcome.FAILED:
        since = failing_since(check.system)
        if since is not None and at - since >= PATIENCE:
            _raise_failing(check, since, agent=agent, at=at)
    else:
        _settle(check.system, kind=Alarm.Kind.FAILING, agent=agent, at=at)
    _follow_certificates(check, agent=agent, at=at)


def _raise_failing(check: Check, since: dt.datetime, *, agent: Agent, at: dt.datetime) -> None:
    if Alarm.objects.filter(system=check.system, kind=Alarm.Kind.FAILING, settled_at=None).exists():
        return
    worst = next(f for f in check.findings if f["outcome"] == Check.Outcome.FAILED)
    name = SYSTEMS[System(check.system)].name
    began = typography.datetime_fr(timezone.localtime(since), weekday=False)
    sentence = f"{name} : en échec depuis le {began}. {worst['sentence']}"
    _raise(check.system, Alarm.Kind.FAILING, "", 0, (sentence, worst["remedy"]), agent=agent, at=at)


def _follow_certificates(check: Check, *, agent: Agent, at: dt.datetime) -> None:
    told = [each for each in check.certificates if each["use"] not in UNTOLD]
    if check.outcome != Check.Outcome.FAILED:
        # What is no longer met was replaced; when the test stopped half-way, nothing is known of it.
        seen = [each["fingerprint"] for each in told]
        _settle(check.system, kind=Alarm.Kind.EXPIRING, agent=agent, at=at, but=seen)
    for each in told:
        _follow_one(check.system, each, agent=agent, at=at)


def _follow_one(system: str, certificate: Mapping[str, Any], *, agent: Agent, at: dt.datetime) -> None:
    ends = dt.datetime.fromisoformat(certificate["not_after"])
    threshold = reached(ends, at=at, use=certificate["use"])
    known = Alarm.objects.filter(system=system, kind=Alarm.Kind.EXPIRING, subject=certificate["fingerprint"])
    if threshold is None or known.filter(threshold__lte=threshold).exists():
        return
    # The one of the threshold before gives way: the page shows a certificate once.
    known.filter(settled_at=None).update(settled_at=at)
    date = typography.date_fr(day(ends), weekday=False)
    name = SYSTEMS[System(system)].name
    when = f"a expiré le {date}" if threshold == 0 else f"expire le {date}, dans moins de {threshold} jours"
    sentence = f"{name} : le certificat « {certificate['subject']} » {when}."
    remedy = "Demandez son renouvellement, puis déposez le nouveau ; l’alerte s’éteint d’elle-même au test suivant."
    _raise(system, Alarm.Kind.EXPIRING, certificate["fingerprint"], threshold, (sentence, remedy), agent=agent, at=at)


def _raise(
    system: str, kind: str, subject: str, threshold: int, words: tuple[str, str], *, agent: Agent, at: dt.datetime
) -> None:
    sentence, remedy = (said[:500] for said in words)
    made = Alarm.objects.create(
        system=system,
        kind=kind,
        subject=subject,
        threshold=threshold,
        sentence=sentence,
        remedy=remedy,
        raised_at=at,
    )
    event = AlarmRaised(alarm=made.pk, system=system, kind=kind, sentence=sentence)
    journal.record(None, event, by=agent, at=at, role="courier")


def _settle(system: str, *, kind: str, agent: Agent, at: dt.datetime, but: Iterable[str] = ()) -> None:
    over = Alarm.objects.filter(system=system, kind=kind, settled_at=None).exclude(subject__in=list(but))
    for alarm in over.order_by("pk"):
        alarm.settled_at = at
        alarm.save(update_fields=["settled_at"])
        event = AlarmSettled(system=system, kind=kind, sentence=alarm.sentence)
        journal.record(None, event, by=agent, at=at, role="courier")
