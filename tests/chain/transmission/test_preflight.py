"""What the préfecture would refuse, found before anything is signed or sent: each rule alone."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from typing import Any

import pikepdf
import pytest

from hemicycle.chain.transmission import preflight
from hemicycle.chain.transmission.preflight import Candidate, Earlier
from hemicycle.protocols.actes import MAX_ARCHIVE, Nature, Piece, default_classification
from tests.signed_acts import a_pdf

TODAY = dt.date(2026, 11, 24)
DECIDED = dt.date(2026, 11, 20)
CLASSIFICATION = default_classification()


def a_piece(data: bytes | None = None, **facts: Any) -> Piece:
    content = data if data is not None else a_pdf("pièce")
    fields = {"name": "annexe.pdf", "type_code": "99_DE", "media_type": "application/pdf"} | facts
    return Piece(data=content, **fields)


def a_candidate(**facts: Any) -> Candidate:
    fields: dict[str, Any] = {
        "number": "CP_2026_0123",
        "nature": Nature.from_abbreviation("DE"),
        "decided_on": DECIDED,
        "matiere": "7.5",
        "subject": "Subvention au club de Clérande",
        "document": a_piece(a_pdf(), name="acte.pdf"),
        "annexes": (),
    }
    return Candidate(**(fields | facts))


def codes(candidate: Candidate, *, earlier: tuple[Earlier, ...] = (), severity: str = "blocking") -> list[str]:
    found = preflight.check(candidate, CLASSIFICATION, today=TODAY, earlier=earlier)
    return [f.code for f in found if f.severity == severity]


def a_pdf_with(change: Any, **how: Any) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        change(pdf)
        pdf.save(out, **how)
    return out.getvalue()


def with_javascript(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(Type=pikepdf.Name.Action, S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def with_launch(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(Type=pikepdf.Name.Action, S=pikepdf.Name.Launch, F="calc.exe")


def with_a_file(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["secret.txt"] = b"fichier joint"


def test_a_sound_act_has_no_finding() -> None:
    found = preflight.check(a_candidate(), CLASSIFICATION, today=TODAY)

    assert found == ()


@pytest.mark.parametrize("number", ["CP-2026-0123", "CP_2026_0123_SUITE", "_A", "A B", "cp1"])
def test_a_number_that_is_not_accepted(number: str) -> None:
    assert codes(a_candidate(number=number)) == ["acte.number"]


def test_a_number_that_the_tdt_already_holds() -> None:
    other = Earlier(number="CP_2026_0123", decided_on=dt.date(2026, 6, 1), nature="DE", act="CP-2026-0123")

    assert codes(a_candidate(), earlier=(other,)) == ["acte.number.taken"]


def test_an_act_already_transmitted() -> None:
    other = Earlier(number="CP_2026_0123", decided_on=DECIDED, nature="DE", act="CP-2026-0123")

    assert codes(a_candidate(), earlier=(other,)) == ["acte.duplicate"]


def test_another_number_is_no_duplicate() -> None:
    other = Earlier(number="CP_2026_0124", decided_on=DECIDED, nature="DE", act="CP-2026-0124")

    assert codes(a_candidate(), earlier=(other,)) == []


def test_a_matiere_that_the_prefecture_does_not_know() -> None:
    assert codes(a_candidate(matiere="7.99")) == ["acte.matiere.unknown"]


def test_a_matiere_that_is_no_code() -> None:
    assert codes(a_candidate(matiere="finances")) == ["acte.matiere.code"]


def test_a_matiere_of_one_level() -> None:
    assert codes(a_candidate(matiere="7")) == ["acte.matiere.levels"]


def test_the_act_follows_a_former_classification() -> None:
    assert codes(a_candidate(follows=dt.date(2019, 1, 1))) == ["acte.classification.date"]


def test_a_type_that_the_nature_does_not_admit() -> None:
    assert codes(a_candidate(annexes=(a_piece(type_code="99_AR"),))) == ["piece.type"]


def test_a_type_made_for_another_matiere_is_only_a_remark() -> None:
    code = next(
        c for c in CLASSIFICATION.piece_types(1) if c[:2].isdigit() and c[0] not in "079" and not c.startswith("99")
    )

    assert codes(a_candidate(annexes=(a_piece(type_code=code),)), severity="warning") == ["piece.type.matiere"]


def test_a_file_heavier_than_a_whole_sending() -> None:
    heavy = a_piece(b"%PDF-" + bytes(MAX_ARCHIVE))

    assert {"piece.size", "acte.size"} <= set(codes(a_candidate(annexes=(heavy,))))


def test_files_that_together_weigh_too_much() -> None:
    half = a_pdf() + bytes(MAX_ARCHIVE // 2)
    annexes = (a_piece(half, name="a.pdf"), a_piece(half + b"\n", name="b.pdf"))

    assert codes(a_candidate(annexes=annexes)) == ["acte.size"]


def test_too_many_files_is_a_remark() -> None:
    annexes = tuple(a_piece(a_pdf(f"annexe {n}"), name=f"{n}.pdf") for n in range(20))

    assert codes(a_candidate(annexes=annexes), severity="warning") == ["acte.files"]


def test_the_same_file_twice_is_a_remark() -> None:
    annexes = (a_piece(name="a.pdf"), a_piece(name="b.pdf"))

    assert codes(a_candidate(annexes=annexes), severity="warning") == ["piece.twice"]


def test_a_format_that_nobody_takes() -> None:
    annex = a_piece(b"PK\x03\x04 un tableur", name="tableau.xlsx", media_type="application/zip")

    assert codes(a_candidate(annexes=(annex,))) == ["piece.format"]


def test_a_file_that_is_not_what_it_says() -> None:
    annex = a_piece(b"\x89PNG\r\n\x1a\n", name="plan.pdf")

    assert codes(a_candidate(annexes=(annex,))) == ["piece.media_type"]


def test_a_locked_pdf() -> None:
    locked = a_pdf_with(lambda _: None, encryption=pikepdf.Encryption(owner="o", user="u"))

    assert codes(a_candidate(annexes=(a_piece(locked),))) == ["piece.pdf"]


def test_an_encrypted_pdf_that_opens_without_a_password() -> None:
    encrypted = a_pdf_with(lambda _: None, encryption=pikepdf.Encryption(owner="o", user=""))

    assert codes(a_candidate(annexes=(a_piece(encrypted),))) == ["piece.pdf"]


@pytest.mark.parametrize("active", [with_javascript, with_launch, with_a_file])
def test_an_active_pdf(active: Any) -> None:
    assert "piece.pdf" in codes(a_candidate(annexes=(a_piece(a_pdf_with(active)),)))


def test_an_empty_file() -> None:
    assert "piece.empty" in codes(a_candidate(annexes=(a_piece(b""),)))


def test_an_object_too_long() -> None:
    assert codes(a_candidate(subject="x" * 500)) == ["acte.subject.length"]


def test_an_object_that_grows_too_long_once_transcribed() -> None:
    assert codes(a_candidate(subject="€" * 170)) == ["acte.subject.length"]


def test_an_object_in_letters_that_latin_1_lacks() -> None:
    assert codes(a_candidate(subject="Jumelage avec Łódź et Αθήνα")) == ["acte.subject.repertoire"]


def test_an_object_transcribed_is_a_remark() -> None:
    assert codes(a_candidate(subject="Prime de 3 € à l’œuvre"), severity="warning") == ["acte.subject.transcribed"]


def test_an_unusual_file_name_is_a_remark() -> None:
    assert codes(a_candidate(annexes=(a_piece(name="plan Łódź.pdf"),)), severity="warning") == ["piece.name"]


def test_a_decision_to_come() -> None:
    assert codes(a_candidate(decided_on=TODAY + dt.timedelta(days=1))) == ["acte.date"]


def test_a_budget_in_xml_wants_its_deliberation() -> None:
    budget = a_candidate(
        nature=Nature.BUDGET,
        matiere="7.1",
        document=a_piece(b"<?xml version='1.0'?><DocumentBudgetaire/>", name="b.xml", media_type="text/xml",
                         type_code="99_BU"),
    )  # fmt: skip

    assert codes(budget) == ["acte.annexes.missing"]
    assert codes(replace(budget, annexes=(a_piece(type_code="99_BU"),))) == []


def test_an_xml_act_that_is_no_budget() -> None:
    document = a_piece(b"<?xml version='1.0'?><a/>", name="acte.xml", media_type="text/xml")

    assert codes(a_candidate(document=document)) == ["piece.format"]


def test_before_the_vote_there_is_neither_number_nor_date_nor_file_to_judge() -> None:
    assert codes(a_candidate(number="", decided_on=None, document=None)) == []


def test_before_the_vote_an_annex_is_judged_all_the_same() -> None:
    annex = a_piece(a_pdf_with(with_javascript))

    assert "piece.pdf" in codes(a_candidate(number="", decided_on=None, document=None, annexes=(annex,)))


def test_each_finding_says_what_to_do() -> None:
    worst = a_candidate(number="_", matiere="7.99", subject="", annexes=(a_piece(b"", type_code="ZZ"),))

    found = preflight.check(worst, CLASSIFICATION, today=TODAY)

    assert len(found) >= 4
    assert all(f.message.endswith(".") and f.remedy.endswith(".") for f in found)
    assert found[0].remedy in preflight.said(found)
