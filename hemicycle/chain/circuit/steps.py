"""The steps of a passage as its readers see them, and the proof of the required visas."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from django.db.models import OuterRef, Prefetch, Subquery

from hemicycle.accounts.models import Agent
from hemicycle.chain.circuit import passage
from hemicycle.chain.circuit.models import APPROVALS, RunStep, Visa
from hemicycle.dossier.models import Dossier, Version
from hemicycle.dossier.stages import Stage

StepState = Literal["given", "stale", "awaited", "sent_back", "missing", "waived", "emergency"]


@dataclass(frozen=True, kw_only=True)
class StepView:
    """One visa of the passage, or one opinion, as the dossier's page shows it."""

    #: The RunStep: what send_back, pass_on and reassign_step are told.
    id: int
    label: str
    role: str
    why: str
    required: bool
    #: "waived": passed over. "emergency": missing, the dossier was validated in emergency.
    state: StepState
    people: tuple[Agent, ...]
    visas: tuple[Visa, ...]
    opened_at: dt.datetime | None
    due_on: dt.date | None
    kind: str
    #: "circuit", "rule" or "opinion" (RunStep.Origin).
    origin: str
    again_after_edit: bool
    #: Of an opinion: who asked, from which step, what.
    asked_by: Agent | None
    asked_from: str
    question: str
    waived_at: dt.datetime | None
    waived_by: Agent | None
    waived_why: str
    held_at: dt.datetime | None
    held_by: Agent | None
    held_why: str
    #: The visas that settle the step on the present text.
    counting: tuple[Visa, ...]
    #: The dossier's present version: a visa that counts may have been given on an older one.
    present: int

    @property
    def last(self) -> Visa | None:
        return self.visas[-1] if self.visas else None

    @property
    def given_on(self) -> int | None:
        """The older version on which the visa was given, when it was: « donné sur la version 2 »."""
        standing = [v.version for v in self.visas if v.kind in APPROVALS and v.annulled_at is None]
        return max(standing) if standing and max(standing) < self.present else None

    @property
    def gone(self) -> tuple[Agent, ...]:
        """Those awaited whose account is closed: the service des assemblées names someone else."""
        return tuple(a for a in self.people if not a.is_active) if self.state == "awaited" else ()


def lead_id(dossier: Dossier) -> UUID:
    """The dossier whose passage this one shares: its lead, or itself."""
    return dossier.lead_id or dossier.pk


def steps_of(dossier: Dossier) -> list[StepView]:
    """Every step of the passage with its visas: given, given on an older text, awaited, missing, passed over.

    Three queries, however many steps; a companion has the steps of its lead.
    """
    present = Version.objects.filter(dossier=OuterRef("run__dossier"), number=OuterRef("run__dossier__version"))
    rows = (
        RunStep.objects.filter(run__dossier=lead_id(dossier))
        .annotate(present=Subquery(present.values("digest")[:1]))
        .select_related("run__dossier", "asked_by", "asked_from", "waived_by", "held_by")
        # Each row brings its dossier: not its texts.
        .defer("run__dossier__report", "run__dossier__deliberation", "run__dossier__extra")
        .prefetch_related("assignees", Prefetch("visas", Visa.objects.select_related("agent", "on_behalf_of")))
        .order_by("order")
    )
    return [_view(row, row.present or "") for row in rows]


def _view(row: Any, digest: str) -> StepView:
    visas = tuple(sorted(row.visas.all(), key=lambda v: (v.given_at, v.pk)))
    people = tuple(sorted(row.assignees.all(), key=lambda a: (a.last_name, a.first_name)))
    counting = tuple(v for v in visas if passage.counts(v, row, digest))
    return StepView(
        id=row.pk,
        label=row.label,
        role=row.role,
        why=row.why,
        required=row.required,
        state=_state(row, people, visas, counting),
        people=people,
        visas=visas,
        opened_at=row.opened_at,
        due_on=row.due_on,
        kind=row.kind,
        origin=row.origin,
        again_after_edit=row.again_after_edit,
        asked_by=row.asked_by,
        asked_from=row.asked_from.label if row.asked_from else "",
        question=row.question,
        waived_at=row.waived_at,
        waived_by=row.waived_by,
        waived_why=row.waived_why,
        held_at=row.held_at,
        held_by=row.held_by,
        held_why=row.held_why,
        counting=counting,
        present=row.run.dossier.version,
    )


def _state(row: RunStep, people: Sequence[Agent], visas: Sequence[Visa], counting: Sequence[Visa]) -> StepState:
    dossier = row.run.dossier
    if row.opened_at is not None and row.closed_at is None and dossier.stage == Stage.IN_CIRCUIT:
        return "awaited"
    if row.waived_at is not None:
        # Passed over on the way, or left by the validation in emergency, which ended the passage.
        return "emergency" if dossier.emergency and row.waived_at == row.run.completed_at else "waived"
    if visas and visas[-1].kind in (Visa.Kind.SENT_BACK, Visa.Kind.SENT_BACK_TO):
        return "sent_back"
    if passage.settled(row, people, counting):
        return "given"
    return "stale" if any(v.kind in APPROVALS and v.annulled_at is None for v in visas) else "missing"


@dataclass(frozen=True, kw_only=True)
class RequiredVisa:
    """A visa that the dossier needs, and its proof: who gave it, on which text."""

    label: str
    why: str
    #: "missing" until it stands on the present text; "waived" by the DGS or the president; "emergency": the dossier
    #: was validated without it.
    state: Literal["given", "missing", "waived", "emergency"]
    #: The version read and its digest (SHA-256), when given; on an older version when an edit does not ask it again.
    version: int | None
    digest: str
    person: Agent | None
    when: dt.datetime | None
    #: The absent person, and the delegation.
    in_whose_name: Agent | None
    delegation: str
    reserved: bool
    remark: str
    #: Why it was waived, or the emergency.
    reason: str
    #: Every visa that settles the step: several where all must give.
    visas: tuple[Visa, ...]
    #: The last version on which it was given before the text changed, when it is missing for that.
    stale_version: int | None


def required_of(dossier: Dossier) -> list[RequiredVisa]:
    """The required visas of the dossier, given, missing, waived or done without: the proof before an agenda."""
    return required_among(steps_of(dossier))


def required_among(steps: Sequence[StepView]) -> list[RequiredVisa]:
    """The same, once the steps are known."""
    return [_required(step) for step in steps if step.required]


def _required(step: StepView) -> RequiredVisa:
    state: Literal["given", "missing", "waived", "emergency"] = "missing"
    if step.state == "given" or step.state == "waived" or step.state == "emergency":
        state = step.state
    last = step.counting[-1] if step.counting and state == "given" else None
    return RequiredVisa(
        label=step.label,
        why=step.why,
        state=state,
        version=last.version if last else None,
        digest=last.digest if last else "",
        person=last.agent if last else step.waived_by,
        when=last.given_at if last else step.waived_at,
        in_whose_name=last.on_behalf_of if last else None,
        delegation=last.delegation if last else "",
        reserved=any(v.kind == Visa.Kind.RESERVED for v in step.counting) and state == "given",
        remark=last.remark if last else "",
        reason=step.waived_why if state in ("waived", "emergency") else "",
        visas=step.counting if state == "given" else (),
        stale_version=step.given_on if state == "missing" else None,
    )
