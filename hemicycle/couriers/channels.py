"""The way to the préfecture, chosen by the address alone: S²LOW, Stela, or straight to the ministry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from hemicycle.accounts import queries as accounts
from hemicycle.chain.transmission.outgoing import contact_of, emitter_of
from hemicycle.gateways.mail.reading import ImapBox, place_of
from hemicycle.gateways.prefecture.client import S2lowClient, Tdt
from hemicycle.gateways.prefecture.direct import DirectClient, Operator
from hemicycle.gateways.prefecture.direct_returns import Returns, Trust
from hemicycle.gateways.prefecture.ledger import Ledger
from hemicycle.gateways.prefecture.line import Line
from hemicycle.gateways.prefecture.stela import StelaClient

Clock = Callable[[], dt.datetime]


class Channel(Tdt, Protocol):
    """A TdT whose connections are closed after use."""

    def close(self) -> None: ...


def channel_of_settings(clock: Clock = timezone.now) -> Channel:
    """`https://…` is S²LOW, `stela+https://…` Stela, `direct+https://…` the ministry; nothing is contacted here.

    Raises ImproperlyConfigured.
    """
    scheme, separator, rest = settings.TDT_URL.partition("://")
    name, plus, transport = scheme.rpartition("+")
    build = _BUILDERS.get(name)
    if build is None:
        raise ImproperlyConfigured(
            f"HEMICYCLE_TDT_URL commence par « {name[:20]}+ » : écrivez https://…, stela+https://… ou direct+https://…."
        )
    return build(f"{transport if plus else scheme}{separator}{rest}", clock)


def _shown() -> dict[str, Any]:
    """The certificate that we show."""
    files = {"certificate": settings.TDT_CERTIFICATE, "key": settings.TDT_KEY}
    return {name: Path(file) if file else None for name, file in files.items()}


def _s2low(url: str, _: Clock) -> Channel:
    return S2lowClient(url, login=settings.TDT_LOGIN, password=settings.TDT_PASSWORD, **_shown())


def _stela(url: str, _: Clock) -> Channel:
    return StelaClient(url, **_shown())


def _direct(url: str, clock: Clock) -> Channel:
    ledger = Ledger(settings.TDT_LEDGER)
    try:
        box = ImapBox(settings.TDT_RETURNS, settings.TDT_RETURNS_PASSWORD)
    except ValueError as nonsense:
        raise ImproperlyConfigured(f"HEMICYCLE_TDT_RETURNS : {nonsense}") from None
    senders = tuple(each.strip() for each in settings.TDT_RETURNS_SENDERS.split(",") if each.strip())
    line = Line(url, who="Le ministère", login=settings.TDT_LOGIN, password=settings.TDT_PASSWORD, **_shown())
    return DirectClient(
        line,
        returns=Returns(box, ledger, trust=Trust(senders=senders)),
        ledger=ledger,
        operator=_operator,
        clock=lambda: timezone.localtime(clock()),
    )


def _operator() -> Operator:
    authority = accounts.authority()
    trigramme, _, quadrigramme = settings.TDT_OPERATOR.partition("-")
    place = place_of(settings.TDT_RETURNS)
    return Operator(
        emitter=emitter_of(authority),
        contact=contact_of(authority),
        return_address=place.user if "@" in place.user else f"{place.user}@{place.host}",
        trigramme=trigramme,
        quadrigramme=quadrigramme,
    )


_BUILDERS: dict[str, Callable[[str, Clock], Channel]] = {"": _s2low, "stela": _stela, "direct": _direct}
