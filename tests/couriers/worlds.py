"""The outside world in memory, and errands to carry in it."""

from __future__ import annotations

from typing import Any

from hemicycle.couriers.world import World
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.outbox import Task
from hemicycle.gateways.antivirus.fake import FakeAntivirus
from hemicycle.gateways.archive.fake import FakeArchive
from hemicycle.gateways.mail.fake import FakePost
from hemicycle.gateways.prefecture.fake import FakeS2low
from hemicycle.gateways.signature.fake import FakeSigner
from tests.cast import NOON, TODAY
from tests.signed_acts import the_president_s_signer


def a_world(
    *, tdt: FakeS2low | None = None, signer: FakeSigner | None = None, antivirus: FakeAntivirus | None = None
) -> World:
    """Every system in memory, at noon; the TdT answers at its second look."""
    return World(
        tdt=tdt or a_tdt(),
        sae=FakeArchive(),
        post=FakePost(),
        antivirus=antivirus,
        signer=lambda _name, _codes: signer or the_president_s_signer(),
        clock=lambda: NOON,
    )


def a_tdt(**facts: Any) -> FakeS2low:
    return FakeS2low(**({"today": TODAY, "looks": 1} | facts))


def a_task(dossier: Dossier, **facts: Any) -> Task:
    """An errand of that dossier, as its carrier receives it."""
    return Task(id=1, carrier="", entry=1, event="", dossier=dossier.id, facts=facts, attempts=1)
