"""The passage as a whole: companions carried along, and whatever people do, what « ready » means."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any, ClassVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from hemicycle.accounts.models import Agent, Post, Role
from hemicycle.chain.circuit.actions.amend import amend
from hemicycle.chain.circuit.actions.ask_opinion import ask_opinion
from hemicycle.chain.circuit.actions.give_opinion import give_opinion
from hemicycle.chain.circuit.actions.give_visa import give_visa
from hemicycle.chain.circuit.actions.hold import hold
from hemicycle.chain.circuit.actions.pass_on import pass_on
from hemicycle.chain.circuit.actions.send_back import send_back
from hemicycle.chain.circuit.actions.submit import NotReady, submit
from hemicycle.chain.circuit.actions.take_back_visa import take_back_visa
from hemicycle.chain.circuit.actions.validate_in_emergency import validate_in_emergency
from hemicycle.chain.circuit.models import RunStep, StepKind, Visa
from hemicycle.chain.circuit.queries import awaited_of, in_tray, missing_visas, steps_of, waiting_at
from hemicycle.chain.drafting.actions.save_text import save_text
from hemicycle.dossier import access, journal, versions
from hemicycle.dossier.companions import FollowsItsLead
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.dossier.stages import Stage
from hemicycle.protocols.journal.chain import HEADS, JOURNAL, line
from hemicycle.protocols.journal.verify import verify
from tests.cast import NOON, SINCE, TODAY, Cast
from tests.chain import told
from tests.factories import a_circuit, a_dossier, a_text

pytestmark = pytest.mark.django_db


# --- Companions -------------------------------------------------------------------------------------------------


def sent(cast: Cast) -> tuple[Dossier, Dossier]:
    lead = a_dossier(cast)
    companion = a_dossier(cast, lead=lead, report={}, object="Subvention au club de Brissey")
    submit(dossier_id=lead.id, circuit_id=a_circuit().pk, agent=cast.drafter, at=NOON)
    for dossier in (lead, companion):
        dossier.refresh_from_db()
    return lead, companion


def test_a_companion_goes_through_the_circuit_of_its_lead(cast: Cast) -> None:
    lead, companion = sent(cast)
    assert [view.state for view in steps_of(companion)] == ["awaited", "missing", "missing"]
    assert waiting_at([companion])[companion.pk] == waiting_at([lead])[lead.pk]
    assert awaited_of(companion, cast.head_of_service, on=TODAY) == awaited_of(lead, cast.head_of_service, on=TODAY)
    assert access.may_read(cast.head_of_service, companion, on=TODAY)

    for agent in (cast.head_of_service, cast.legal, cast.cabinet):
        give_visa(dossier_id=lead.id, agent=agent, version_read=1, at=NOON)

    companion.refresh_from_db()
    assert (companion.stage, missing_visas(companion)) == (Stage.READY, [])
    assert told.events(companion) == ["circuit.carried_along", "circuit.carried_along"]


def test_it_is_one_line_in_the_tray(cast: Cast) -> None:
    lead, _ = sent(cast)

    assert [entry.dossier for entry in in_tray(cast.head_of_service, on=TODAY)] == [lead]


def test_it_comes_back_to_its_drafter_with_its_lead(cast: Cast) -> None:
    lead, companion = sent(cast)

    send_back(dossier_id=lead.id, agent=cast.head_of_service, version_read=1, reason="L’objet.", at=NOON)

    companion.refresh_from_db()
    assert companion.stage == Stage.TO_CORRECT
    assert access.may_read(cast.head_of_service, companion, on=TODAY)


def test_its_deliberation_edited_at_one_s_turn_asks_the_lead_s_visas_again(cast: Cast) -> None:
    lead, companion = sent(cast)
    give_visa(dossier_id=lead.id, agent=cast.head_of_service, version_read=1, at=NOON)
    other = a_text("Vu le code,", "Article 1 – Une aide de 9 000 € est attribuée au club de Brissey.")

    amend(dossier_id=companion.id, agent=cast.legal, version_read=1, text="deliberation", content=other, at=NOON)

    assert [view.state for view in steps_of(lead)] == ["stale", "awaited", "missing"]
    companion.refresh_from_db()
    assert companion.version == 2


def test_on_its_own_it_gets_no_visa(cast: Cast, nothing_written: Any) -> None:
    lead, companion = sent(cast)

    with pytest.raises(FollowsItsLead, match=lead.number), nothing_written():
        give_visa(dossier_id=companion.id, agent=cast.head_of_service, version_read=1, at=NOON)


def test_a_companion_that_is_not_written_holds_its_lead_back(cast: Cast, nothing_written: Any) -> None:
    lead, circuit = a_dossier(cast), a_circuit()
    companion = a_dossier(cast, lead=lead, deliberation={})

    with pytest.raises(NotReady, match=companion.number), nothing_written():
        submit(dossier_id=lead.id, circuit_id=circuit.pk, agent=cast.drafter, at=NOON)


# --- Whatever people do -----------------------------------------------------------------------------------------

PEOPLE = ("head_of_service", "legal", "outsider", "finance", "cabinet", "chief_executive", "drafter", "director")
who = st.sampled_from(PEOPLE)
#: Mostly whose turn it is; now and then anybody.
at_turn = st.one_of(st.none(), st.none(), who)


class Passages(RuleBasedStateMachine):
    """One dossier, and people who try everything: what is refused is refused whole, what is done keeps the rule."""

    cast: ClassVar[Cast]
    folder: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        circuit = a_circuit(Role.HEAD_OF_SERVICE, Role.LEGAL, Role.FINANCE, Role.CABINET)
        circuit.steps.filter(role=Role.HEAD_OF_SERVICE).update(again_after_edit=False)
        circuit.steps.filter(role=Role.LEGAL).update(kind=StepKind.ALL_OF)
        circuit.steps.filter(role=Role.FINANCE).update(required=False)
        self.dossier = a_dossier(self.cast)
        self.number, self.words = self.dossier.number, 0
        submit(dossier_id=self.dossier.id, circuit_id=circuit.pk, agent=self.cast.drafter, at=NOON)
        self.dossier.refresh_from_db()

    def teardown(self) -> None:
        (self.folder / JOURNAL).write_bytes(b"".join(line(entry) for entry in journal.export()))
        head = journal.head()
        (self.folder / HEADS).write_bytes(line(head) if head else b"")
        verdict = verify(self.folder)
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)
        assert verdict.ok, verdict.reason

    def someone(self, name: str | None) -> Agent:
        if name is not None:
            agent: Agent = getattr(self.cast, name)
            return agent
        waiting = waiting_at([self.dossier]).get(self.dossier.pk)
        return waiting.people[0] if waiting else self.cast.cabinet

    def tried(self, act: Any, **given: Any) -> None:
        with contextlib.suppress(ActionRefused):
            act(at=NOON, **given)
        self.dossier.refresh_from_db()

    def acting(self, name: str | None) -> dict[str, Any]:
        return {"dossier_id": self.dossier.id, "agent": self.someone(name), "version_read": self.dossier.version}

    @rule(name=at_turn, reserved=st.booleans())
    def visa(self, name: str | None, reserved: bool) -> None:
        self.tried(give_visa, remark="Vu.", reserved=reserved, **self.acting(name))

    @rule(name=at_turn)
    def visa_again(self, name: str | None) -> None:
        self.tried(give_visa, **self.acting(name))

    @rule(name=at_turn, to=st.one_of(st.none(), st.integers(0, 5)))
    def back(self, name: str | None, to: int | None) -> None:
        steps = steps_of(self.dossier)
        self.tried(
            send_back,
            reason="À revoir.",
            to_step=None if to is None else steps[to % len(steps)].id,
            **self.acting(name),
        )

    @rule(changed=st.booleans())
    def correct(self, changed: bool) -> None:
        if self.dossier.stage != Stage.TO_CORRECT:
            return
        if changed:
            self.words += 1
            text = a_text(f"Version {self.words}.")
            self.tried(save_text, dossier_id=self.dossier.id, text="report", content=text, agent=self.cast.drafter)
        self.tried(submit, dossier_id=self.dossier.id, circuit_id=0, agent=self.cast.drafter)

    @rule(name=at_turn)
    def edit(self, name: str | None) -> None:
        self.words += 1
        self.tried(amend, text="report", content=a_text(f"Version {self.words}."), **self.acting(name))

    @rule(name=at_turn, whom=who)
    def ask(self, name: str | None, whom: str) -> None:
        self.tried(ask_opinion, whom_id=getattr(self.cast, whom).id, question="Et donc ?", **self.acting(name))

    @rule(name=at_turn)
    def opine(self, name: str | None) -> None:
        self.tried(give_opinion, text="Favorable.", **self.acting(name))

    @rule(name=at_turn, to=st.integers(0, 5))
    def pass_over(self, name: str | None, to: int) -> None:
        steps = steps_of(self.dossier)
        self.tried(pass_on, to_step=steps[to % len(steps)].id, reason="Sans objet.", **self.acting(name))

    @rule()
    def take_back(self) -> None:
        last = Visa.objects.filter(step__run__dossier=self.dossier).order_by("-id").first()
        if last is not None:
            self.tried(take_back_visa, visa_id=last.pk, agent=last.agent)

    @rule(name=at_turn)
    def keep_waiting(self, name: str | None) -> None:
        self.tried(hold, dossier_id=self.dossier.id, reason="Arbitrage.", agent=self.someone(name))

    @rule(name=st.sampled_from(("chief_executive", "legal", "drafter", "cabinet")), sure=st.integers(0, 4))
    def emergency(self, name: str, sure: int) -> None:
        if sure == 0:
            self.tried(validate_in_emergency, reason="La crue.", **self.acting(name))

    @invariant()
    def ready_means_that_every_visa_stands(self) -> None:
        settled = [stands(row, versions.current(self.dossier).digest) for row in self.rows()]
        if self.dossier.stage == Stage.READY and not self.dossier.emergency:
            assert all(settled)
            assert missing_visas(self.dossier) == []
        if self.dossier.stage == Stage.IN_CIRCUIT:
            assert not all(settled)

    @invariant()
    def the_page_says_the_same(self) -> None:
        digest = versions.current(self.dossier).digest
        required = {row.pk: stands(row, digest) for row in self.rows() if row.required}
        shown = {view.id: view.state for view in steps_of(self.dossier) if view.required}
        for step, settled in required.items():
            assert settled == (shown[step] in ("given", "waived", "emergency"))

    @invariant()
    def it_waits_somewhere_exactly_while_it_is_in_its_circuit(self) -> None:
        opened = [row for row in self.rows() if row.opened_at is not None and row.closed_at is None]
        assert bool(opened) == (self.dossier.stage == Stage.IN_CIRCUIT)
        assert len(opened) <= 1 or all(row.origin == "opinion" for row in opened)

    @invariant()
    def it_is_the_same_dossier(self) -> None:
        assert self.dossier.number == self.number

    def rows(self) -> list[RunStep]:
        return list(RunStep.objects.filter(run__dossier=self.dossier).order_by("order"))


def stands(row: RunStep, digest: str) -> bool:
    """Written again without the code that it judges."""
    if row.waived_at is not None:
        return True
    if row.origin == "opinion":
        return bool(Visa.objects.filter(step=row, kind="opinion").exists())
    said = Visa.objects.filter(step=row, kind__in=["given", "reserved"], annulled_at=None)
    counting = [v for v in said.order_by("id") if v.digest == digest or not row.again_after_edit]
    if row.kind == "all_of":
        return {v.agent_id for v in counting} >= set(row.assignees.order_by("pk").values_list("pk", flat=True))
    return bool(counting)


def test_whatever_people_do_ready_means_that_every_required_visa_stands(cast: Cast, tmp_path: Path) -> None:
    Post.objects.create(agent=cast.outsider, role=Role.LEGAL, valid_from=SINCE)
    Passages.cast, Passages.folder = cast, tmp_path

    run_state_machine_as_test(
        Passages,
        settings=settings(
            max_examples=6, stateful_step_count=16, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
