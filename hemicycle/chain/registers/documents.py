"""A register and an extract of one, on paper."""

from __future__ import annotations

import datetime as dt

from hemicycle.accounts import queries as accounts
from hemicycle.accounts.models import Agent
from hemicycle.chain.printing import letterheads
from hemicycle.chain.printing.document_models import chosen, place_fields
from hemicycle.chain.registers import queries
from hemicycle.chain.registers.queries import Line
from hemicycle.chain.signing.models import Act
from hemicycle.chain.sitting import queries as sittings
from hemicycle.chain.sitting.models import Ballot
from hemicycle.dossier import attachments, register
from hemicycle.dossier.dates import day
from hemicycle.dossier.kinds import author_of, kind_of, titled
from hemicycle.dossier.models import Dossier, Version
from hemicycle.rendering.act_register import ActRegister, RegisterEntry, render_act_register
from hemicycle.rendering.blocks import of_body
from hemicycle.rendering.extract import Extract, render_extract
from hemicycle.rendering.model import ORIGIN, Model
from hemicycle.rendering.typography import short_date


def register_pdf(key: str, year: int, *, at: dt.datetime, model: Model | None = None) -> bytes:
    """The register of that year, whole, as PDF/A. Raises RenderingRefused, KeyError for what is no register."""
    name = register.patterns(on=day(at))[key].label
    return render_act_register(
        ActRegister(
            letterhead=letterheads.of_authority(),
            name=name,
            year=year,
            entries=tuple(_entry(line) for line in queries.whole(key, year)),
            open=year >= day(at).year,
            more=place_fields(),
        ),
        at=at,
        model=model or chosen("register", on=day(at)).model,
    )


def _entry(line: Line) -> RegisterEntry:
    return RegisterEntry(
        number=line.number,
        on=line.decided_on,
        title=line.object,
        after=_after(line),
        cancelled=line.cancelled_reason,
        cancelled_on=line.cancelled_on,
    )


def _after(line: Line) -> str:
    """« signé le 27/11/2026, reçu en préfecture le 27/11/2026, publié le 30/11/2026 »."""
    steps = (
        ("signé le", line.signed_on),
        ("reçu en préfecture le", line.received_on),
        ("publié le", line.published_on),
        ("notifié le", line.notified_on),
    )
    return ", ".join(f"{said} {short_date(on)}" for said, on in steps if on is not None)


def extract_pdf(dossier: Dossier, act: Act, agent: Agent, *, at: dt.datetime, model: Model = ORIGIN) -> bytes:
    """The certified extract of one signed act, text and facts, as PDF/A. Raises RenderingRefused."""
    if act.signed is None:
        raise ValueError("an extract is of a signed act")
    authority, kind = accounts.authority(), kind_of(dossier)
    ballot = sittings.ballot_of(dossier)
    text = text_of(dossier, ballot)
    line = queries.line_of(dossier)
    return render_extract(
        Extract(
            letterhead=letterheads.of_authority(),
            register=f"registre des {kind.plural} {of_body(author_of(dossier))}",
            name=titled(dossier),
            decided_on=act.decided_on,
            in_sitting=ballot is not None,
            title=dossier.object,
            text=text,
            pictures=attachments.pictures_of(dossier, text),
            vote=(ballot.sentence, *ballot.lines) if ballot else (),
            signed_by=f"{act.signatory.agent.full_name}, {act.signatory.capacity}",
            facts=_facts(line, act),
            place=authority.city,
            certified_by=(agent.first_name, agent.last_name),
            more=place_fields(),
        ),
        at=at,
        model=model,
    )


def text_of(dossier: Dossier, ballot: Ballot | None) -> dict[str, object]:
    """The text of the version that was decided."""
    number = ballot.item.version if ballot else dossier.version
    found: dict[str, object] = Version.objects.get(dossier=dossier, number=number).deliberation
    return found


def _facts(line: Line, act: Act) -> tuple[tuple[str, str], ...]:
    def on(day_of: dt.date | None) -> str:
        return short_date(day_of) if day_of else ""

    return (
        ("Signé électroniquement le", on(line.signed_on)),
        ("Reçu en préfecture le", on(line.received_on)),
        ("Publié le", on(line.published_on)),
        ("Notifié le", on(line.notified_on)),
        ("Empreinte de l’original", act.signed.sha256 if act.signed else ""),
    )
