"""The drafters at work: opening, writing, joining annexes, correcting."""

from __future__ import annotations

import datetime as dt

from hemicycle.accounts import queries as accounts
from hemicycle.chain.drafting.actions.attach_annex import attach_annex
from hemicycle.chain.drafting.actions.describe_dossier import describe_dossier
from hemicycle.chain.drafting.actions.open_dossier import open_dossier
from hemicycle.chain.drafting.actions.save_text import save_text
from hemicycle.demonstration.seeding import library
from hemicycle.demonstration.seeding.affairs import BY_KEY, Affair
from hemicycle.demonstration.seeding.company import Company
from hemicycle.demonstration.seeding.stories import Story
from hemicycle.dossier.dates import day
from hemicycle.rendering.annex import Annex, render_annex
from hemicycle.rendering.blocks import Letterhead

TEXTS = {"report": library.REPORT, "deliberation": library.DELIBERATION}


def open_and_write(company: Company, story: Story, *, target: dt.datetime | None, at: dt.datetime) -> None:
    """Open the dossier and write its first version; `target` is the sitting aimed at."""
    affair = BY_KEY[story.key]
    people, first = company.cast(affair.key), story.correction
    company.opened[affair.key] = open_dossier(
        agent=people.drafter,
        unit_id=people.unit.pk,
        body=affair.body,
        object=affair.object,
        subject_code=affair.subject_code,
        theme=affair.theme,
        rapporteur_id=company.member(affair.rapporteur).pk if affair.rapporteur else None,
        amount=first.first_amount if first and first.first_amount is not None else affair.amount,
        target_date=day(target) if target else None,
        at=at,
    )
    if not affair.written:
        return
    script, words = company.script, first.first if first else ()
    script.at(at + dt.timedelta(minutes=50), lambda at: write(company, affair, words, at=at))
    # A first version that is wrong is corrected with its annexes: they are joined then.
    if not words:
        script.at(at + dt.timedelta(minutes=75), lambda at: join_annexes(company, affair, at=at))


def rewrite(company: Company, story: Story, *, at: dt.datetime) -> None:
    """Put the final words in the place of those of the first version."""
    affair = BY_KEY[story.key]
    drafter = company.cast(affair.key).drafter
    describe_dossier(dossier_id=company.opened[affair.key].id, amount=affair.amount, agent=drafter, at=at)
    company.script.at(at + dt.timedelta(minutes=5), lambda at: write(company, affair, (), at=at))
    company.script.at(at + dt.timedelta(minutes=10), lambda at: join_annexes(company, affair, at=at))


def write(company: Company, affair: Affair, first: tuple[tuple[str, str], ...], *, at: dt.datetime) -> None:
    """Save both texts; `first` turns them into their first version."""
    drafter = company.cast(affair.key).drafter
    for text, name in TEXTS.items():
        content = company.text(affair.key, name, first=first)
        save_text(dossier_id=company.opened[affair.key].id, text=text, content=content, agent=drafter, at=at)


def join_annexes(company: Company, affair: Affair, *, at: dt.datetime) -> None:
    """Set each annex as PDF/A from its text, and join it."""
    dossier = company.dossier(affair.key)
    letterhead = Letterhead(departement=accounts.authority().name, direction=dossier.unit.direction.name)
    for number, title in enumerate(affair.annexes, start=1):
        content = company.text(affair.key, f"annexe-{number}")
        attach_annex(
            dossier_id=dossier.id,
            data=render_annex(Annex(letterhead=letterhead, number=number, title=title, text=content), at=at),
            filename=f"{affair.key}-annexe-{number}.pdf",
            title=title,
            to_control=True,
            agent=company.cast(affair.key).drafter,
            at=at,
        )
