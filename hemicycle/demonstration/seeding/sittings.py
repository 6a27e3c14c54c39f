"""The four sittings of the demonstration: one held, one today that waits for whoever tries it, two in preparation."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from uuid import UUID

from hemicycle.accounts.models import Agent, Body, Role
from hemicycle.chain.sitting.actions.adjourn_item import adjourn_item
from hemicycle.chain.sitting.actions.close_sitting import close_sitting
from hemicycle.chain.sitting.actions.convene import convene
from hemicycle.chain.sitting.actions.open_sitting import open_sitting
from hemicycle.chain.sitting.actions.open_summons import open_summons
from hemicycle.chain.sitting.actions.plan_sitting import plan_sitting
from hemicycle.chain.sitting.actions.put_on_agenda import put_on_agenda
from hemicycle.chain.sitting.actions.record_attendance import record_attendance
from hemicycle.chain.sitting.actions.record_proxy import record_proxy
from hemicycle.chain.sitting.actions.record_vote import record_vote
from hemicycle.chain.sitting.models import Sitting
from hemicycle.couriers.rounds import run_once
from hemicycle.demonstration.cast import holder
from hemicycle.demonstration.seeding import votes
from hemicycle.demonstration.seeding.calendar import Calendar
from hemicycle.demonstration.seeding.company import Company
from hemicycle.demonstration.seeding.script import Move

PLACE = "Hôtel du Département, hémicycle"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One sitting; days are working days before today."""

    body: str
    starts_at: dt.datetime
    planned: int
    agenda: int
    #: None: not convened yet.
    convened: int | None
    keys: tuple[str, ...]
    #: How many members have opened their documents.
    readers: int = 0


def plans(calendar: Calendar) -> tuple[Plan, Plan, Plan, Plan]:
    """The sitting held, the one of today, the next one of the council, the next one of the standing committee."""
    past = Plan(
        body=Body.STANDING_COMMITTEE,
        starts_at=calendar.ago(5, 9, 30),
        planned=45,
        agenda=19,
        convened=17,
        keys=("festivals", "restauration", "nettoyage", "voie-communale", "marais", "brissey", "garantie"),
        readers=33,
    )
    today = Plan(
        body=Body.STANDING_COMMITTEE,
        starts_at=calendar.sitting_today,
        planned=40,
        agenda=13,
        convened=11,
        keys=("comites-sportifs", "solidarite-territoriale", "saint-aubrac", "emplois", "crues"),
        readers=21,
    )
    council = Plan(
        body=Body.COUNCIL,
        starts_at=calendar.next_council,
        planned=26,
        agenda=3,
        convened=None,
        keys=("velo", "numerique"),
    )
    # Empty yet: it is what the dossiers on their way aim at.
    next_one = Plan(
        body=Body.STANDING_COMMITTEE,
        starts_at=calendar.next_committee,
        planned=20,
        agenda=1,
        convened=None,
        keys=(),
    )
    return past, today, council, next_one


def prepare(company: Company, plan: Plan) -> None:
    """Enter in the script the planning, the agenda, the summons and the members' readings."""
    script, calendar = company.script, company.calendar
    clerk = _clerk(company)
    found: list[UUID] = []

    def begin(at: dt.datetime) -> None:
        made = plan_sitting(body=plan.body, starts_at=plan.starts_at, place=PLACE, agent=clerk, at=at)
        found.append(made.pk)

    def put(at: dt.datetime) -> None:
        for key in plan.keys:
            put_on_agenda(sitting_id=found[0], dossier_id=company.opened[key].id, agent=clerk, at=at)

    script.at(calendar.ago(plan.planned, 11, 20), begin)
    script.at(calendar.ago(plan.agenda, 17, 30), put)
    if plan.convened is None:
        return
    sent = calendar.ago(plan.convened, 10, 30)
    script.at(sent, lambda at: convene(sitting_id=found[0], agent=clerk, at=at))
    script.at(sent + dt.timedelta(minutes=2), lambda at: carry_at(company, at), couriers=True)
    for rank, sitter in enumerate(company.sitters()[: plan.readers]):
        moment = calendar.ago(plan.convened - 1 - rank % 5, 8 + rank % 11, 7 * rank % 60)
        script.at(moment, _reading(found, sitter.member.agent))


def _reading(sitting: list[UUID], member: Agent) -> Move:
    return lambda at: open_summons(sitting_id=sitting[0], agent=member, at=at)


def hold(company: Company, plan: Plan) -> None:
    """Enter in the script the sitting itself, from the roll to the closing, then the acts drawn up that evening."""
    company.script.at(plan.starts_at - dt.timedelta(minutes=25), lambda at: _hold(company, plan, at=at))
    evening = plan.starts_at + dt.timedelta(hours=9)
    company.script.at(evening, lambda at: carry_at(company, at), couriers=True)


def _hold(company: Company, plan: Plan, *, at: dt.datetime) -> None:
    sitting = Sitting.objects.get(body=plan.body, starts_at=plan.starts_at)
    clerk, sitters = _clerk(company), company.sitters()
    statuses, proxies = votes.room(sitters)
    record_attendance(sitting_id=sitting.pk, statuses=statuses, agent=clerk, at=at)
    for giver, carried_by in proxies:
        record_proxy(sitting_id=sitting.pk, giver_id=giver, holder_id=carried_by, agent=clerk, at=at)
    president, secretary = sitters[0].member.pk, company.member(votes.SECRETARY).pk
    company.script.at(
        plan.starts_at,
        lambda at: open_sitting(
            sitting_id=sitting.pk, president_id=president, secretary_id=secretary, agent=clerk, at=at
        ),
    )
    voters = [pk for pk, status in statuses.items() if status == "present"] + [giver for giver, _ in proxies]
    moment = plan.starts_at
    for item in sitting.items.order_by("position"):
        moment += dt.timedelta(minutes=13)
        company.script.at(moment, _settled(company, plan.keys[item.position - 1], item.pk, voters))
    end = moment + dt.timedelta(minutes=20)
    company.script.at(end, lambda at: close_sitting(sitting_id=sitting.pk, agent=clerk, at=at))


def _settled(company: Company, key: str, item: UUID, voters: list[int]) -> Move:
    """The item put to the vote, or adjourned."""
    clerk = _clerk(company)
    if key in votes.ADJOURNED:
        return lambda at: adjourn_item(item_id=item, reason=votes.ADJOURNED[key], agent=clerk, at=at)
    choices = votes.BALLOTS[key]
    said = votes.votes(company.sitters(), voters, choices)
    return lambda at: record_vote(item_id=item, votes=said, agent=clerk, at=at, kind=choices.kind)


def carry_at(company: Company, at: dt.datetime) -> None:
    """A round of the couriers as of that moment, until nothing moves: what must be waited for is left for later."""
    then = replace(company.world, clock=lambda: at)
    while run_once(then):
        pass


def _clerk(company: Company) -> Agent:
    return holder(Role.ASSEMBLY_OFFICE, on=company.calendar.today)
