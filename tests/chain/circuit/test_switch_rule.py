"""Switching a rule on, once tried, and off."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.accounts.models import Role
from hemicycle.chain.circuit.actions.switch_rule import AlreadySo, NotTried, switch_rule
from hemicycle.chain.circuit.conditions import When
from hemicycle.chain.circuit.models import VisaRule
from hemicycle.chain.circuit.trial import digest_of
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain import told
from tests.chain.circuit.test_save_rule import save, switched_on
from tests.factories import a_circuit, a_dossier

pytestmark = pytest.mark.django_db


def switch(cast: Cast, rule: VisaRule, active: bool, **given: Any) -> VisaRule:
    facts: dict[str, Any] = {"agent": cast.clerk, "tried": digest_of(rule)}
    return switch_rule(rule_id=rule.pk, active=active, at=NOON, **(facts | given))


def test_the_journal_keeps_what_it_would_have_added(cast: Cast) -> None:
    a_dossier(cast, in_circuit=True, circuit=a_circuit(Role.LEGAL), amount=100_000)
    rule = save(cast)

    switch(cast, rule, True)

    rule.refresh_from_db()
    assert rule.active
    assert told.by(cast.clerk, Role.ASSEMBLY_OFFICE, "circuit.rule_switched")
    facts = told.last()["facts"]
    assert (facts["added"], facts["dossiers"], facts["digest"]) == (1, 1, digest_of(rule))


def test_it_is_switched_off_without_a_trial(cast: Cast) -> None:
    rule = switched_on(cast)

    switch(cast, rule, False, tried="")

    rule.refresh_from_db()
    assert not rule.active


def test_a_rule_never_tried_is_not_switched_on(cast: Cast, nothing_written: Any) -> None:
    rule = save(cast)

    with pytest.raises(NotTried), nothing_written():
        switch(cast, rule, True, tried="")


def test_a_rule_changed_since_its_trial_is_not_switched_on(cast: Cast, nothing_written: Any) -> None:
    rule = save(cast)
    tried = digest_of(rule)
    save(cast, rule_id=rule.pk, when=When(subjects=("7.5",)))

    with pytest.raises(NotTried), nothing_written():
        switch(cast, rule, True, tried=tried)


def test_a_rule_already_so_is_refused(cast: Cast, nothing_written: Any) -> None:
    rule = save(cast)

    with pytest.raises(AlreadySo), nothing_written():
        switch(cast, rule, False)


def test_only_the_service_des_assemblees_switches_rules(cast: Cast, nothing_written: Any) -> None:
    rule = save(cast)

    with pytest.raises(NotEntitled), nothing_written():
        switch(cast, rule, True, agent=cast.administrator)
