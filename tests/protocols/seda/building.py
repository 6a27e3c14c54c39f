"""A transfer of the demonstration département, complete: every field the library can write."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from hemicycle.protocols.seda.package import (
    Agent,
    Document,
    Event,
    Identifiers,
    Keyword,
    Rule,
    Rules,
    Transfer,
    Unit,
    Version,
)

PARIS = timezone(timedelta(hours=1))
VOTED = datetime(2026, 3, 12, 19, 42, tzinfo=PARIS)
PDF_A = (
    b"%PDF-1.7\n<rdf:Description><pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>"
    b"</rdf:Description>\n%%EOF\n"
)
ARACTE = b'<?xml version="1.0" encoding="UTF-8"?>\n<ARActe/>\n'


def act_unit() -> Unit:
    """The act itself: signed original and redacted publication copy."""
    return Unit(
        title="Délibération n° DEL2026-012",
        document_type="Délibération",
        language="fra",
        transacted=date(2026, 3, 12),
        documents=(
            Document(filename="délibération n° 12 (signée).pdf", data=PDF_A, last_modified=VOTED),
            Document(filename="copie.pdf", data=PDF_A + b"copy", usage="Dissemination_1"),
        ),
    )


def deliberation_unit() -> Unit:
    """The whole file of one deliberation."""
    annex = Unit(
        title="Annexe 1 : liste nominative",
        document_type="Annexe",
        access=Rule(code="ACC-50ANS", start=date(2026, 3, 12)),
        dissemination=Rule(code="DIS-LIBRE"),
        documents=(Document(filename="annexe.pdf", data=PDF_A + b"annex"),),
    )
    acknowledgement = Unit(
        title="Accusé de réception de la préfecture (ARActe)",
        received=date(2026, 3, 13),
        documents=(Document(filename="aracte.xml", data=ARACTE),),
    )
    return Unit(
        title="DEL2026-012 - Vote du budget primitif & de l’annexe",
        level="File",
        description="Vote du budget primitif",
        document_type="Dossier de délibération",
        identifiers=Identifiers(
            system="DEL2026-012",
            originating="DEL2026-012",
            transferring="099-222999990-20260312-DEL2026_012-DE",
        ),
        keywords=(Keyword(content="7.1 Décisions budgétaires", reference="7.1"),),
        originating_agency="22299999000017",
        agents=(
            Agent(kind="Writer", first_name="Jeanne", birth_name="Martin", function="Rapporteure"),
            Agent(corporate_name="Conseil départemental", identifier="CD099", role="Assemblée délibérante"),
        ),
        created=date(2026, 2, 1),
        transacted=date(2026, 3, 12),
        sent=date(2026, 3, 13),
        received=date(2026, 3, 13),
        start=date(2026, 2, 1),
        end=date(2026, 3, 13),
        events=(Event(code="VOTE", label="Adoption en séance", at=VOTED, detail="Pour 30", message="Adoptée"),),
        children=(act_unit(), annex, acknowledgement),
    )


def transfer(version: Version = "2.2", **changes: object) -> Transfer:
    """A transfer that the SAE accepts."""
    whole = Transfer(
        identifier="ARCH-2026-0001",
        agreement="IC-DELIBERATIONS",
        archival_agency="FRAD099",
        transferring_agency="22999999000017",
        originating_agency="22999999000017",
        submission_agency="22999999000017",
        date=datetime(2026, 3, 20, 8, 0, tzinfo=PARIS),
        comment="Conseil départemental du 12 mars 2026, délibération DEL2026-012",
        root=deliberation_unit(),
        rules=Rules(
            appraisal=Rule(code="APP-DELIB-1AN", start=date(2026, 3, 12)),
            access=Rule(code="ACC-IMMEDIAT", start=date(2026, 3, 12)),
            dissemination=Rule(code="DIS-LIBRE", start=date(2026, 3, 12)),
        ),
        completes=("ARCH-2025-0999",),
        version=version,
    )
    return replace(whole, **changes)  # type: ignore[arg-type]
