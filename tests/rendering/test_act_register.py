"""The register on paper: every number, the struck ones with their reason, the leaves counted."""

from __future__ import annotations

import datetime as dt

from hemicycle.rendering.act_register import ActRegister, RegisterEntry, render_act_register
from hemicycle.rendering.blocks import Letterhead
from tests.rendering.reading import words

AT = dt.datetime(2026, 12, 31, 18, 0, tzinfo=dt.UTC)


def a_register(count: int = 3, *, still_open: bool = False) -> ActRegister:
    entries = [
        RegisterEntry(number=f"CP-2026-{n:04}", on=dt.date(2026, 11, 27), title=f"Objet {n}", after="signé")
        for n in range(1, count + 1)
    ]
    if count > 1:
        entries[1] = RegisterEntry(
            number="CP-2026-0002",
            on=dt.date(2026, 11, 27),
            title="Objet 2",
            cancelled="Vote à reprendre.",
            cancelled_on=dt.date(2026, 11, 30),
        )
    return ActRegister(
        letterhead=Letterhead(departement="Département de l’Ormelle"),
        name="Délibérations de la commission permanente",
        year=2026,
        entries=tuple(entries),
        open=still_open,
    )


def said_by(register: ActRegister) -> str:
    return words(render_act_register(register, at=AT))


def test_every_number_is_printed_the_cancelled_one_with_its_reason() -> None:
    said = said_by(a_register())

    assert all(f"CP-2026-000{n}" in said for n in (1, 2, 3))
    assert "Numéro annulé le 30/11/2026 : Vote à reprendre." in said


def test_a_closed_register_says_what_it_holds() -> None:
    said = said_by(a_register())

    assert "Registre clos, imprimé le 31 décembre 2026" in said
    assert "Arrêté à 3 numéros, de CP-2026-0001 à CP-2026-0003, sans interruption, dont 1 annulé" in said
    assert "compte un feuillet" in said


def test_a_register_of_the_year_in_progress_says_so() -> None:
    said = said_by(a_register(still_open=True))

    assert "Registre en cours, tel qu'il est au 31 décembre 2026" in said
    assert "Arrêté provisoirement" in said


def test_an_empty_register_says_that_it_is() -> None:
    assert "Aucun acte n'est inscrit à ce registre" in said_by(a_register(0))


def test_each_leaf_has_its_number_and_the_place_of_its_initials() -> None:
    said = said_by(a_register(60))

    assert "feuillet 1/2" in said
    assert said.count("paraphe :") == 2
    assert "Ce registre compte 2 feuillets, cotés de 1 à 2." in said
