"""Which visas a dossier needs and who gives them: the circuit chosen, then the rules its data switch on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent
from hemicycle.chain.circuit import conditions
from hemicycle.chain.circuit.models import (
    Circuit,
    CircuitRun,
    CircuitStep,
    Conditions,
    Desk,
    DeskSeat,
    RunStep,
    StepKind,
    VisaRule,
)
from hemicycle.dossier import companions
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused

#: What the column of the reason holds.
MOST_WHY = 200


class CircuitRefused(ActionRefused):
    """The circuit is not offered to this dossier, or a step of it has nobody behind it."""


@dataclass(frozen=True, kw_only=True)
class PlannedStep:
    """A visa of the plan: awaited of a role nearest above the unit, of a desk, or of a person."""

    label: str
    kind: str
    role: str
    days: int
    required: bool
    why: str
    again_after_edit: bool = True
    person: Agent | None = None
    desk: Desk | None = None
    #: The rule that added the step; None: the circuit has it.
    rule: VisaRule | None = None


def plan_of(circuit: Circuit, dossier: Dossier) -> list[PlannedStep]:
    """The circuit as it applies to this dossier, and what the rules add to it.

    A step whose conditions do not hold is left out; a rule whose conditions hold adds its step, or makes the step of
    the same role or desk a required one. A condition holds for a report when it does for one of its deliberations.
    """
    affair = [dossier, *companions.of(dossier)] if dossier.pk else [dossier]
    rows = circuit.steps.select_related("person", "desk").order_by("order")
    return with_rules([_planned(row) for row in rows if holds(row, affair)], affair)


def holds(row: Conditions, affair: Sequence[Dossier]) -> bool:
    return any(conditions.hold(row, dossier) for dossier in affair)


def _planned(row: CircuitStep) -> PlannedStep:
    return PlannedStep(
        label=row.label,
        kind=row.kind,
        role=row.role,
        days=row.days,
        required=row.required,
        why=row.why,
        again_after_edit=row.again_after_edit,
        person=row.person,
        desk=row.desk,
    )


def rules_for(affair: Sequence[Dossier]) -> list[VisaRule]:
    """The rules in force that concern the affair, in the order of their names."""
    rows = VisaRule.objects.filter(active=True).select_related("desk").order_by("name")
    return [rule for rule in rows if holds(rule, affair)]


def with_rules(steps: list[PlannedStep], affair: Sequence[Dossier]) -> list[PlannedStep]:
    """The steps with what the rules in force ask of that affair."""
    plan = list(steps)
    for rule in rules_for(affair):
        place = next((i for i, step in enumerate(plan) if _gives(step, rule)), None)
        if place is None:
            before = (i for i, step in enumerate(plan) if rule.before_role and step.role == rule.before_role)
            plan.insert(next(before, len(plan)), step_of(rule))
        else:
            found = plan[place]
            plan[place] = replace(found, required=True, why=both(found.why, rule.why))
    return plan


def _gives(step: PlannedStep, rule: VisaRule) -> bool:
    if rule.desk_id is not None:
        return step.desk is not None and step.desk.pk == rule.desk_id
    return step.person is None and step.desk is None and step.role == rule.role


def step_of(rule: VisaRule) -> PlannedStep:
    name = rule.desk.name if rule.desk else accounts.role_label(rule.role)
    return PlannedStep(
        # « DGS » stays as it is written; « finances » takes its capital.
        label=name[:1].upper() + name[1:],
        kind=StepKind.ONE_OF,
        role="" if rule.desk else rule.role,
        days=rule.days,
        required=True,
        why=rule.why,
        desk=rule.desk,
        rule=rule,
    )


def both(why: str, more: str) -> str:
    """Two reasons for one visa, said one after the other."""
    if not why or more in why:
        return why or more
    return f"{why} ; {more}"[:MOST_WHY]


def people_of(step: PlannedStep, dossier: Dossier, *, on: dt.date) -> list[Agent]:
    """Who is to give that visa for that dossier on that day; nobody when they have all left."""
    if step.person is not None:
        return [step.person] if step.person.is_active else []
    if step.desk is not None:
        return seated_at(step.desk, on=on)
    return accounts.holders(step.role, on=on, unit=dossier.unit) if step.role else []


def seated_at(desk: Desk, *, on: dt.date) -> list[Agent]:
    """The active people of an open desk on that day."""
    if not desk.active:
        return []
    seats = DeskSeat.objects.on(on).filter(desk=desk, agent__is_active=True).select_related("agent")
    return sorted({seat.agent for seat in seats}, key=lambda a: (a.last_name, a.first_name, str(a.pk)))


def people_or_refusal(step: PlannedStep, dossier: Dossier, circuit: Circuit, *, on: dt.date) -> list[Agent]:
    """Those who give the visa, the dossier's drafter left out; nobody for an optional step.

    Raises CircuitRefused, naming the step and the remedy: the passage would otherwise wait for ever.
    """
    holders = people_of(step, dossier, on=on)
    others = [agent for agent in holders if agent.pk != dossier.drafter_id]
    if others or not step.required:
        _check_one(step, others, circuit)
        return others
    if holders:
        raise CircuitRefused(
            f"Seul le rédacteur du dossier pourrait viser à l’étape « {step.label} », et nul ne vise son propre "
            "texte ; choisissez un autre circuit.",
            field="circuit",
        )
    raise CircuitRefused(_nobody(step), field="circuit")


def _check_one(step: PlannedStep, people: list[Agent], circuit: Circuit) -> None:
    if step.kind == StepKind.ONE and len(people) > 1:
        who = f"tiennent le rôle « {accounts.role_label(step.role)} »" if step.role else "siègent à son guichet"
        raise CircuitRefused(
            f"L’étape « {step.label} » attend une seule personne et {len(people)} {who} ; "
            f"demandez au service des assemblées de corriger le circuit « {circuit.name} ».",
            field="circuit",
        )


def _nobody(step: PlannedStep) -> str:
    remedy = "désignez un titulaire ou choisissez un autre circuit."
    if step.person is not None:
        left = f"L’étape « {step.label} » attend {step.person.full_name}, dont le compte est fermé"
        return f"{left} ; demandez au service des assemblées de corriger le circuit, ou choisissez-en un autre."
    if step.desk is not None:
        return f"Personne ne siège au guichet « {step.desk.name} » attendu à l’étape « {step.label} » ; {remedy}"
    role = accounts.role_label(step.role) if step.role else step.label
    return f"Personne ne tient le rôle « {role} » attendu à l’étape « {step.label} » ; {remedy}"


def lay(run: CircuitRun, step: PlannedStep, people: Sequence[Agent], *, order: int) -> RunStep:
    """The step of the plan as the passage keeps it."""
    row = RunStep.objects.create(
        run=run,
        order=order,
        label=step.label,
        kind=step.kind,
        role=step.role,
        days=step.days,
        required=step.required,
        why=step.why,
        again_after_edit=step.again_after_edit,
        origin=RunStep.Origin.RULE if step.rule else RunStep.Origin.CIRCUIT,
        rule=step.rule,
    )
    row.assignees.set(people)
    return row


def make_room(run: CircuitRun, order: int) -> None:
    """Move the steps of that place and after it one place further."""
    for row in run.steps.filter(order__gte=order).order_by("-order"):
        row.order += 1
        row.save(update_fields=["order"])


def look_again(run: CircuitRun, dossier: Dossier, *, at: dt.datetime) -> list[RunStep]:
    """After a correction: what the rules, and the conditions of the circuit, ask now of the new data.

    A passage keeps the steps it started with; visas are only ever added to it. Raises CircuitRefused.
    """
    affair = [dossier, *companions.of(dossier)]
    rows = list(run.steps.order_by("order"))
    added = []
    for step in _asked_now(run.circuit, affair):
        known = next((row for row in rows if row.origin != RunStep.Origin.OPINION and _same(row, step)), None)
        if known is None:
            people = people_or_refusal(step, dossier, run.circuit, on=day(at))
            if not people:
                continue
            order = _place(rows, step, run.circuit)
            make_room(run, order)
            added.append(lay(run, step, people, order=order))
            rows = list(run.steps.order_by("order"))
        elif step.rule is not None and (not known.required or both(known.why, step.why) != known.why):
            known.required, known.why = True, both(known.why, step.why)
            known.save(update_fields=["required", "why"])
    return added


def _asked_now(circuit: Circuit, affair: Sequence[Dossier]) -> list[PlannedStep]:
    rows = circuit.steps.select_related("person", "desk").order_by("order")
    conditional = [row for row in rows if conditions.of(row) != conditions.When()]
    return [_planned(row) for row in conditional if holds(row, affair)] + [step_of(r) for r in rules_for(affair)]


def _same(row: RunStep, step: PlannedStep) -> bool:
    if step.role and step.person is None and step.desk is None:
        return row.role == step.role
    # A passage keeps the label of a step of a desk or of a person, not the desk.
    return row.role == step.role and row.label == step.label


def _place(rows: Sequence[RunStep], step: PlannedStep, circuit: Circuit) -> int:
    """Before the first step of what follows it in its circuit or its rule; at the end when nothing does."""
    if step.rule is not None:
        after = {step.rule.before_role} - {""}
    else:
        defined = list(circuit.steps.order_by("order"))
        rank = next((i for i, row in enumerate(defined) if row.label == step.label), len(defined))
        after = {row.role for row in defined[rank + 1 :] if row.role}
    found = next((row.order for row in rows if row.role in after and row.origin != RunStep.Origin.OPINION), None)
    return found if found is not None else (rows[-1].order + 1 if rows else 1)
