"""Switch a rule on, once it was tried, or off."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.circuit import conditions
from hemicycle.chain.circuit.events import RuleSwitched
from hemicycle.chain.circuit.models import VisaRule
from hemicycle.chain.circuit.trial import digest_of, try_rule
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.refusals import ActionRefused

#: What the journal keeps of a rule switched on: what it would have done during these days before.
PERIOD = dt.timedelta(days=365)


class NotTried(ActionRefused):
    message = (
        "Cette règle n’a pas été essayée telle qu’elle est écrite ; essayez-la sur les dossiers passés, "
        "puis mettez-la en service depuis la page de l’essai."
    )


class AlreadySo(ActionRefused):
    message = "Cette règle n’existe plus, ou est déjà dans cet état ; rechargez la liste des règles."


@transaction.atomic
def switch_rule(*, rule_id: int, active: bool, agent: Agent, at: dt.datetime, tried: str = "") -> VisaRule:
    """From then on, dossiers submitted for the first time obey the rule, or no more; passages under way do not change.

    `tried`: the digest (trial.digest_of) of the trial that was seen, to switch on. Raises NotEntitled, NotTried,
    AlreadySo.
    """
    rule = VisaRule.objects.select_for_update(of=("self",)).filter(pk=rule_id).first()
    role = access.require_role(agent, Role.ASSEMBLY_OFFICE, on=day(at), what="Mettre une règle en service")
    if rule is None or rule.active == active:
        raise AlreadySo
    digest = digest_of(rule)
    if active and tried != digest:
        raise NotTried

    rule.active = active
    rule.save(update_fields=["active"])

    trial = try_rule(
        when=conditions.of(rule),
        role=rule.role,
        desk_id=rule.desk_id,
        first_day=day(at) - PERIOD,
        last_day=day(at),
        agent=agent,
        on=day(at),
    )
    event = RuleSwitched(rule=rule.name, active=active, added=trial.added, dossiers=trial.dossiers, digest=digest)
    journal.record(None, event, by=agent, at=at, role=role)
    return rule
