"""Who is writing a text now: one lease per text, of one tab of one person, which its pings keep alive."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from hemicycle.accounts.models import Agent
from hemicycle.chain.drafting.models import Lease
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.texts.inline import NBSP
from hemicycle.texts.typography import datetime_fr

#: How long a lease lasts without a sign of its tab.
SPAN = dt.timedelta(minutes=2)


@dataclass(frozen=True, kw_only=True)
class Writer:
    """Who is writing a text, as somebody else is told."""

    name: str
    #: The same person, in another tab.
    oneself: bool
    #: Who writes since when, and what may be done.
    sentence: str


class TextHeld(ActionRefused):
    """Another person, or another tab of the same, is writing the text now."""

    def __init__(self, lease: Lease, agent: Agent, *, at: dt.datetime) -> None:
        self.writer = _writer(lease, agent, at=at)
        super().__init__(self.writer.sentence)


class LeaseLost(ActionRefused):
    """The lease that the tab had is no longer its own; `writer` has it now, None when nobody writes."""

    def __init__(self, lease: Lease | None, agent: Agent, *, at: dt.datetime) -> None:
        self.writer = None if lease is None else _writer(lease, agent, at=at)
        super().__init__(_lost(lease, agent, at))


def writer_now(dossier: Dossier, text: str, agent: Agent, *, at: dt.datetime) -> Writer | None:
    """Who is writing the text at that moment, as the agent is told; None when nobody is."""
    lease = alive(dossier, text, at=at)
    return None if lease is None else _writer(lease, agent, at=at)


def _writer(lease: Lease, agent: Agent, *, at: dt.datetime) -> Writer:
    when, oneself = since(lease, at=at), lease.agent_id == agent.pk
    sentence = (
        f"Vous écrivez déjà ce texte dans un autre onglet depuis {when} ; continuez là-bas, ou écrivez ici."
        if oneself
        else f"{lease.agent.full_name} écrit ce texte depuis {when} ; lisez-le, ou prenez la main."
    )
    return Writer(name=lease.agent.full_name, oneself=oneself, sentence=sentence)


def _lost(lease: Lease | None, agent: Agent, at: dt.datetime) -> str:
    if lease is None:
        return "Vous n’avez plus la main sur ce texte ; reprenez-la pour continuer d’écrire."
    when = since(lease, at=at)
    if lease.agent_id == agent.pk:
        return f"Vous écrivez ce texte dans un autre onglet depuis {when} ; cet onglet le montre seulement."
    return f"{lease.agent.full_name} a pris la main à {when} ; cette page montre le texte sans le modifier."


def since(lease: Lease, *, at: dt.datetime) -> str:
    """« 14 h 02 », or the whole date when it was another day."""
    taken = timezone.localtime(lease.taken_at)
    if day(at) == taken.date():
        return f"{taken.hour}{NBSP}h{NBSP}{taken:%M}"
    return f"le {datetime_fr(taken)}"


def current(dossier: Dossier, text: str) -> Lease | None:
    """The lease of the text, alive or not."""
    return Lease.objects.select_related("agent").filter(dossier=dossier, text=text).first()


def alive(dossier: Dossier, text: str, *, at: dt.datetime) -> Lease | None:
    """The lease of whoever is writing the text at that moment."""
    lease = current(dossier, text)
    return lease if lease is not None and lease.ends_at > at else None


def require_free(dossier: Dossier, text: str, agent: Agent, *, at: dt.datetime, token: UUID | None = None) -> None:
    """Nobody else is writing the text. Raises TextHeld.

    With a token, any other tab is somebody else; without one (a form, an import), only another person is.
    """
    lease = alive(dossier, text, at=at)
    if lease is None or lease.token == token:
        return
    if token is not None or lease.agent_id != agent.pk:
        raise TextHeld(lease, agent, at=at)


def hold(dossier: Dossier, text: str, agent: Agent, *, at: dt.datetime, token: UUID) -> Lease:
    """The lease of that tab from now on: prolonged when it was already its own, begun otherwise."""
    lease = current(dossier, text)
    if lease is None:
        lease = Lease(dossier=dossier, text=text)
    if lease.token != token or lease.agent_id != agent.pk or lease.pk is None:
        lease.agent, lease.token, lease.taken_at = agent, token, at
    lease.ends_at = at + SPAN
    lease.save()
    return lease
