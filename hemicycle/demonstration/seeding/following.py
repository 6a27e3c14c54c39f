"""What people who follow dossiers left behind: an opinion asked, an act repealed, filters that they keep."""

from __future__ import annotations

import datetime as dt

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent, Unit
from hemicycle.chain.circuit.actions.ask_opinion import ask_opinion
from hemicycle.chain.drafting.actions.duplicate_dossier import duplicate_dossier
from hemicycle.chain.drafting.actions.link_dossier import link_dossier
from hemicycle.chain.drafting.actions.save_text import save_text
from hemicycle.chain.finding.actions.save_filter import save_filter
from hemicycle.demonstration.cast import USUAL_SERVICE
from hemicycle.demonstration.seeding.company import Company
from hemicycle.demonstration.seeding.drafting import TEXTS
from hemicycle.demonstration.seeding.ways import awaited, whose_turn
from hemicycle.dossier.dates import day

#: The dossier on which the legal service waits for the opinion of whoever looks after the roofs.
ASKED = "photovoltaique"
EXPERT = "Service de la maintenance et de l’énergie"
#: The act that next year's replaces, and the words that change.
REPEALED = "restauration"
NEW_TARIFF = (
    ("2,60 €", "2,65 €"),
    ("3,75 €", "3,85 €"),
    ("4,20 €", "4,35 €"),
    ("6,00 €", "6,20 €"),
)


def follow(company: Company) -> None:
    """Enter it in the script."""
    now, script = company.calendar.now, company.script
    script.at(company.calendar.ago(3, 10, 15), lambda at: _next_year(company, at=at))
    script.at(now - dt.timedelta(minutes=75), lambda at: _opinion(company, at=at))
    script.at(now - dt.timedelta(minutes=25), lambda at: _filters(company, at=at))


def _next_year(company: Company, *, at: dt.datetime) -> None:
    """Next year's tariffs start from this year's, which they repeal."""
    origin, people = company.dossier(REPEALED), company.cast(REPEALED)
    year = company.calendar.today.year + 1
    copy = duplicate_dossier(
        dossier_id=origin.id,
        unit_id=people.unit.pk,
        object=f"{origin.object} à compter du 1er septembre {year}",
        agent=people.drafter,
        at=at,
    )
    link_dossier(dossier_id=copy.id, kind="repeals", target_id=origin.id, agent=people.drafter, at=at)
    name = TEXTS["deliberation"]
    content = company.text(REPEALED, name, first=NEW_TARIFF)
    save_text(dossier_id=copy.id, text="deliberation", content=content, agent=people.drafter, at=at)


def _opinion(company: Company, *, at: dt.datetime) -> None:
    dossier, step = awaited(company, ASKED)
    if step is None:
        raise LookupError(f"Plus aucun visa n’est attendu sur {dossier.number}.")
    expert = accounts.holders("head_of_service", on=day(at), unit=Unit.objects.get(name=EXPERT))[0]
    ask_opinion(
        dossier_id=dossier.id,
        agent=whose_turn(step, dossier),
        version_read=dossier.version,
        whom_id=expert.pk,
        question="La toiture porte-t-elle les panneaux sans travaux ? Le rapport met leur dépose à la charge de la "
        "société : est-ce tenable avec une étanchéité refaite il y a deux ans ?",
        at=at,
    )


def _filters(company: Company, *, at: dt.datetime) -> None:
    people = company.cast("sport-adapte")
    sports = Unit.objects.get(name=USUAL_SERVICE).parent_id
    wanted: tuple[tuple[Agent, str, dict[str, str]], ...] = (
        (people.clerk, "En retard dans le circuit", {"tray": "retard"}),
        (people.clerk, "Prêts pour une séance", {"stage": "ready"}),
        (people.clerk, "Subventions en circuit", {"subject": "7.5", "stage": "in_circuit"}),
        (people.drafter, "Sport, en visa", {"unit": str(sports), "stage": "in_circuit"}),
        (people.drafter, "Conventions d’objectifs", {"words": "convention objectifs"}),
        (people.finance, "Subventions d’investissement", {"subject": "7.8"}),
    )
    for agent, name, criteria in wanted:
        save_filter(name=name, criteria=criteria, agent=agent, at=at)
