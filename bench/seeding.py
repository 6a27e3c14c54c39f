"""Dossiers by the tens of thousands, laid in bulk as the actions leave them.

Of each: the dossier with both texts (one in five of about 8,000 characters, the others of about 1,200), one or two
versions, a passage of five steps with their people, a visa and an entitlement for each step passed, an annex, a
comment for one in two, two readings, eight to twelve journal entries chained by their hashes with errands done; for
those decided, an item on the agenda of a monthly sitting and a number in the register. Not laid: ballots, acts,
departures, publications, deposits. 95 % are archived; the others are spread over the stages before.
"""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections import defaultdict
from typing import Any

from bench.people import People
from bench.prose import Prose

BATCH = 500
IN_PROGRESS = 0.05
FIRST_YEAR, LAST_YEAR = 2017, 2026
EVENTS = ("drafting.dossier_opened", "drafting.text_saved", "drafting.text_saved", "drafting.annex_attached")


class Seeder:
    def __init__(self, people: People, *, now: dt.datetime) -> None:
        from hemicycle.protocols.journal.chain import GENESIS

        self.people, self.now = people, now
        self.draw, self.prose = random.Random(7), Prose()
        self.texts = [self.prose.text(22) for _ in range(40)] + [self.prose.text(3) for _ in range(160)]
        self.made, self.entry, self.hash = 0, 0, GENESIS
        self.numbers: dict[int, int] = defaultdict(int)
        self.acts: dict[int, int] = defaultdict(int)
        self.sittings: dict[tuple[int, int], Any] = {}

    def reach(self, size: int) -> None:
        """Lay dossiers until there are so many."""
        from django.db import transaction

        while self.made < size:
            with transaction.atomic():
                self._batch(min(BATCH, size - self.made))
        self._close()

    def _batch(self, count: int) -> None:
        rows: dict[type[Any], list[Any]] = defaultdict(list)
        people: list[tuple[Any, Any]] = []
        for _ in range(count):
            self._dossier(rows, people)
        for model, made in rows.items():
            model.objects.bulk_create(made, batch_size=2000)
        from hemicycle.chain.circuit.models import RunStep

        through = RunStep.assignees.through
        through.objects.bulk_create([through(runstep_id=s.pk, agent_id=a.pk) for s, a in people], batch_size=5000)
        self.made += count

    def _dossier(self, rows: dict[type[Any], list[Any]], people: list[tuple[Any, Any]]) -> None:
        from hemicycle.dossier.models import Dossier
        from hemicycle.dossier.stages import Stage

        unit, drafters, head, director = self.draw.choice(self.people.services)
        drafter = self.draw.choice(drafters)
        live = self.draw.random() < IN_PROGRESS
        stage, passed = self._stage(live=live)
        days = self.draw.randrange(3, 120) if live else self.draw.randrange(120, 365 * (LAST_YEAR - FIRST_YEAR))
        opened = self.now - dt.timedelta(days=days, seconds=self.draw.randrange(86_400))
        year = opened.year
        self.numbers[year] += 1
        text = self.draw.choice(self.texts[:40] if self.draw.random() < 0.2 else self.texts[40:])
        dossier = Dossier(
            id=uuid.UUID(int=self.draw.getrandbits(128), version=4),
            number=f"R{year}-{self.numbers[year]:04d}",
            stage=stage,
            stage_since=opened + dt.timedelta(days=self.draw.randrange(1, min(days, 60))),
            unit=unit,
            drafter=drafter,
            body=self.draw.choice(("CP", "CP", "CP", "CD")),
            object=self.prose.object()[:250],
            subject_code=self.draw.choice(("7.5", "7.5.1", "8.4", "1.1", "8.9")),
            amount=self.draw.randrange(1, 900) * 1000,
            report=text,
            deliberation=self.draw.choice(self.texts[40:]),
            version=0 if passed is None else 1,
            opened_at=opened,
        )
        rows[Dossier].append(dossier)
        if passed is not None:
            self._circuit(rows, people, dossier, (head, director), passed, opened)
        if stage == Stage.ARCHIVED:
            self._decided(rows, dossier, opened)
        self._around(rows, dossier, head, opened)

    def _stage(self, *, live: bool) -> tuple[str, int | None]:
        """The stage, and how many steps of the circuit are passed; None: never submitted."""
        from hemicycle.dossier.stages import Stage

        if not live:
            return (Stage.ARCHIVED, 5) if self.draw.random() < 0.97 else (Stage.WITHDRAWN, None)
        drawn = self.draw.random()
        if drawn < 0.25:
            return Stage.DRAFTING, None
        if drawn < 0.30:
            return Stage.TO_CORRECT, 1
        if drawn < 0.70:
            return Stage.IN_CIRCUIT, self.draw.randrange(0, 5)
        return self.draw.choice((Stage.READY, Stage.READY, Stage.ADOPTED, Stage.SIGNED, Stage.ACKNOWLEDGED)), 5

    def _circuit(
        self, rows: Any, people: Any, dossier: Any, chiefs: tuple[Any, Any], passed: int, opened: dt.datetime
    ) -> None:
        from hemicycle.chain.circuit.models import CircuitRun, RunStep, Visa
        from hemicycle.dossier.models import Entitlement, Version

        digest = f"{dossier.id.int:064x}"[-64:]
        version = Version(
            dossier=dossier,
            number=1,
            report=dossier.report,
            deliberation=dossier.deliberation,
            fields={"object": dossier.object, "amount": f"{dossier.amount}.00"},
            annexes=[],
            digest=digest,
            author=dossier.drafter,
            made_at=opened,
        )
        rows[Version].append(version)
        run = CircuitRun(dossier=dossier, circuit=self.people.circuit, started_at=opened)
        if dossier.stage != "in_circuit" and passed == 5:
            run.completed_at = opened + dt.timedelta(days=self.draw.randrange(6, 40))
        run.pk = self.made * 10 + len(rows[CircuitRun]) + 10**6
        rows[CircuitRun].append(run)
        finance, legal, cabinet = self.people.finance, self.people.legal, self.people.cabinet
        plan = zip(
            ("Chef de service", "Directeur", "Finances", "Juridique", "Cabinet"),
            ("head_of_service", "director", "finance", "legal", "cabinet"),
            (*chiefs, finance, legal, cabinet),
            strict=True,
        )
        at = opened
        for order, (label, role, agent) in enumerate(plan, start=1):
            step = RunStep(run=run, order=order, label=label, role=role, kind="one_of")
            step.pk = run.pk * 10 + order
            people.append((step, agent))
            rows[RunStep].append(step)
            awaited = order == passed + 1 and dossier.stage == "in_circuit"
            if order > passed and not awaited:
                continue
            rows[Entitlement].append(Entitlement(dossier=dossier, agent=agent, role=role, since=at))
            step.opened_at, step.due_on = at, (at + dt.timedelta(days=5)).date()
            if awaited:
                continue
            at += dt.timedelta(hours=self.draw.randrange(2, 150))
            step.closed_at = at
            rows[Visa].append(Visa(step=step, kind="given", agent=agent, version=1, digest=digest, given_at=at))

    def _decided(self, rows: Any, dossier: Any, opened: dt.datetime) -> None:
        from hemicycle.chain.sitting.models import AgendaItem, Sitting

        at = min(opened + dt.timedelta(days=60), self.now)
        key = (at.year, at.month)
        if key not in self.sittings:
            self.sittings[key] = Sitting.objects.create(
                body="CP",
                starts_at=at.replace(hour=10, minute=0, second=0, microsecond=0),
                place="Ambrelle",
                state="closed",
                planned_by=self.people.clerk,
            )
        self.acts[at.year] += 1
        dossier.act_number = f"CP-{at.year}-{self.acts[at.year]:04d}"
        item = AgendaItem(sitting=self.sittings[key], dossier=dossier, position=1, outcome="adopted", version=1)
        item.added_at = opened
        rows[AgendaItem].append(item)

    def _around(self, rows: Any, dossier: Any, head: Any, opened: dt.datetime) -> None:
        from hemicycle.dossier.models import Attachment, Comment, Reading

        if self.draw.random() < 0.5:
            text = " ".join(self.prose.some(12))
            rows[Comment].append(Comment(dossier=dossier, version=1, author=head, text=text, written_at=opened))
        rows[Attachment].append(
            Attachment(
                dossier=dossier,
                kind="annex",
                title="Convention",
                name="convention.bin",
                sha256="0" * 64,
                size=1,
                media_type="application/pdf",
                added_by=dossier.drafter,
                added_at=opened,
            )
        )
        for reader in (dossier.drafter, head):
            rows[Reading].append(Reading(dossier=dossier, agent=reader, version=1, read_at=opened))
        self._journal(rows, dossier, opened)

    def _journal(self, rows: Any, dossier: Any, opened: dt.datetime) -> None:
        from hemicycle.dossier.models import Errand, JournalEntry
        from hemicycle.protocols.journal.chain import seal, stamp

        visas = ("circuit.submitted", *["circuit.visa_given"] * 5) if dossier.version else ()
        for place, event in enumerate((*EVENTS, *visas)):
            at = opened + dt.timedelta(hours=place * 7)
            self.entry += 1
            facts: dict[str, Any] = {
                "version": 1,
                "step": "Juridique",
                "text": "report",
                "remark": "",
                "circuit": "Ordinaire",
            }
            facts |= {
                "unit": "Service",
                "title": "Convention",
                "file": "convention.bin",
                "to_control": False,
                "note": "",
            }
            sealed = seal(
                {
                    "n": self.entry,
                    "at": stamp(at),
                    "event": event,
                    "dossier": str(dossier.id),
                    "actor": {"id": str(dossier.drafter_id), "name": dossier.drafter.full_name},
                    "role": "",
                    "on_behalf_of": None,
                    "facts": facts,
                },
                self.hash,
            )
            self.hash = sealed["hash"]
            entry = JournalEntry(
                n=self.entry, at=at, event=event, dossier=dossier, actor=dossier.drafter, sealed=sealed, hash=self.hash
            )
            rows[JournalEntry].append(entry)
            rows[Errand].append(Errand(entry=entry, state="done", due_at=at, done_at=at))

    def _close(self) -> None:
        """The head of the journal and the registers stand where the rows end."""
        from hemicycle.dossier.models import JournalHead, Register

        JournalHead.objects.update_or_create(id=1, defaults={"n": self.entry, "hash": self.hash})
        for year, last in self.numbers.items():
            Register.objects.update_or_create(name="R", year=year, defaults={"last": last})
