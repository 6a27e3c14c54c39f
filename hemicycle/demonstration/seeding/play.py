"""Setting up the content of the demonstration, from the first draft to the archive."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from hemicycle.chain.finding import index
from hemicycle.couriers.world import World
from hemicycle.demonstration.seeding import after, sport_adapte
from hemicycle.demonstration.seeding.affairs import AFFAIRS, BY_KEY
from hemicycle.demonstration.seeding.calendar import Calendar
from hemicycle.demonstration.seeding.company import Company
from hemicycle.demonstration.seeding.definitions import define
from hemicycle.demonstration.seeding.following import follow
from hemicycle.demonstration.seeding.sittings import hold, plans, prepare
from hemicycle.demonstration.seeding.stories import STORIES
from hemicycle.demonstration.seeding.ways import set_out
from hemicycle.dossier.models import Dossier


def seed(*, now: dt.datetime, world: World, say: Callable[[str], None]) -> None:
    """Fill the département built by `departement.build` with its dossiers, unless they are there.

    Everything is done by the actions, by people who may do it, at dates that lead to `now`; the couriers really
    carry the acts to the systems behind `world`. `say` is told in French what is done.
    """
    if Dossier.objects.filter(object=AFFAIRS[0].object).exists():
        return
    company = Company(calendar=Calendar(now=now), world=world)
    say("Les dossiers de la démonstration sont joués : rédaction, visas, séances…")
    past, today, council, next_one = planned = plans(company.calendar)
    targets = {key: plan.starts_at for plan in planned for key in plan.keys}
    aims: dict[str, dt.datetime] = {plan.body: plan.starts_at for plan in (council, next_one)}
    for story in STORIES:
        set_out(company, story, target=targets.get(story.key, aims[BY_KEY[story.key].body]))
    sport_adapte.set_out(company, target=next_one.starts_at)
    for plan in planned:
        prepare(company, plan)
    hold(company, past)
    define(company)
    follow(company)
    company.script.play()
    say("Les actes adoptés partent : signature, préfecture, partenaires, publication, archive…")
    if not after.sign_and_carry(company):
        say("Un système extérieur tarde à répondre : les coursiers du site termineront les envois.")
    # Whoever opens the site searches at once; what the couriers have read already is not read again.
    for _ in index.rebuild(missing_only=True):
        pass
    say(
        f"{Dossier.objects.count()} dossiers sont prêts ; la commission permanente se réunit aujourd’hui "
        f"à {today.starts_at:%H h %M}, le conseil départemental le {council.starts_at:%d/%m/%Y}."
    )
