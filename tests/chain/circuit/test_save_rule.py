"""Writing a rule that requires a visa."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from hemicycle.accounts.models import Role
from hemicycle.chain.circuit.actions.save_desk import save_desk
from hemicycle.chain.circuit.actions.save_rule import RuleInvalid, save_rule
from hemicycle.chain.circuit.actions.switch_rule import switch_rule
from hemicycle.chain.circuit.conditions import When
from hemicycle.chain.circuit.models import VisaRule
from hemicycle.chain.circuit.trial import digest_of
from hemicycle.dossier.refusals import NotEntitled
from tests.cast import NOON, Cast
from tests.chain import told

pytestmark = pytest.mark.django_db

ABOVE = When(amount_over=Decimal(90000))


def save(cast: Cast, **given: Any) -> VisaRule:
    facts: dict[str, Any] = {
        "rule_id": None,
        "name": "Finances au-delà de 90 000 €",
        "role": Role.FINANCE,
        "desk_id": None,
        "why": "car le montant dépasse 90 000 €",
        "days": 3,
        "when": ABOVE,
        "agent": cast.clerk,
    }
    return save_rule(at=NOON, **(facts | given))


def switched_on(cast: Cast) -> VisaRule:
    rule = save(cast)
    return switch_rule(rule_id=rule.pk, active=True, tried=digest_of(rule), agent=cast.clerk, at=NOON)


def test_a_new_rule_is_off(cast: Cast) -> None:
    rule = save(cast)

    rule.refresh_from_db()
    assert (rule.active, rule.role, rule.amount_over) == (False, Role.FINANCE, Decimal(90000))
    assert told.by(cast.clerk, Role.ASSEMBLY_OFFICE, "circuit.rule_saved")


def test_it_may_require_the_visa_of_a_desk(cast: Cast) -> None:
    desk = save_desk(desk_id=None, name="Guichet", people=[cast.legal.pk], agent=cast.clerk, at=NOON)

    rule = save(cast, role="", desk_id=desk.pk, before_role=Role.CABINET)

    assert (rule.desk, rule.before_role) == (desk, Role.CABINET)


def test_a_rule_on_whose_conditions_change_goes_off_to_be_tried_again(cast: Cast) -> None:
    rule = switched_on(cast)

    save(cast, rule_id=rule.pk, when=When(amount_over=Decimal(50000)))

    rule.refresh_from_db()
    assert not rule.active


def test_another_reason_leaves_it_on(cast: Cast) -> None:
    rule = switched_on(cast)

    save(cast, rule_id=rule.pk, why="car il engage des crédits", days=5)

    rule.refresh_from_db()
    assert (rule.active, rule.why, rule.days) == (True, "car il engage des crédits", 5)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": " "}, "Donnez un nom"),
        ({"why": ""}, "Dites pourquoi"),
        ({"role": ""}, "de qui le visa est requis"),
        ({"desk_id": 9}, "de qui le visa est requis"),
        ({"role": "", "desk_id": 9}, "fermé"),
        ({"role": Role.AUDITOR}, "ne vise pas"),
        ({"before_role": Role.COURIER}, "ne vise pas"),
        ({"days": -1}, "jours ouvrés"),
        ({"when": When()}, "aucune condition"),
        ({"when": When(amount_over=Decimal(-1))}, "négatif"),
        ({"rule_id": 99}, "n’existe pas"),
    ],
)
def test_a_rule_that_would_require_nothing_is_refused(
    cast: Cast, nothing_written: Any, given: dict[str, Any], said: str
) -> None:
    with pytest.raises(RuleInvalid, match=said), nothing_written():
        save(cast, **given)


def test_two_rules_of_one_name_are_refused(cast: Cast, nothing_written: Any) -> None:
    save(cast)

    with pytest.raises(RuleInvalid, match="s’appelle déjà"), nothing_written():
        save(cast)


def test_only_the_service_des_assemblees_writes_rules(cast: Cast, nothing_written: Any) -> None:
    with pytest.raises(NotEntitled), nothing_written():
        save(cast, agent=cast.finance)
