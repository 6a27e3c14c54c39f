"""The drafters at work: opening, writing, joining annexes, correcting."""

from __future__ import annotations

import datetime as dt

from hemicycle.accounts import queries as accounts
from hemicycle.chain.drafting.actions.add_deliberation import add_deliberation
from hemicycle.chain.drafting.actions.attach_annex import attach_annex
from hemicycle.chain.drafting.actions.describe_dossier import describe_dossier
from hemicycle.chain.drafting.actions.link_dossier import link_dossier
from hemicycle.chain.drafting.actions.open_dossier import open_dossier
from hemicycle.chain.drafting.actions.save_text import save_text
from hemicycle.demonstration.seeding import library
from hemicycle.demonstration.seeding.affair import Affair, Typed
from hemicycle.demonstration.seeding.affairs import BY_KEY
from hemicycle.demonstration.seeding.affairs_followed import TYPES
from hemicycle.demonstration.seeding.company import Company
from hemicycle.demonstration.seeding.stories import Story
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import ActType
from hemicycle.rendering.annex import Annex, render_annex
from hemicycle.rendering.blocks import Letterhead

TEXTS = {"report": library.REPORT, "deliberation": library.DELIBERATION}


def open_and_write(
    company: Company, story: Story, *, target: dt.datetime | None, at: dt.datetime, texts: str = ""
) -> None:
    """Open the dossier and write its first version; `target` is the sitting aimed at.

    `texts`: what the names of the texts of that version end with, where it has its own.
    """
    affair = BY_KEY[story.key]
    people, first = company.cast(affair.key), story.correction
    typed = TYPES.get(affair.key, Typed(name=""))
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
        act_type_id=ActType.objects.get(name=typed.name).pk if typed.name else None,
        extra=typed.extra,
        at=at,
    )
    script, words = company.script, first.first if first else ()
    if affair.links:
        script.at(at + dt.timedelta(minutes=6), lambda at: link(company, affair, at=at))
    if not affair.written:
        return
    script.at(at + dt.timedelta(minutes=50), lambda at: write(company, affair, words, texts=texts, at=at))
    if affair.companions:
        script.at(at + dt.timedelta(minutes=60), lambda at: add_companions(company, affair, at=at))
    # A first version that is wrong is corrected with its annexes: they are joined then.
    if not words:
        script.at(at + dt.timedelta(minutes=75), lambda at: join_annexes(company, affair, texts=texts, at=at))


def rewrite(company: Company, story: Story, *, at: dt.datetime) -> None:
    """Put the final words in the place of those of the first version."""
    affair = BY_KEY[story.key]
    drafter = company.cast(affair.key).drafter
    describe_dossier(dossier_id=company.opened[affair.key].id, amount=affair.amount, agent=drafter, at=at)
    company.script.at(at + dt.timedelta(minutes=5), lambda at: write(company, affair, (), at=at))
    company.script.at(at + dt.timedelta(minutes=10), lambda at: join_annexes(company, affair, at=at))


def write(
    company: Company, affair: Affair, first: tuple[tuple[str, str], ...], *, at: dt.datetime, texts: str = ""
) -> None:
    """Save both texts; `first` turns them into their first version."""
    drafter = company.cast(affair.key).drafter
    for text, name in TEXTS.items():
        content = company.text(affair.key, f"{name}{texts}", first=first)
        save_text(dossier_id=company.opened[affair.key].id, text=text, content=content, agent=drafter, at=at)


def link(company: Company, affair: Affair, *, at: dt.datetime) -> None:
    """Link the dossier to those that it follows, modifies or repeals."""
    for kind, to in affair.links:
        target = company.opened.get(to)
        link_dossier(
            dossier_id=company.opened[affair.key].id,
            kind=kind,
            target_id=target.id if target else None,
            reference="" if target else to,
            agent=company.cast(affair.key).drafter,
            at=at,
        )


def add_companions(company: Company, affair: Affair, *, at: dt.datetime) -> None:
    """Open and write the other deliberations of the report."""
    drafter = company.cast(affair.key).drafter
    for number, one in enumerate(affair.companions, start=2):
        opened = add_deliberation(
            lead_id=company.opened[affair.key].id, object=one.object, amount=one.amount, agent=drafter, at=at
        )
        describe_dossier(dossier_id=opened.id, extra=dict(one.extra), agent=drafter, at=at)
        content = company.text(affair.key, f"{library.DELIBERATION}-{number}")
        save_text(dossier_id=opened.id, text="deliberation", content=content, agent=drafter, at=at)


def join_annexes(company: Company, affair: Affair, *, at: dt.datetime, texts: str = "") -> None:
    """Set each annex as PDF/A from its text, and join it."""
    for number, title in enumerate(affair.annexes, start=1):
        attach_annex(
            dossier_id=company.opened[affair.key].id,
            data=annex_pdf(company, affair, number, f"annexe-{number}{texts}", at=at),
            filename=f"{affair.key}-annexe-{number}.pdf",
            title=title,
            to_control=True,
            agent=company.cast(affair.key).drafter,
            at=at,
        )


def annex_pdf(company: Company, affair: Affair, number: int, name: str, *, at: dt.datetime) -> bytes:
    """The annex of that number, from the text of that name."""
    dossier = company.dossier(affair.key)
    letterhead = Letterhead(departement=accounts.authority().name, direction=dossier.unit.direction.name)
    content, title = company.text(affair.key, name), affair.annexes[number - 1]
    return render_annex(Annex(letterhead=letterhead, number=number, title=title, text=content), at=at)
