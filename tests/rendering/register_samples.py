"""The registers and their extracts, with names that belong to nobody."""

from __future__ import annotations

import datetime as dt

from hemicycle.rendering.act_register import ActRegister, RegisterEntry
from hemicycle.rendering.extract import Extract
from tests.rendering import samples


def act_register() -> ActRegister:
    day = dt.date(2026, 11, 27)
    after = "signé le 27/11/2026, reçu en préfecture le 27/11/2026, publié le 30/11/2026"
    struck = {"cancelled": "Le montant voté est à reprendre.", "cancelled_on": dt.date(2026, 11, 30)}
    entries = (
        RegisterEntry(number="CP-2026-0001", on=day, title="Aide aux festivals d’initiative locale", after=after),
        RegisterEntry(number="CP-2026-0002", on=day, title="Plan vélo 2026-2030", **struck),
        RegisterEntry(number="CP-2026-0003", on=day, title="Tarifs de restauration des collèges", after=after),
    )
    return ActRegister(
        letterhead=samples.deliberation().letterhead,
        name="Délibérations de la commission permanente",
        year=2026,
        entries=entries * 12,
    )


def extract() -> Extract:
    act = samples.deliberation()
    return Extract(
        letterhead=act.letterhead,
        register="registre des délibérations de la commission permanente",
        name=f"Délibération n° {act.number}",
        decided_on=act.sitting,
        in_sitting=True,
        title=act.title,
        text=act.text,
        pictures=act.pictures,
        vote=(act.vote.sentence, act.vote.figures),
        signed_by="Aline BRÉVAL, Présidente du conseil départemental",
        facts=(("Signé électroniquement le", "27/11/2026"), ("Empreinte de l’original", "0f" * 32)),
        place="Ambrelle",
        certified_by=("Nadia", "Orlanges"),
    )
