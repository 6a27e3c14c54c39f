"""What the préfecture would refuse is said before sending, with the remedy."""

from __future__ import annotations

import io
from datetime import date

import pikepdf
import pytest

from hemicycle.protocols.actes import Nature, check_acte, default_classification

from .made import PNG, a_pdf, a_piece, an_acte

CLASSIFICATION = default_classification()
XML = b"<?xml version='1.0'?><budget/>"


def a_pdf_that(change: str) -> bytes:
    with pikepdf.open(io.BytesIO(a_pdf())) as pdf:
        encryption: pikepdf.Encryption | bool = False
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        if change == "is locked":
            encryption = pikepdf.Encryption(user="secret", owner="secret")
        elif change == "is encrypted without password":
            encryption = pikepdf.Encryption(user="", owner="secret")
        elif change == "runs a script":
            pdf.Root.OpenAction = script
        elif change == "runs a script on a page":
            pdf.pages[0].AA = pikepdf.Dictionary(O=script)
        elif change == "launches a program":
            pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")
        elif change == "carries a file":
            pdf.attachments["x.txt"] = b"x"
        written = io.BytesIO()
        pdf.save(written, encryption=encryption)
    return written.getvalue()


def blocking(**changes: object) -> list[str]:
    findings = check_acte(an_acte(**changes), CLASSIFICATION, today=date(2026, 12, 18))
    assert all(finding.message and finding.remedy for finding in findings)
    return [finding.code for finding in findings if finding.severity == "blocking"]


def test_a_good_act_has_nothing_against_it() -> None:
    assert check_acte(an_acte(), CLASSIFICATION, today=date(2026, 12, 18)) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"number": "2026-101"}, "acte.number"),
        ({"decided_on": date(2026, 12, 19)}, "acte.date"),
        ({"subject": " "}, "acte.subject.empty"),
        ({"subject": "x" * 500}, "acte.subject.length"),
        ({"subject": "œ" * 250}, "acte.subject.length"),
        ({"subject": "Jumelage avec 東京"}, "acte.subject.repertoire"),
        ({"matiere": (7,)}, "acte.matiere.levels"),
        ({"matiere": (7, 11)}, "acte.matiere.unknown"),
        ({"classification_date": date(2018, 1, 1)}, "acte.classification.date"),
        ({"document": a_piece(type_code="99_AI")}, "piece.type"),
        ({"document": a_piece(data=b"")}, "piece.empty"),
        ({"document": a_piece(data=PNG, media_type="image/png")}, "piece.format"),
        ({"document": a_piece(data=XML, media_type="text/xml")}, "piece.format"),
        ({"annexes": (a_piece(data=b"PK\x03\x04", type_code="21_RP"),)}, "piece.format"),
        ({"annexes": (a_piece(data=PNG, type_code="21_RP"),)}, "piece.media_type"),
    ],
)
def test_each_rule_has_its_finding(changes: dict[str, object], code: str) -> None:
    assert code in blocking(**changes)


@pytest.mark.parametrize(
    "change",
    [
        "is locked",
        "is encrypted without password",
        "runs a script",
        "runs a script on a page",
        "launches a program",
        "carries a file",
    ],
)
def test_a_locked_or_active_pdf_is_refused(change: str) -> None:
    document = a_piece(data=a_pdf_that(change))

    assert blocking(document=document) == ["piece.pdf"]


def test_a_truncated_pdf_is_refused() -> None:
    assert "piece.pdf" in blocking(document=a_piece(data=b"%PDF-1.7\nrien"))


def test_an_unchanged_pdf_is_accepted_by_the_same_builder() -> None:
    assert blocking(document=a_piece(data=a_pdf_that("stays plain"))) == []


def test_a_budget_in_xml_is_accepted_under_7_1_only() -> None:
    budget = a_piece(data=XML, media_type="text/xml", type_code="99_BU")
    annexes = (a_piece(type_code="70_DE"),)

    assert blocking(nature=Nature.BUDGET, matiere=(7, 1), document=budget, annexes=annexes) == []
    assert "piece.format" in blocking(nature=Nature.BUDGET, matiere=(7, 2), document=budget, annexes=annexes)


def test_a_transcribed_subject_is_a_warning_that_shows_the_result() -> None:
    findings = check_acte(an_acte(subject="L’œuvre"), CLASSIFICATION)

    assert [finding.severity for finding in findings] == ["warning"]
    assert "L'oeuvre" in findings[0].remedy


def test_an_act_over_the_limit_names_its_heaviest_piece() -> None:
    heavy = a_piece(name="plans.pdf", type_code="21_RP", data=a_pdf() + bytes(2_000_000))

    findings = check_acte(an_acte(annexes=(heavy,)), CLASSIFICATION, max_bytes=1_000_000)

    size = next(finding for finding in findings if finding.code == "acte.size")
    assert "plans.pdf" in size.remedy
