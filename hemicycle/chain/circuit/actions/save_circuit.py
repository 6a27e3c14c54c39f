"""Define a circuit of visas, or change it: passages under way keep the one they started with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from hemicycle.accounts.models import Agent, Role, Unit
from hemicycle.chain.circuit import definitions
from hemicycle.chain.circuit.definitions import KINDS, MOST_DAYS, MOST_STEPS, ROLES, StepDraft
from hemicycle.chain.circuit.events import CircuitSaved
from hemicycle.chain.circuit.models import Circuit, CircuitStep, Desk
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.texts.typed import one_line


class CircuitInvalid(ActionRefused):
    """A circuit that could not be walked; the sentence names the step and what is wrong with it."""


class ChangedMeanwhile(ActionRefused):
    message = (
        "Ce circuit a été modifié par quelqu’un d’autre pendant que vous l’écriviez ; ouvrez-le dans un autre onglet, "
        "comparez, puis enregistrez de nouveau."
    )


@transaction.atomic
def save_circuit(
    *,
    circuit_id: int | None,
    name: str,
    unit_id: int | None,
    steps: Sequence[StepDraft],
    agent: Agent,
    at: dt.datetime,
    base: str = "",
) -> Circuit:
    """Keep the definition; `circuit_id` None makes a new circuit. Also offers again a circuit that was retired.

    `base`: the digest (definitions.digest_of) that the page started from, "" not to check. No passage changes.
    Raises NotEntitled, CircuitInvalid, ChangedMeanwhile.
    """
    circuit = Circuit.objects.select_for_update(of=("self",)).filter(pk=circuit_id).first() if circuit_id else None
    role = access.require_role(agent, Role.ASSEMBLY_OFFICE, on=day(at), what="Définir un circuit")
    if circuit_id and circuit is None:
        raise CircuitInvalid("Ce circuit n’existe pas ; revenez à la liste des circuits.")
    if circuit is not None and base and base != definitions.digest_of(circuit):
        raise ChangedMeanwhile
    named = _name(name, circuit)
    if unit_id is not None and not Unit.objects.on(day(at)).filter(pk=unit_id).exists():
        raise CircuitInvalid("Cette unité n’existe plus ; choisissez-en une autre.", field="unit")
    _check(steps, on=day(at))

    new = circuit is None
    circuit = circuit or Circuit()
    circuit.name, circuit.unit_id, circuit.active = named, unit_id, True
    circuit.save()
    circuit.steps.all().delete()
    for order, step in enumerate(steps, start=1):
        _write(circuit, order, step)

    labels = [one_line(step.label, 80) for step in steps]
    journal.record(None, CircuitSaved(circuit=named, new=new, steps=labels), by=agent, at=at, role=role)
    return circuit


def _name(name: str, circuit: Circuit | None) -> str:
    named = one_line(name, 120)
    if not named:
        raise CircuitInvalid("Donnez un nom au circuit.", field="name")
    others = Circuit.objects.exclude(pk=circuit.pk) if circuit else Circuit.objects.all()
    if others.filter(name__iexact=named).exists():
        raise CircuitInvalid(f"Un circuit s’appelle déjà « {named} » ; choisissez un autre nom.", field="name")
    return named


def _check(steps: Sequence[StepDraft], *, on: dt.date) -> None:
    if not steps:
        raise CircuitInvalid("Un circuit a au moins une étape ; ajoutez-en une.")
    if len(steps) > MOST_STEPS:
        raise CircuitInvalid(f"Un circuit a {MOST_STEPS} étapes au plus ; celui-ci en a {len(steps)}.")
    if not any(step.required for step in steps):
        raise CircuitInvalid("Aucune étape n’est requise ; rendez-en une requise, sinon le circuit ne protège rien.")
    for order, step in enumerate(steps, start=1):
        called = f"L’étape {order}, « {one_line(step.label, 80)} »," if step.label.strip() else f"L’étape {order}"
        if problem := _problem(step, on=on):
            raise CircuitInvalid(f"{called} {problem}")


def _problem(step: StepDraft, *, on: dt.date) -> str:
    """What is wrong with the step, after its name; empty when nothing is."""
    if not one_line(step.label, 80):
        return "n’a pas de nom ; donnez-lui celui qui se lira dans le parcours."
    if sum([bool(step.role), step.desk_id is not None, step.person_id is not None]) != 1:
        return "ne dit pas de qui le visa est attendu ; choisissez une fonction, un guichet ou une personne."
    if step.role and step.role not in ROLES:
        return "attend une fonction qui ne vise pas ; choisissez-en une autre."
    if step.kind not in KINDS:
        return "n’est ni « une personne », ni « une des personnes », ni « toutes les personnes » ; choisissez."
    if not 0 <= step.days <= MOST_DAYS:
        return f"donne {step.days} jours ouvrés ; choisissez de 0 (sans délai) à {MOST_DAYS}."
    if step.when.amount_over is not None and step.when.amount_over < 0:
        return "porte sur un montant négatif ; corrigez-le."
    return _nobody(step, on=on)


def _nobody(step: StepDraft, *, on: dt.date) -> str:
    if step.person_id is not None and not definitions.people_behind(step, None, on=on):
        return "attend une personne qui a quitté la collectivité ou n’existe pas ; choisissez-en une autre."
    if step.desk_id is None:
        return ""
    if not Desk.objects.filter(pk=step.desk_id, active=True).exists():
        return "attend un guichet fermé ; choisissez-en un autre."
    return "" if definitions.people_at(step.desk_id, on=on) else "attend un guichet où personne ne siège aujourd’hui."


def _write(circuit: Circuit, order: int, step: StepDraft) -> None:
    CircuitStep.objects.create(
        circuit=circuit,
        order=order,
        label=one_line(step.label, 80),
        kind=step.kind,
        role=step.role,
        desk_id=step.desk_id,
        person_id=step.person_id,
        days=step.days,
        required=step.required,
        why=one_line(step.why, 200),
        again_after_edit=step.again_after_edit,
        **step.when.plain(),
    )
