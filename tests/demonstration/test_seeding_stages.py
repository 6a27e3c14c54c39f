"""Seeded against the real simulators, the demonstration shows the whole chain."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Count
from django.utils import timezone

from hemicycle.chain.circuit import queries as circuit
from hemicycle.chain.circuit.models import RunStep, Visa
from hemicycle.chain.distribution.models import Notice
from hemicycle.chain.drafting.models import DossierLink
from hemicycle.chain.finding.models import SavedFilter, SearchDocument
from hemicycle.chain.publication.models import Publication
from hemicycle.chain.signing.models import Act
from hemicycle.chain.sitting.models import Ballot, Sitting
from hemicycle.couriers.world import World
from hemicycle.demonstration.departement import build
from hemicycle.demonstration.enrolment import enrol_all
from hemicycle.demonstration.seeding import seed
from hemicycle.demonstration.troupe import on_stage
from hemicycle.dossier import journal, outbox
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Attachment, Comment, Dossier
from hemicycle.dossier.stages import Stage
from hemicycle.protocols.journal.chain import HEADS, JOURNAL, line
from hemicycle.protocols.journal.verify import verify
from tests.traps import nothing_written

pytestmark = [pytest.mark.django_db, pytest.mark.journey]

#: Stages that last: the others are left at once by the couriers, or come of a refusal by the outside world.
RESTING = {
    Stage.DRAFTING,
    Stage.IN_CIRCUIT,
    Stage.TO_CORRECT,
    Stage.READY,
    Stage.ON_AGENDA,
    Stage.REJECTED,
    Stage.TO_SIGN,
    Stage.ACKNOWLEDGED,
    Stage.ARCHIVED,
    Stage.WITHDRAWN,
}


@pytest.fixture
def world(tmp_path: Path, settings: Any) -> Iterator[World]:
    with on_stage(tmp_path, delay=0.5) as troupe:
        troupe.enrol_seal("Département de l’Ormelle")
        for name, value in troupe.environment().items():
            setattr(settings, name.removeprefix("HEMICYCLE_"), int(value) if name.endswith("PORT") else value)
        build(on=timezone.localdate(), password="")
        enrol_all(troupe, on=timezone.localdate())
        found = World.from_settings()
        yield found
        found.tdt.close()
        found.sae.close()


def test_the_demonstration_shows_the_whole_chain(world: World, tmp_path: Path) -> None:
    now, said = timezone.now(), list[str]()

    seed(now=now, world=world, say=said.append)

    assert {Stage(stage) for stage in Dossier.objects.values_list("stage", flat=True)} == RESTING
    assert (outbox.waiting(), outbox.in_trouble()) == (0, [])
    _the_journal_verifies(tmp_path)
    _the_past_sitting_saw_every_result()
    _a_sitting_waits_today(day(now))
    _visas_are_awaited_from(day(now))
    _a_text_has_its_story()
    _whoever_opens_it_first_sees_every_gesture()
    _the_act_reached_its_partners()
    _two_acts_show_two_signatures()
    assert not any("tarde" in sentence for sentence in said)

    with nothing_written():
        seed(now=now, world=world, say=said.append)


def _the_journal_verifies(folder: Path) -> None:
    entries = list(journal.export())
    (folder / JOURNAL).write_bytes(b"".join(line(entry) for entry in entries))  # type: ignore[arg-type]
    head = journal.head()
    assert head is not None
    (folder / HEADS).write_bytes(line(head))  # type: ignore[arg-type]
    assert verify(folder).ok
    assert [entry["at"] for entry in entries] == sorted(entry["at"] for entry in entries)


def _the_past_sitting_saw_every_result() -> None:
    results = {ballot.sentence for ballot in Ballot.objects.order_by("taken_at")}
    assert results == {
        "Adopté à l’unanimité.",
        "Adopté à la majorité des suffrages exprimés.",
        "Adopté à l’unanimité des suffrages exprimés.",
        "Rejeté.",
    }
    assert Publication.objects.count() == 3


def _a_sitting_waits_today(today: Any) -> None:
    sitting = Sitting.objects.get(state="convened")
    assert (day(sitting.starts_at), sitting.items.count()) == (today, 5)
    assert not sitting.attendances.exists()


def _visas_are_awaited_from(today: Any) -> None:
    waiting = circuit.waiting_at(Dossier.objects.filter(stage=Stage.IN_CIRCUIT).order_by("number"))
    assert {found.step for found in waiting.values()} == {
        "Chef de service",
        "Finances",
        "Juridique",
        "DGS",
        "Cabinet",
        "Avis de Bruno Escarpel",
    }
    late = [found.step for found in waiting.values() if found.due_on and found.due_on < today]
    assert sorted(late) == ["Chef de service", "DGS", "Finances"]
    assert Visa.objects.filter(on_behalf_of__isnull=False).count() == 1
    assert Visa.objects.filter(kind=Visa.Kind.RESERVED).count() == 2


def _a_text_has_its_story() -> None:
    dossier = Dossier.objects.get(object="Subventions au sport adapté")
    assert [v.number for v in dossier.versions.order_by("number")] == [1, 2, 3]
    assert dossier.attachments.filter(kind=Attachment.Kind.ANNEX).exclude(removed_at=None).count() == 1
    legal = dossier.readings.get(agent__job="Juriste")
    assert (legal.version, dossier.version, dossier.extra["cout_total"]) == (1, 3, "104300")
    threads = Comment.objects.filter(dossier=dossier, thread=None)
    assert threads.exclude(handled_at=None).count() == 1
    assert threads.exclude(internal_to=None).count() == 1
    assert threads.exclude(mentions=None).count() == 2
    assert all(c.anchor["digest"] for c in threads.order_by("pk"))


def _whoever_opens_it_first_sees_every_gesture() -> None:
    assert Dossier.objects.exclude(lead=None).values_list("lead__stage", flat=True).distinct().get() == "in_circuit"
    assert Dossier.objects.exclude(emergency="").get().stage == Stage.ON_AGENDA
    assert Dossier.objects.filter(embargo=True).count() == 1
    assert RunStep.objects.exclude(held_at=None).count() == 1
    kinds = DossierLink.objects.order_by("kind").values_list("kind", flat=True).distinct()
    assert list(kinds) == ["follows", "modifies", "repeals"]
    assert SavedFilter.objects.values("agent").distinct().count() == 3
    assert not Dossier.objects.exclude(pk__in=SearchDocument.objects.values("dossier")).exists()


def _two_acts_show_two_signatures() -> None:
    acts = Act.objects.annotate(signatures_expected=Count("signatures")).filter(signatures_expected=2)
    told = {act.state: [one.state for one in act.signatures.order_by("rank")] for act in acts.order_by("pk")}
    assert told == {"signed": ["signed", "signed"], "to_sign": ["signed", "to_sign"]}
    copies = Attachment.objects.filter(title__endswith="avec le cachet")
    assert copies.count() >= 4


def _the_act_reached_its_partners() -> None:
    notices = Notice.objects.order_by("id")
    assert all(notice.sent_at for notice in notices)
    assert notices[0].opened_at
    assert Attachment.objects.filter(kind=Attachment.Kind.ANNEX).count() > 10
