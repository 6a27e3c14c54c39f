"""The dossiers on their way through the circuit: one move calls the next, a working day later."""

from __future__ import annotations

import datetime as dt
from functools import partial

from hemicycle.accounts.models import Agent
from hemicycle.chain.circuit import queries as circuit
from hemicycle.chain.circuit.actions.give_visa import give_visa
from hemicycle.chain.circuit.actions.send_back import send_back
from hemicycle.chain.circuit.actions.set_embargo import set_embargo
from hemicycle.chain.circuit.actions.submit import submit
from hemicycle.chain.circuit.actions.validate_in_emergency import validate_in_emergency
from hemicycle.chain.circuit.queries import StepView
from hemicycle.chain.drafting.actions.withdraw_dossier import withdraw_dossier
from hemicycle.chain.drafting.actions.write_comment import write_comment
from hemicycle.demonstration.seeding.affairs import BY_KEY
from hemicycle.demonstration.seeding.company import Company
from hemicycle.demonstration.seeding.drafting import open_and_write, rewrite
from hemicycle.demonstration.seeding.stories import Said, Story
from hemicycle.dossier.models import Dossier
from hemicycle.dossier.stages import Stage

#: Hours of the moves, so that a journey does not look like a timetable.
HOURS = ((9, 10), (11, 35), (14, 20), (16, 45), (10, 5))


def set_out(company: Company, story: Story, *, target: dt.datetime | None) -> None:
    """Enter the whole story in the script; `target` is the sitting aimed at."""
    script, calendar = company.script, company.calendar
    script.at(calendar.ago(story.opened, 9, 40), lambda at: open_and_write(company, story, target=target, at=at))
    if story.submitted is not None:
        script.at(calendar.ago(story.submitted, 16, 15), lambda at: send(company, story.key, at=at))
        _then(company, story, ago=story.submitted - 1, given=0)
    for said in story.comments:
        script.at(calendar.ago(said.ago, 17, 5), partial(_say, company, story, said))
    if story.emergency is not None:
        script.at(calendar.ago(story.emergency[0], 18, 20), lambda at: _emergency(company, story, at=at))
    if story.embargo is not None:
        script.at(calendar.ago(story.embargo, 17, 45), lambda at: _embargo(company, story, at=at))
    if story.withdrawn is not None:
        script.at(calendar.ago(story.withdrawn, 11, 0), lambda at: _withdraw(company, story, at=at))
    if story.stands_in:
        script.at(calendar.now - dt.timedelta(hours=2), lambda at: _stand_in(company, story, at=at))


def send(company: Company, key: str, *, at: dt.datetime, note: str = "") -> None:
    """Submit the dossier to its circuit, or to it again."""
    dossier = company.dossier(key)
    plan = next(c for c in circuit.circuits_for(dossier) if c.name == BY_KEY[key].circuit)
    drafter = company.cast(key).drafter
    submit(dossier_id=dossier.id, circuit_id=plan.pk, agent=drafter, at=at, note=note)


def _then(company: Company, story: Story, *, ago: int, given: int) -> None:
    """The next visa that day, unless the dossier has come to where it rests."""
    if story.visas is not None and given >= story.visas:
        return
    moment = company.calendar.ago(ago, *HOURS[(ago + given) % len(HOURS)])
    company.script.at(moment, lambda at: _visa(company, story, ago=ago, given=given, at=at))


def _visa(company: Company, story: Story, *, ago: int, given: int, at: dt.datetime) -> None:
    dossier, step = awaited(company, story.key)
    if step is None:
        return
    correction = story.correction
    agent = whose_turn(step, dossier)
    if correction is not None and dossier.version == 1 and given == correction.after:
        send_back(dossier_id=dossier.id, agent=agent, version_read=1, reason=correction.reason, at=at)
        if correction.answer:
            company.script.at(
                company.calendar.ago(ago - 1, 15, 30), lambda at: _correct(company, story, ago=ago - 1, at=at)
            )
        return
    remark = story.remarks.get(step.label, "")
    reserved = step.label in story.reservations
    give_visa(dossier_id=dossier.id, agent=agent, version_read=dossier.version, remark=remark, reserved=reserved, at=at)
    if company.dossier(story.key).stage == Stage.IN_CIRCUIT:
        _then(company, story, ago=ago - 1, given=given + 1)


def _correct(company: Company, story: Story, *, ago: int, at: dt.datetime) -> None:
    answer = story.correction.answer if story.correction else ""
    script = company.script
    rewrite(company, story, at=at)
    script.at(at + dt.timedelta(minutes=15), partial(_say, company, story, Said(ago=ago, by="drafter", text=answer)))
    script.at(at + dt.timedelta(minutes=20), lambda at: send(company, story.key, at=at, note=answer))
    _then(company, story, ago=ago - 1, given=0)


def _emergency(company: Company, story: Story, *, at: dt.datetime) -> None:
    dossier, reason = company.dossier(story.key), story.emergency[1] if story.emergency else ""
    chief = company.cast(story.key).chief_executive
    validate_in_emergency(dossier_id=dossier.id, agent=chief, version_read=dossier.version, reason=reason, at=at)


def _embargo(company: Company, story: Story, *, at: dt.datetime) -> None:
    set_embargo(dossier_id=company.dossier(story.key).id, agent=company.cast(story.key).cabinet, at=at)


def _stand_in(company: Company, story: Story, *, at: dt.datetime) -> None:
    """The head of service gives the visa of the director, who is away."""
    dossier, step = awaited(company, story.key)
    if step is None:
        return
    give_visa(
        dossier_id=dossier.id,
        agent=company.cast(story.key).head_of_service,
        on_behalf_of_id=whose_turn(step, dossier).pk,
        version_read=dossier.version,
        remark="Vu avec la direction avant son absence.",
        at=at,
    )


def awaited(company: Company, key: str) -> tuple[Dossier, StepView | None]:
    """The dossier as it is now, and the first step whose visa is awaited."""
    dossier = company.dossier(key)
    return dossier, next((s for s in circuit.steps_of(dossier) if s.state == "awaited"), None)


def whose_turn(step: StepView, dossier: Dossier) -> Agent:
    """Where all must give their visa, the first who has not."""
    done = {v.agent_id for v in step.visas if v.version == dossier.version}
    return next(a for a in step.people if a.pk not in done)


def _say(company: Company, story: Story, said: Said, at: dt.datetime) -> None:
    agent: Agent = getattr(company.cast(story.key), said.by)
    write_comment(dossier_id=company.dossier(story.key).id, text=said.text, agent=agent, at=at)


def _withdraw(company: Company, story: Story, *, at: dt.datetime) -> None:
    drafter = company.cast(story.key).drafter
    withdraw_dossier(dossier_id=company.dossier(story.key).id, reason=story.reason, agent=drafter, at=at)
