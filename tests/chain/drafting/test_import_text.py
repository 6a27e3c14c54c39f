"""Importing the report or the deliberation from an office file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hemicycle.chain.drafting.actions.import_text import import_text
from hemicycle.chain.drafting.actions.save_text import TextUnreadable
from hemicycle.chain.drafting.writing import TextFrozen
from hemicycle.dossier import attachments
from hemicycle.dossier.refusals import NotEntitled
from hemicycle.texts.structure import read_deliberation
from hemicycle.texts.tree import clean, digest
from tests.cast import NOON, Cast
from tests.chain import told
from tests.factories import REPORT, a_dossier, a_text
from tests.texts.office import docx, odt, w_del, w_ins, w_p, w_r, zipped

pytestmark = pytest.mark.django_db

AFFAIRS = ["07-02-voirie", "13-01-sport-adapte"]
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def test_the_text_read_becomes_the_working_text_and_the_file_is_kept(cast: Cast) -> None:
    dossier = a_dossier(cast)
    data = docx(w_p(w_r("Le club demande 13 000 euros.")))

    imported = import_text(
        dossier_id=dossier.id, text="report", data=data, filename="rapport.docx", agent=cast.drafter, at=NOON
    )

    dossier.refresh_from_db()
    assert "13 000 euros" in str(dossier.report).replace("\u202f", " ").replace("\xa0", " ")
    (source,) = dossier.attachments.all()
    assert (source.kind, source.title, source.published) == ("source", "Rapport d’origine", False)
    assert attachments.read(source) == data
    assert imported.notes == ()


def test_the_journal_binds_the_file_to_the_text_read(cast: Cast) -> None:
    dossier = a_dossier(cast, to_correct=True)
    data = odt("<text:p>Article 1 – Rien.</text:p>")

    import_text(dossier_id=dossier.id, text="deliberation", data=data, filename="d.odt", agent=cast.colleague, at=NOON)

    dossier.refresh_from_db()
    assert told.by(cast.colleague, "drafter", "drafting.text_imported")
    facts = told.last()["facts"]
    assert (facts["text"], facts["file"], facts["notes"]) == ("deliberation", "d.odt", [])
    assert facts["sha256"] == dossier.attachments.get().sha256
    assert facts["digest"] == digest(dossier.deliberation)


def test_tracked_changes_are_settled_and_told(cast: Cast) -> None:
    dossier = a_dossier(cast)
    data = docx(w_p(w_r("Une aide de "), w_del("12"), w_ins("13"), w_r(" mille euros.")))

    imported = import_text(
        dossier_id=dossier.id, text="report", data=data, filename="rapport.docx", agent=cast.drafter, at=NOON
    )

    assert "13" in str(imported.dossier.report)
    assert "12" not in str(imported.dossier.report)
    assert any("N. Martin" in note for note in imported.notes)
    assert told.last()["facts"]["notes"] == list(imported.notes)


def test_the_letterhead_that_the_model_prints_is_left_out_and_told(cast: Cast) -> None:
    dossier = a_dossier(cast)
    lines = ("Direction des sports", "SERVICE DES CLUBS", "Rapport du Président", "Le club demande une aide.")
    data = docx("".join(w_p(w_r(line)) for line in lines))

    imported = import_text(
        dossier_id=dossier.id, text="report", data=data, filename="rapport.docx", agent=cast.drafter, at=NOON
    )

    assert imported.dossier.report == clean(a_text("Le club demande une aide."))
    assert any("« Direction des sports » ; « SERVICE DES CLUBS »" in note for note in imported.notes)


@pytest.mark.parametrize("affair", AFFAIRS)
def test_the_texts_of_the_corpus_are_read(cast: Cast, shared: Path, affair: str) -> None:
    dossier = a_dossier(cast, report={}, deliberation={})
    folder = shared / "corpus" / "affaires" / affair

    for text, stem in (("report", "rapport"), ("deliberation", "deliberation")):
        (path,) = folder.glob(f"{stem}.*")
        import_text(
            dossier_id=dossier.id,
            text=text,
            data=path.read_bytes(),
            filename=path.name,
            agent=cast.drafter,
            at=NOON,
        )

    dossier.refresh_from_db()
    deliberation = read_deliberation(dossier.deliberation)
    assert deliberation.articles
    assert len(str(dossier.report)) > 2000


@pytest.mark.parametrize(
    ("data", "filename", "sentence"),
    [
        (b"", "rapport.docx", "« rapport.docx » est vide"),
        (b"%PDF-1.7", "rapport.docx", "« rapport.docx » est un PDF"),
        (b"{\\rtf1 texte}", "rapport.doc", "« rapport.doc » est en réalité un document .rtf"),
        (_OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "cle.docx", "« cle.docx » .* mot de passe"),
        (odt("<text:p>x</text:p>", manifest="<m:encryption-data/>"), "cle.odt", "« cle.odt » .* mot de passe"),
        (docx(w_p(w_r("x")), {"word/vbaProject.bin": b"x"}), "m.docm", "« m.docm » contient des macros"),
        (docx(w_p(w_r("x")))[:-40], "coupe.docx", "« coupe.docx » est illisible"),
        (docx(w_p(w_r("x"))), "r.odt", "« r.odt » est en réalité un document .docx"),
        (docx(w_p()), "blanc.docx", "« blanc.docx » ne contient aucun texte"),
        (zipped({"a.txt": "x"}), "lot.docx", "« lot.docx » n’est pas un document Word"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " not in value else "",
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_by_name(
    cast: Cast, data: bytes, filename: str, sentence: str, nothing_written: Any
) -> None:
    dossier = a_dossier(cast)

    with pytest.raises(TextUnreadable, match=sentence) as refusal, nothing_written():
        import_text(dossier_id=dossier.id, text="report", data=data, filename=filename, agent=cast.drafter, at=NOON)

    dossier.refresh_from_db()
    assert dossier.report == REPORT
    assert refusal.value.field == "report"


@pytest.mark.parametrize("who", ["neighbour", "head_of_service", "outsider"])
def test_whoever_does_not_write_the_dossier_is_refused(cast: Cast, who: str, nothing_written: Any) -> None:
    dossier = a_dossier(cast)

    with pytest.raises(NotEntitled), nothing_written():
        import_text(
            dossier_id=dossier.id,
            text="report",
            data=docx(w_p(w_r("x"))),
            filename="r.docx",
            agent=getattr(cast, who),
            at=NOON,
        )


@pytest.mark.parametrize("trait", ["in_circuit", "ready", "archived"])
def test_a_text_is_frozen_once_in_the_circuit(cast: Cast, trait: str, nothing_written: Any) -> None:
    dossier = a_dossier(cast, **{trait: True})

    with pytest.raises(TextFrozen), nothing_written():
        import_text(
            dossier_id=dossier.id,
            text="report",
            data=docx(w_p(w_r("x"))),
            filename="r.docx",
            agent=cast.drafter,
            at=NOON,
        )
