"""The Département de l’Ormelle holds together: whoever tries the software meets no dead end."""

from __future__ import annotations

import pytest

from hemicycle.accounts import queries
from hemicycle.accounts.models import Agent, Authority, ElectedMember, PoliticalGroup, Role, Seat, Unit
from hemicycle.chain.circuit.models import Circuit, CircuitStep
from hemicycle.demonstration import cast as people
from hemicycle.demonstration import circuits, departement, organisation
from hemicycle.dossier.models import JournalEntry
from tests.cast import PASSWORD, TODAY
from tests.traps import nothing_written, rows_of_ours

pytestmark = pytest.mark.django_db


@pytest.fixture
def ormelle(db: None) -> None:
    departement.build(on=TODAY, password=PASSWORD)


def test_forty_two_members_of_five_groups_sit_in_both_bodies(ormelle: None) -> None:
    assert [len(queries.members_in_office(body, on=TODAY)) for body in ("CD", "CP")] == [42, 42]
    assert PoliticalGroup.objects.count() == 5
    assert ElectedMember.objects.filter(group__majority=True).count() == 25


def test_each_canton_has_a_woman_and_a_man(ormelle: None) -> None:
    pairs: dict[str, set[str]] = {}
    for member in ElectedMember.objects.select_related("agent").order_by("id"):
        pairs.setdefault(member.canton, set()).add(member.agent.civility)

    assert len(pairs) == 21
    assert {frozenset(pair) for pair in pairs.values()} == {frozenset({"Mme", "M."})}


def test_the_tableau_alternates_and_stays_under_thirty_per_cent(ormelle: None) -> None:
    sitters = [s for s in queries.members_in_office("CD", on=TODAY) if s.office == Seat.Office.VICE_PRESIDENT]

    civilities = [s.member.agent.civility for s in sitters]

    assert civilities == ["M.", "Mme"] * 6
    assert [s.rank for s in sitters] == list(range(1, 13))


def test_every_service_finds_someone_for_every_step_of_every_circuit(ormelle: None) -> None:
    services = Unit.objects.filter(kind=Unit.Kind.SERVICE).order_by("id")
    roles = set(CircuitStep.objects.values_list("role", flat=True))

    missing = [(s.name, r) for s in services for r in sorted(roles) if not queries.holders(r, on=TODAY, unit=s)]

    assert missing == []


def test_every_direction_drafts(ormelle: None) -> None:
    directions = Unit.objects.filter(kind=Unit.Kind.DIRECTION).order_by("id")

    idle = [
        d.short
        for d in directions
        if not any(queries.holders(Role.DRAFTER, on=TODAY, unit=s) for s in d.children.all())
    ]

    assert (directions.count(), idle) == (12, [])


def test_each_role_has_its_account_which_signs_in(ormelle: None) -> None:
    table = people.accounts_table(on=TODAY)

    accounts = [Agent.objects.get(email=email) for _, _, email in table]

    assert all(agent.check_password(PASSWORD) for agent in accounts)
    held = {role for agent in accounts for role in queries.roles_of(agent, on=TODAY)}
    assert held == set(Role) - {Role.COURIER}


def test_nobody_signs_in_as_the_courier(ormelle: None) -> None:
    assert not queries.courier().has_usable_password()


def test_the_president_signs(ormelle: None) -> None:
    signatory = queries.president_signatory(on=TODAY)

    assert signatory is not None
    assert (signatory.key_name, signatory.capacity) == ("president", "Le Président du conseil départemental")


def test_one_director_is_away_and_someone_gives_visas_in_her_name(ormelle: None) -> None:
    absent = Agent.objects.get(email=organisation.DIRECTIONS[5].director.email)
    deputy = Agent.objects.get(email=organisation.DIRECTIONS[5].services[0].head.email)

    assert queries.principals_of(deputy, scope="visa", on=TODAY) == [absent]


def test_building_it_again_changes_nothing(ormelle: None) -> None:
    with nothing_written():
        departement.build(on=TODAY, password=PASSWORD)


def test_building_it_again_with_another_password_changes_that_only(ormelle: None) -> None:
    before = rows_of_ours()

    departement.build(on=TODAY, password="un-autre-mot-de-passe")

    after = rows_of_ours()
    assert [table for table in before if before[table] != after[table]] == ["accounts_agent"]
    assert people.cast(on=TODAY).drafter.check_password("un-autre-mot-de-passe")


def test_the_installation_of_another_departement_is_left_alone() -> None:
    Authority.objects.create(id=1, name="Département de la Vraie", siren="123456789", siret="12345678900001")

    with pytest.raises(departement.OtherAuthority, match="Département de la Vraie"), nothing_written():
        departement.build(on=TODAY, password=PASSWORD)


def test_setting_up_is_not_an_act_of_the_chain(ormelle: None) -> None:
    assert not JournalEntry.objects.exists()


def test_a_circuit_is_found_by_its_visas_or_made(ormelle: None) -> None:
    grants = ["chef de service", "directeur", "finances", "juridique", "secrétariat général", "cabinet"]

    assert people.circuit_of(grants).name == circuits.GRANTS
    assert people.circuit_of(["directeur", "cabinet"]) == people.circuit_of(["directeur", "cabinet"])
    assert Circuit.objects.count() == len(circuits.CIRCUITS) + 1


def test_a_visa_that_nobody_knows_is_named(ormelle: None) -> None:
    with pytest.raises(LookupError, match="« fleuriste » est inconnu"), nothing_written():
        people.circuit_of(["directeur", "fleuriste"])


def test_a_direction_from_elsewhere_opens_with_its_people(ormelle: None) -> None:
    unit = people.service("Service des ponts", direction="Direction des ouvrages")

    chosen = people.cast(on=TODAY, service="Service des ponts")

    assert chosen.unit == unit
    assert chosen.director == people.cast(on=TODAY).director
    assert people.service("Service des ponts", direction="Direction des ouvrages") == unit


def test_no_two_people_share_an_address(ormelle: None) -> None:
    agents = Agent.objects.exclude(email=queries.COURIER_EMAIL)

    names = [(a.first_name, a.last_name) for a in agents.order_by("email")]

    assert len(set(names)) == len(names)
    assert all(a.email.isascii() and a.email.endswith("@ormelle.example") for a in agents.order_by("email"))
