"""French as people write it, for templates: dates, amounts, durations, plurals."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from django import template
from django.utils import timezone

from hemicycle.texts import typography

register = template.Library()

Number = int | Decimal


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


@register.filter
def date_fr(day: date | None) -> str:
    """« jeudi 17 décembre 2026 »; a moment is read at the hour of the département. Nothing for None."""
    if day is None:
        return ""
    return typography.date_fr(_local(day).date() if isinstance(day, datetime) else day)


@register.filter
def datetime_fr(moment: datetime | None) -> str:
    """« jeudi 17 décembre 2026, 14 h 30 », at the hour of the département. Nothing for None."""
    return "" if moment is None else typography.datetime_fr(_local(moment))


@register.filter
def day_fr(day: date | None) -> str:
    """« 17 nov. », for dense lists; with its year when that is not the present one. Nothing for None."""
    if day is None:
        return ""
    here = _local(day).date() if isinstance(day, datetime) else day
    short = short_day(here)
    return short if here.year == timezone.localdate().year else f"{short} {here.year}"


#: Usual abbreviations of the months.
SHORT = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")


def short_day(day: date) -> str:
    """« 12 nov. », « 1er mai »."""
    return f"{'1er' if day.day == 1 else day.day}\u00a0{SHORT[day.month - 1]}"


@register.filter
def amount_fr(euros: Number | None) -> str:
    """« 45 000,00 € ». Nothing for None."""
    return "" if euros is None else typography.amount_fr(Decimal(euros))


@register.filter
def number_fr(number: Number | None) -> str:
    """« 12 345 ». Nothing for None."""
    return "" if number is None else typography.number_fr(number)


@register.filter
def size_fr(octets: int) -> str:
    """« 84 ko », « 2,4 Mo »."""
    if octets < 1024 * 1024:
        return f"{-(-octets // 1024)}\u00a0ko"
    return f"{octets / 1024 / 1024:.1f}\u00a0Mo".replace(".0", "").replace(".", ",")


@register.filter
def of_fr(person: object) -> str:
    """« de Camille », « d’Anne-Sophie »."""
    return typography.of_fr(str(person))


@register.filter
def plural(number: int, words: str) -> str:
    """{{ 3|plural:"dossier,dossiers" }} gives « 3 dossiers »; zero and one are singular in French."""
    one, many = words.split(",")
    return f"{typography.number_fr(number)}\u00a0{many if abs(number) >= 2 else one}"


@register.filter
def ago_fr(moment: datetime | date | None, now: datetime | None = None) -> str:
    """« il y a 2 jours », « hier », « dans 3 jours »: whole days of the calendar, then hours within a day.

    `now` is for pages shown at another date than today (the demonstration). Nothing for None.
    """
    if moment is None:
        return ""
    here = _local(now or timezone.now())
    if not isinstance(moment, datetime):
        return _days_fr((here.date() - moment).days)
    local = _local(moment)
    days = (here.date() - local.date()).days
    return _hours_fr(here - local) if days == 0 else _days_fr(days)


@register.filter
def lasted_fr(elapsed: timedelta | None) -> str:
    """« 3 s », « 4 min », « 2 h », « 5 jours »: how long something took. Nothing for None."""
    if elapsed is None:
        return ""
    seconds = max(int(elapsed.total_seconds()), 0)
    if seconds < 60:
        return f"{seconds}\u00a0s" if seconds else "moins d’une\u00a0s"
    if seconds < 3600:
        return f"{seconds // 60}\u00a0min"
    return f"{seconds // 3600}\u00a0h" if seconds < 172800 else plural(seconds // 86400, "jour,jours")


def _days_fr(days: int) -> str:
    near = {0: "aujourd’hui", 1: "hier", 2: "avant-hier", -1: "demain", -2: "après-demain"}
    if days in near:
        return near[days]
    return f"il y a {_span_fr(days)}" if days > 0 else f"dans {_span_fr(-days)}"


def _span_fr(days: int) -> str:
    if days < 60:
        return f"{days}\u00a0jours"
    return f"{days // 30}\u00a0mois" if days < 730 else f"{days // 365}\u00a0ans"


def _hours_fr(elapsed: timedelta) -> str:
    minutes = int(abs(elapsed).total_seconds() // 60)
    if minutes < 1:
        return "à l’instant"
    span = plural(minutes, "minute,minutes") if minutes < 60 else plural(minutes // 60, "heure,heures")
    return f"il y a {span}" if elapsed >= timedelta(0) else f"dans {span}"
