"""Circuits and random walks for the property tests."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import strategies as st

from hemicycle.workflow.circuit import Circuit, Facts, Rule, Step, StepKind
from hemicycle.workflow.passage import Passage, give, pass_over, resume, send_back, start

NOON = datetime(2026, 6, 18, 12, tzinfo=UTC)
PEOPLE = ("ana", "bob", "cleo", "dan")
ROLES = ("chef", "finances", "juriste", "dgs", "cabinet")
KINDS: tuple[StepKind, ...] = ("one", "one_of", "all_of")


@st.composite
def passages(draw: st.DrawFn) -> Passage:
    """A passage just started on a random circuit."""
    roles = draw(st.lists(st.sampled_from(ROLES), min_size=1, max_size=5, unique=True))
    steps, holders = [], []
    for role in roles:
        kind = draw(st.sampled_from(KINDS))
        most = 1 if kind == "one" else 3
        people = draw(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=most, unique=True))
        steps.append(Step(label=role, kind=kind, role=role, required=draw(st.booleans())))
        holders.append(people)
    rules = tuple(
        Rule(role=role, explanation=f"Visa {role} exigé.", amount_over=Decimal(draw(st.integers(0, 100))))
        for role in draw(st.lists(st.sampled_from(roles), max_size=3))
    )
    circuit = Circuit(name="essai", steps=tuple(steps), rules=rules)
    return start(circuit, Facts(amount=Decimal(draw(st.integers(0, 100)))), holders, at=NOON)


@st.composite
def gestures(draw: st.DrawFn) -> tuple[str, str, int]:
    """One gesture of somebody: what, who, and a rank for returns (-1: to the drafter)."""
    what = draw(st.sampled_from(("give", "give", "give", "give", "pass_over", "send_back", "resume")))
    return what, draw(st.sampled_from(PEOPLE)), draw(st.integers(-1, 4))


def play(passage: Passage, gesture: tuple[str, str, int]) -> Passage:
    """Play one gesture; raises WorkflowRefused where it is not allowed."""
    what, who, rank = gesture
    if what == "give":
        return give(passage, holder=who, actor=who, read="v1", version="v1", at=NOON)
    if what == "pass_over":
        return pass_over(passage, holder=who, actor=who, reason="absence", at=NOON)
    if what == "send_back":
        to = None if rank < 0 else rank
        return send_back(passage, holder=who, actor=who, to=to, reason="à revoir", at=NOON)
    return resume(passage, at=NOON)
