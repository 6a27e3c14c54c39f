"""The report and the draft deliberation as PDF/A, filled from a version or from the working texts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hemicycle.accounts import queries as accounts
from hemicycle.chain.printing import letterheads
from hemicycle.chain.printing.document_models import chosen
from hemicycle.dossier import attachments, versions
from hemicycle.dossier.dates import day
from hemicycle.dossier.kinds import author_of, kind_of
from hemicycle.dossier.models import Dossier, Version
from hemicycle.rendering.blocks import AnnexLine, Signature
from hemicycle.rendering.draft_deliberation import DraftDeliberation, render_draft_deliberation
from hemicycle.rendering.model import Model
from hemicycle.rendering.report import Report, render_report


def report_pdf(
    dossier: Dossier, *, at: dt.datetime, version: Version | None = None, model: Model | None = None
) -> bytes:
    """The rapport du Président. Raises RenderingRefused, naming what the author must mend."""
    president = accounts.president(on=dossier.target_date or day(at)).agent
    text = _text(dossier, version, "report")
    title = "La Présidente" if president.feminine else "Le Président"
    return render_report(
        Report(
            letterhead=letterheads.of_dossier(dossier),
            number=dossier.number,
            body=author_of(dossier),
            sitting=dossier.target_date,
            title=dossier.object,
            text=text,
            pictures=attachments.pictures_of(dossier, text),
            kind="Rapport de la Présidente" if president.feminine else "Rapport du Président",
            rapporteur=_rapporteur(dossier),
            subject_code=dossier.subject_code,
            amount=dossier.amount,
            signature=Signature(
                capacity=f"{title} du conseil départemental,",
                first_name=president.first_name,
                last_name=president.last_name,
                mention="",
            ),
            annexes=_annexes(dossier),
        ),
        at=at,
        model=model or chosen("report", on=day(at)).model,
    )


def draft_pdf(
    dossier: Dossier, *, at: dt.datetime, version: Version | None = None, model: Model | None = None
) -> bytes:
    """The projet de délibération. Raises RenderingRefused."""
    text = _text(dossier, version, "deliberation")
    return render_draft_deliberation(
        DraftDeliberation(
            letterhead=letterheads.of_dossier(dossier),
            number=dossier.number,
            body=author_of(dossier),
            kind=kind_of(dossier).name,
            sitting=dossier.target_date,
            title=dossier.object,
            text=text,
            pictures=attachments.pictures_of(dossier, text),
            rapporteur=_rapporteur(dossier),
            annexes=_annexes(dossier),
        ),
        at=at,
        model=model or chosen("draft", on=day(at)).model,
    )


def _text(dossier: Dossier, version: Version | None, text: str) -> Any:
    if text == "report" and dossier.lead is not None:
        return report_of(dossier)
    return getattr(version or dossier, text)


def report_of(dossier: Dossier) -> Any:
    """The report that members read: of its last version, and of its lead's for a companion."""
    bearer = dossier.lead or dossier
    return versions.current(bearer).report if bearer.version else bearer.report


def _rapporteur(dossier: Dossier) -> str:
    member = dossier.rapporteur
    if member is None:
        return ""
    return f"{member}, {member.title[:1].lower()}{member.title[1:]}" if member.title else str(member)


def _annexes(dossier: Dossier) -> tuple[AnnexLine, ...]:
    return tuple(AnnexLine(number=rank, title=a.title) for rank, a in attachments.printed_with(dossier))
