"""The visas of a dossier, one line each: beside its texts, and with their proof on the sheet to print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hemicycle.accounts.models import Agent
from hemicycle.chain.circuit.queries import RequiredVisa, StepView, required_among
from hemicycle.dossier.dates import day
from hemicycle.texts.typography import of_fr
from hemicycle.web.holding import people_fr
from hemicycle.web.templatetags.french import short_day

#: State of a step → its line among the required visas.
STATES = {
    "given": "done",
    "stale": "stale",
    "awaited": "expected",
    "sent_back": "refused",
    "missing": "todo",
    "waived": "waived",
    "emergency": "emergency",
}
#: State of a required visa → its sign and its word on the sheet.
PROOFS = {
    "given": ("done", "donné"),
    "missing": ("todo", "manquant"),
    "waived": ("waived", "dispensé"),
    "emergency": ("emergency", "manquant, validé en urgence"),
}
#: Characters of a digest that people compare by eye.
ABBREVIATED = 12


def visa_lines(steps: Sequence[StepView], agent: Agent, *, corrected: bool, on: dt.date) -> list[dict[str, Any]]:
    """The steps as components/_visas.html shows them. `corrected`: sent back once, the text went on since."""
    return [_line(step, agent, corrected=corrected, on=on) for step in steps]


def _line(step: StepView, agent: Agent, *, corrected: bool, on: dt.date) -> dict[str, Any]:
    held = step.state == "awaited" and step.held_at is not None
    late = step.state == "awaited" and not held and step.due_on is not None and step.due_on < on
    mine = step.state == "awaited" and agent in step.people
    state = "late" if late else STATES[step.state]
    if corrected and step.state == "sent_back":
        state = "todo"
    said = _said(step)
    opinion = step.origin == "opinion"
    return {
        "label": step.label if step.required or opinion else f"{step.label} (facultatif)",
        "state": state,
        "note": _awaited(step, mine, late=late) if step.state == "awaited" else _note(step, said),
        "version": said.version if said and step.state in ("given", "stale") else None,
        "mine": mine,
    }


def _said(step: StepView) -> Any:
    """The visa that the line is about: the one that counts, else the last thing said."""
    return step.counting[-1] if step.counting else step.last


def _awaited(step: StepView, mine: bool, *, late: bool) -> str:
    if step.held_at is not None:
        return f"mis en attente le {short_day(day(step.held_at))} : {step.held_why}"
    people = "vous" if mine else people_fr(p.full_name for p in step.people)
    before = f", {'depuis' if late else 'avant'} le {short_day(step.due_on)}" if step.due_on else ""
    again = f" ; déjà donné sur la version {step.given_on}" if step.given_on else ""
    return f"attendu {of_fr(people)}{before}{again}"


def _note(step: StepView, said: Any) -> str:
    if step.state in ("waived", "emergency") and step.waived_at is not None:
        by = f" par {step.waived_by.full_name}" if step.waived_by else ""
        deed = "passé" if step.state == "waived" else "non donné, dossier validé en urgence"
        return f"{deed}{by}, {short_day(day(step.waived_at))} : {step.waived_why}"
    if said is None:
        return ""
    absent = f" en l’absence {of_fr(said.on_behalf_of.full_name)}" if said.on_behalf_of else ""
    who = f"{said.agent.full_name}{absent}, {short_day(day(said.given_at))}"
    if step.state == "stale":
        return f"{who} ; donné sur la version {said.version}, à redonner car le dossier a changé"
    if step.state == "sent_back":
        return f"{who} ; correction demandée sur la version {said.version}"
    if said.kind == "reserved":
        return f"{who} ; avec réserve : {said.remark}"
    if said.kind == "taken_back":
        return f"{who} ; visa repris"
    return who


@dataclass(frozen=True, kw_only=True)
class Proof:
    """A required visa with what proves it, as the sheet prints it."""

    label: str
    sign: str
    state: str
    who: str
    when: dt.datetime | None
    version: int | None
    digest: str
    #: Why it is required, why it was done without, the reservation.
    notes: tuple[str, ...]


def proofs(steps: Sequence[StepView]) -> list[Proof]:
    """Every required visa: given, missing, waived or done without, by whom, on what text."""
    return [_proof(visa) for visa in required_among(steps)]


def _proof(visa: RequiredVisa) -> Proof:
    sign, word = PROOFS[visa.state]
    absent = ""
    if visa.in_whose_name:
        absent = f", en l’absence {of_fr(visa.in_whose_name.full_name)}"
        absent += f" ({visa.delegation})" if visa.delegation else ""
    stale = f"donné sur la version {visa.stale_version}, avant que le texte ne change" if visa.stale_version else ""
    reserve = f"avec réserve : {visa.remark}" if visa.reserved else visa.remark
    why = f"requis {visa.why}" if visa.why else ""
    return Proof(
        label=visa.label,
        sign=sign,
        state=word,
        who=f"{visa.person.full_name}{absent}" if visa.person else "",
        when=visa.when,
        version=visa.version,
        digest=visa.digest[:ABBREVIATED],
        notes=tuple(note for note in (why, reserve, stale, visa.reason) if note),
    )
