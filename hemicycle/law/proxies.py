"""Delegations of vote: who may carry whose, and how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from hemicycle.law.rule import Rule
from hemicycle.law.rules import in_force

Fault = Literal["too_many", "to_oneself", "given_twice", "giver_present", "holder_absent", "holder_is_giver"]


@dataclass(frozen=True, kw_only=True)
class Proxy:
    """One member's vote entrusted to another, for one meeting. Names as they are read on a screen."""

    giver: str
    holder: str


@dataclass(frozen=True, kw_only=True)
class ProxyFault:
    """A proxy that cannot be used, and the sentence that says why."""

    proxy: Proxy
    fault: Fault
    sentence: str
    article: str


def proxies_per_holder(on: date) -> Rule:
    """How many proxies one member may hold (L3121-16: one; two in the periods of the health crisis)."""
    return in_force("proxies.per_holder", on)


def proxy_faults(proxies: Sequence[Proxy], *, present: Collection[str], on: date) -> list[ProxyFault]:
    """Every proxy that cannot be used for that meeting, in order; empty when all hold.

    `present`: the members in the room. The proxies that exceed a holder's limit are the last received.
    """
    rule = proxies_per_holder(on)
    givers = Counter(proxy.giver for proxy in proxies)
    held: Counter[str] = Counter()
    faults = []
    for proxy in proxies:
        held[proxy.holder] += 1
        found = _fault(proxy, givers=givers, held=held[proxy.holder], limit=rule.number, present=present)
        if found is not None:
            fault, sentence = found
            faults.append(ProxyFault(proxy=proxy, fault=fault, sentence=sentence, article=rule.article))
    return faults


def _fault(
    proxy: Proxy, *, givers: Counter[str], held: int, limit: int, present: Collection[str]
) -> tuple[Fault, str] | None:
    giver, holder = proxy.giver, proxy.holder
    if giver == holder:
        return "to_oneself", f"{giver} ne peut pas se donner pouvoir ; désignez un autre membre."
    if givers[giver] > 1:
        return "given_twice", f"{giver} a donné plusieurs pouvoirs ; n’en gardez qu’un."
    if giver in present:
        return "giver_present", f"{giver} est en séance : son pouvoir à {holder} est sans objet, retirez-le."
    if holder in givers:
        return (
            "holder_is_giver",
            f"{holder}, qui a donné pouvoir, ne peut pas voter pour {giver} ; désignez un membre présent.",
        )
    if holder not in present:
        return (
            "holder_absent",
            f"{holder} n’est pas en séance et ne peut pas voter pour {giver} ; désignez un membre présent.",
        )
    if held > limit:
        count = "un seul pouvoir" if limit == 1 else f"{limit} pouvoirs au plus"
        return (
            "too_many",
            f"{holder} reçoit {count} : celui de {giver} est en trop, désignez un autre mandataire.",
        )
    return None
