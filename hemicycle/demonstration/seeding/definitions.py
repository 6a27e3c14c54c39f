"""What the service des assemblées defined: a desk, two rules, an absence; and what the Cabinet holds."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Role
from hemicycle.chain.circuit.actions.declare_absence import declare_absence
from hemicycle.chain.circuit.actions.hold import hold
from hemicycle.chain.circuit.actions.save_desk import save_desk
from hemicycle.chain.circuit.actions.save_rule import save_rule
from hemicycle.chain.circuit.actions.switch_rule import switch_rule
from hemicycle.chain.circuit.conditions import When
from hemicycle.chain.circuit.trial import digest_of
from hemicycle.demonstration.cast import holder
from hemicycle.demonstration.seeding.company import Company
from hemicycle.dossier.dates import day

#: A dossier whose last visa, the Cabinet's, is awaited.
HELD = "carburants"


def define(company: Company) -> None:
    """Enter it in the script, once the dossiers of the demonstration have started with their own circuits."""
    now = company.calendar.now
    company.script.at(now - dt.timedelta(minutes=50), lambda at: _desk_and_rules(at=at))
    company.script.at(now - dt.timedelta(minutes=40), lambda at: _absence(at=at))
    company.script.at(now - dt.timedelta(minutes=30), lambda at: _hold(company, at=at))


def _desk_and_rules(*, at: dt.datetime) -> None:
    on = day(at)
    clerk = holder(Role.ASSEMBLY_OFFICE, on=on)
    people = [*accounts.holders(Role.FINANCE, on=on)[:1], *accounts.holders(Role.LEGAL, on=on)[:1]]
    desk = save_desk(
        desk_id=None, name="Guichet des aides européennes", people=[a.pk for a in people], agent=clerk, at=at
    )
    above = save_rule(
        rule_id=None,
        name="Finances au-delà de 90 000 €",
        role=Role.FINANCE,
        desk_id=None,
        why="car le montant dépasse 90 000 €",
        days=3,
        when=When(amount_over=Decimal(90000)),
        before_role=Role.LEGAL,
        agent=clerk,
        at=at,
    )
    switch_rule(rule_id=above.pk, active=True, tried=digest_of(above), agent=clerk, at=at)
    save_rule(
        rule_id=None,
        name="Guichet européen pour les subventions de plus de 30 000 €",
        role="",
        desk_id=desk.pk,
        why="car une aide européenne peut être demandée",
        days=5,
        when=When(amount_over=Decimal(30000), subjects=("7.5",)),
        before_role=Role.CABINET,
        agent=clerk,
        at=at,
    )


def _absence(*, at: dt.datetime) -> None:
    """A member of the finances declares the week to come; a colleague replaces."""
    on = day(at)
    people = accounts.holders(Role.FINANCE, on=on)
    away, colleague = people[-1], people[0] if len(people) > 1 else holder(Role.LEGAL, on=on)
    first = on + dt.timedelta(days=7 - on.weekday())
    declare_absence(
        absent_id=away.pk,
        replaced_by_id=colleague.pk,
        first_day=first,
        last_day=first + dt.timedelta(days=4),
        reason="congés",
        agent=away,
        at=at,
    )


def _hold(company: Company, *, at: dt.datetime) -> None:
    cabinet = holder(Role.CABINET, on=day(at))
    reason = "Attendre l’arbitrage du Président sur la part du SDIS."
    hold(dossier_id=company.dossier(HELD).id, reason=reason, agent=cabinet, at=at)
