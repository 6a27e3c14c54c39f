"""A gesture in a courier's hands: lease, do, mark, as the outbox does of an errand (dossier/outbox.py)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q, QuerySet

from hemicycle.chain.signing import codes
from hemicycle.chain.signing.models import SigningGesture
from hemicycle.dossier import outbox


@dataclass(frozen=True, kw_only=True)
class Held:
    """A gesture that this courier may carry now."""

    id: int | None
    #: What the signatory typed; no longer kept anywhere else.
    codes: dict[str, str] = field(default_factory=dict, repr=False)
    #: Codes were typed and may serve no more: taken before a crash, or not taken in time.
    spent: bool = False


@dataclass(frozen=True, kw_only=True)
class Busy:
    """Another courier carries it, or it waits for another try."""

    seconds: float
    why: str


@transaction.atomic
def take(gesture_id: int | None, *, now: dt.datetime) -> Held | Busy:
    """Lease the gesture and take its codes out: a code that may have been given is never given twice."""
    if gesture_id is None:
        return Held(id=None)
    row = SigningGesture.objects.select_for_update().get(pk=gesture_id)
    if row.leased_until is not None and row.leased_until > now:
        return Busy(seconds=min(30.0, max(1.0, (row.leased_until - now).total_seconds())), why=row.delay)
    typed = codes.unseal(bytes(row.sealed_codes)) if row.codes_until and row.codes_until >= now else {}
    row.leased_until, row.delay, row.sealed_codes = now + outbox.lease(), "", b""
    row.save(update_fields=["leased_until", "delay", "sealed_codes"])
    return Held(id=row.pk, codes=typed, spent=row.codes_until is not None and not typed)


def hold(held: Held, *, now: dt.datetime) -> None:
    """Still at work on it."""
    _rows(held).update(leased_until=now + outbox.lease())


def release(held: Held) -> None:
    """Carried as far as could be; whatever is left is free."""
    _rows(held).update(leased_until=None)


def put_off(held: Held, *, until: dt.datetime, why: str) -> None:
    """The outside is silent: nobody asks before `until`. The codes, which did not serve, are put back."""
    _rows(held).update(leased_until=until, delay=why[:500], sealed_codes=codes.seal(held.codes))


def forget_codes(*, now: dt.datetime) -> int:
    """Those that no courier took in time. Returns how many gestures had some."""
    late = SigningGesture.objects.filter(codes_until__lt=now).filter(~Q(sealed_codes=b""))
    return late.update(sealed_codes=b"")


def _rows(held: Held) -> QuerySet[SigningGesture]:
    return SigningGesture.objects.filter(pk__in=[held.id] if held.id is not None else [])
