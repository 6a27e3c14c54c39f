"""Write a rule that requires a visa by the data of the dossier."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.circuit import definitions
from hemicycle.chain.circuit.conditions import When
from hemicycle.chain.circuit.definitions import MOST_DAYS, ROLES
from hemicycle.chain.circuit.events import RuleSaved
from hemicycle.chain.circuit.models import Desk, VisaRule
from hemicycle.chain.circuit.trial import digest_of
from hemicycle.dossier import access, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.refusals import ActionRefused
from hemicycle.texts.typed import one_line


class RuleInvalid(ActionRefused):
    """A rule that would require nothing, or of nobody; the sentence says what to mend."""


@transaction.atomic
def save_rule(
    *,
    rule_id: int | None,
    name: str,
    role: str,
    desk_id: int | None,
    why: str,
    days: int,
    when: When,
    agent: Agent,
    at: dt.datetime,
    before_role: str = "",
) -> VisaRule:
    """Keep the rule; None makes a new one, which is off. One whose conditions change goes off, to be tried again.

    Passages under way keep the steps they started with. Raises NotEntitled, RuleInvalid.
    """
    rule = VisaRule.objects.select_for_update(of=("self",)).filter(pk=rule_id).first() if rule_id else None
    held = access.require_role(agent, Role.ASSEMBLY_OFFICE, on=day(at), what="Écrire une règle de visa")
    if rule_id and rule is None:
        raise RuleInvalid("Cette règle n’existe pas ; revenez à la liste des règles.")
    named, reason = one_line(name, 120), one_line(why, 200)
    _check_words(named, reason, rule)
    _check_who(role, desk_id, before_role, on=day(at))
    if not 0 <= days <= MOST_DAYS:
        raise RuleInvalid(f"Donnez de 0 (sans délai) à {MOST_DAYS} jours ouvrés.", field="days")
    if when.amount_over is not None and when.amount_over < 0:
        raise RuleInvalid("Le montant est négatif ; corrigez-le.", field="amount_over")
    if when == When():
        raise RuleInvalid(
            "Cette règle n’a aucune condition : elle viserait tous les dossiers ; ajoutez plutôt l’étape aux circuits."
        )

    new = rule is None
    rule = rule or VisaRule()
    before = "" if new else digest_of(rule)
    for column, value in when.plain().items():
        setattr(rule, column, value)
    rule.name, rule.why, rule.days = named, reason, days
    rule.role, rule.desk_id, rule.before_role = role, desk_id, before_role
    rule.active = rule.active and digest_of(rule) == before
    rule.save()

    who = definitions.who_fr(definitions.rule(rule.pk))
    event = RuleSaved(rule=named, new=new, who=who, why=reason, digest=digest_of(rule), active=rule.active)
    journal.record(None, event, by=agent, at=at, role=held)
    return rule


def _check_words(name: str, why: str, rule: VisaRule | None) -> None:
    if not name:
        raise RuleInvalid("Donnez un nom à la règle.", field="name")
    if not why:
        raise RuleInvalid("Dites pourquoi ce visa est requis : « car le montant dépasse 90 000 € ».", field="why")
    others = VisaRule.objects.exclude(pk=rule.pk) if rule else VisaRule.objects.all()
    if others.filter(name__iexact=name).exists():
        raise RuleInvalid(f"Une règle s’appelle déjà « {name} » ; choisissez un autre nom.", field="name")


def _check_who(role: str, desk_id: int | None, before_role: str, *, on: dt.date) -> None:
    if bool(role) == (desk_id is not None):
        raise RuleInvalid("Choisissez de qui le visa est requis : une fonction, ou un guichet.", field="who")
    if role and role not in ROLES:
        raise RuleInvalid("Cette fonction ne vise pas ; choisissez-en une autre.", field="who")
    if before_role and before_role not in ROLES:
        raise RuleInvalid("Cette fonction ne vise pas ; choisissez une autre place.", field="before_role")
    if desk_id is None:
        return
    if not Desk.objects.filter(pk=desk_id, active=True).exists():
        raise RuleInvalid("Ce guichet est fermé ; choisissez-en un autre.", field="who")
    if not definitions.people_at(desk_id, on=on):
        raise RuleInvalid("Personne ne siège à ce guichet aujourd’hui ; complétez-le d’abord.", field="who")
