"""What bad input gets: one French sentence that names the file or the field and the remedy, and nothing written."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from hemicycle.cli import main
from hemicycle.demonstration import troupe
from tests.journeys import playing
from tests.journeys.spoiled import (
    OLE,
    Spoil,
    active_pdf,
    annex_renamed,
    copy_of,
    edited,
    encrypted_pdf,
    holding,
    plain_pdf,
    two_heavy_annexes,
    without,
    without_article,
)

pytestmark = pytest.mark.journey

VOTE = "presents = 30\npouvoirs = 6\npour = 33\ncontre = 1\nabstention = 2"
PDF = "annexes/convention.pdf"

#: What is wrong, what the sentence names, and the remedy it gives.
BAD: dict[str, tuple[Spoil, str, str]] = {
    "no affaire.toml": (without("affaire.toml"), "affaire.toml", "donnez le dossier d’une affaire"),
    "invalid TOML": (holding("affaire.toml", b"objet = "), "affaire.toml", "corrigez-le"),
    "TOML that is not UTF-8": (holding("affaire.toml", b"objet = '\xff'"), "affaire.toml", "corrigez-le"),
    "no object": (edited('objet       = "', 'objets = "'), "« objet »", "complétez-le"),
    "no text of the report": (without("rapport.docx"), "« rapport.docx »", "ajoutez-le"),
    "no annex": (without(PDF), f"« {PDF} »", "ajoutez-le"),
    "a file outside the affair": (edited("rapport.docx", "../../etc/hosts"), "hosts", "corrigez affaire.toml"),
    "an unreadable text": (holding("rapport.docx", os.urandom(4096)), "« rapport.docx »", "enregistrez"),
    "a truncated text": (holding("rapport.docx", b"PK\x03\x04" + bytes(64)), "« rapport.docx »", "enregistrez"),
    "an empty text": (holding("deliberation.docx", b""), "« deliberation.docx »", ""),
    "a text with a password": (holding("deliberation.docx", OLE), "« deliberation.docx »", "mot de passe"),
    "a text that is a PDF": (holding("rapport.docx", lambda: plain_pdf(10)), "« rapport.docx »", ""),
    "a deliberation without article": (without_article, "« deliberation.docx »", "écrivez « Article 1 – … »"),
    "an encrypted PDF": (holding(PDF, encrypted_pdf), "« convention.pdf »", "enregistrez-le"),
    "an active PDF": (holding(PDF, active_pdf), "« convention.pdf »", "enregistrez-le"),
    "a program": (annex_renamed("outil.exe", b"MZ" + bytes(200)), "« outil.exe »", "joignez un PDF"),
    "a program named .pdf": (holding(PDF, b"MZ" + bytes(200)), "« convention.pdf »", "joignez un PDF"),
    "an annex over 100 MiB": (holding(PDF, bytes(101 * 1024 * 1024)), "« convention.pdf »", "100 Mo"),
    "annexes over 150 MiB": (two_heavy_annexes, "« seconde.pdf »", "allégez ou retirez"),
    "an unknown matière": (edited('"7.5"', '"7.99"'), "« 7.99 »", "choisissez-la dans la liste"),
    "a matière of one level": (edited('"7.5"', '"7"'), "« 7 »", "choisissez-la dans la liste"),
    "an unknown body": (edited('"commission permanente"', '"conseil municipal"'), "« instance »", "valeurs possibles"),
    "another nature": (edited('nature      = "DE"', 'nature = "AR"'), "« AR »", "seule une délibération"),
    "an unknown visa": (edited('"finances"', '"trésorier"'), "« trésorier »", "visas possibles"),
    "a correction by nobody": (edited('par = "juridique"', 'par = "DGA"'), "« DGA »", "visas attendus"),
    "a sitting without its zone": (edited("+01:00", ""), "« seance »", "fuseau"),
    "a negative amount": (edited("45000.00", "-1.00"), "montant", "positif"),
    "an unknown sending": (edited('envoi = "notification"', 'envoi = "pigeon"'), "« pigeon »", "valeurs possibles"),
    "an address that is none": (edited("contact@handibasket.test", "handibasket"), "« handibasket »", "corrigez"),
    "the same partner twice": (
        edited(
            'courriel = "secretariat@sport-adapte.test"\nenvoi = "information"',
            'courriel = "contact@handibasket.test"\nenvoi = "notification"',
        ),
        "contact@handibasket.test",
        "retirez",
    ),
    "more votes than voters": (edited("pour = 33", "pour = 34"), "37 voix pour 36 membres", "corrigez [vote]"),
    "fewer votes than voters": (edited("pour = 33", "pour = 32"), "35 voix pour 36 membres", "corrigez [vote]"),
    "more members than seats": (
        edited(VOTE, "presents = 40\npouvoirs = 6\npour = 46"),
        "dépassent les 42 membres",
        "corrigez [vote]",
    ),
    "two proxies for one holder": (
        edited(VOTE, "presents = 12\npouvoirs = 13\npour = 25"),
        "13 pouvoirs pour 12 présents",
        "corrigez [vote]",
    ),
    "no quorum": (edited(VOTE, "presents = 18\npouvoirs = 3\npour = 21"), "22 membres", "corrigez [vote]"),
    "a rejected vote": (edited("pour = 33\ncontre = 1", "pour = 1\ncontre = 33"), "rejetée", "corrigez [vote]"),
    "votes that are words": (edited("pour = 33", 'pour = "tous"'), "« pour »", "nombre entier"),
}


@pytest.fixture(autouse=True)
def nothing_starts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever can be refused by reading is refused before any program is started."""

    def started(*_: object, **__: object) -> None:
        raise AssertionError("a simulator was started for an affair that could be refused by reading it")

    monkeypatch.setattr(troupe, "on_stage", started)
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in handlers.items():
        signal.signal(number, handler)


def refused(affair: Path, out: Path, said: pytest.CaptureFixture[str]) -> str:
    """The one sentence of a journey that exits with 1 and writes nothing."""
    with pytest.raises(SystemExit) as stopped:
        main(["journey", str(affair), "--out", str(out)])
    told = said.readouterr()
    assert (stopped.value.code, told.out) == (1, "")
    (sentence,) = told.err.splitlines()
    assert "défaut du logiciel" not in sentence
    assert sentence.endswith((".", "!"))
    return sentence


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_refused_in_one_sentence(
    case: str, shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil, named, remedy = BAD[case]
    affair = copy_of(shared, tmp_path)
    spoil(affair)

    sentence = refused(affair, tmp_path / "out", capsys)

    assert named in sentence
    assert remedy in sentence
    assert not (tmp_path / "out").exists()


def test_an_affair_as_it_is_passes_what_refuses_the_others(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    with pytest.raises(SystemExit):
        main(["journey", str(copy_of(shared, tmp_path)), "--out", str(tmp_path / "out")])

    # Stopped by the trap of this module: it went as far as starting the simulators. A defect leaves its trace.
    (trace,) = tmp_path.glob("hemicycle-defaut-*.log")
    assert "could be refused by reading it" in trace.read_text()
    assert str(trace) in capsys.readouterr().err


def test_a_folder_that_is_no_affair_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "donnez le dossier d’une affaire" in refused(tmp_path / "ailleurs", tmp_path / "out", capsys)


def test_a_folder_that_holds_something_else_is_left_alone(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "notes.txt").write_text("à garder")

    sentence = refused(copy_of(shared, tmp_path), out, capsys)

    assert str(out) in sentence
    assert "donnez un dossier vide" in sentence
    assert (out / "notes.txt").read_text() == "à garder"


def test_an_earlier_journey_beside_other_files_is_left_alone(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "journey.json").write_text("[]")
    (out / "notes.txt").write_text("à garder")

    sentence = refused(copy_of(shared, tmp_path), out, capsys)

    assert "donnez un dossier vide" in sentence
    assert {path.name for path in out.iterdir()} == {"journey.json", "notes.txt"}


def test_a_file_in_the_place_of_the_folder_is_left_alone(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    out.write_text("à garder")

    sentence = refused(copy_of(shared, tmp_path), out, capsys)

    assert f"{out} est un fichier" in sentence
    assert out.read_text() == "à garder"


@pytest.mark.parametrize("place", ["/proc/journey", "/dev/null/out"])
def test_a_place_that_cannot_be_written_is_refused_first(
    place: str, shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "donnez un autre dossier" in refused(copy_of(shared, tmp_path), Path(place), capsys)


@pytest.mark.parametrize("case", ["an unreadable text", "no quorum", "an unknown visa"])
def test_the_command_itself_says_it_on_one_line(case: str, shared: Path, tmp_path: Path) -> None:
    spoil, named, _ = BAD[case]
    affair = copy_of(shared, tmp_path)
    spoil(affair)
    (tmp_path / "elsewhere").mkdir()

    done = playing.run("journey", affair, "--out", tmp_path / "out", cwd=tmp_path / "elsewhere")

    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
    assert named in done.stderr
    assert not (tmp_path / "out").exists()
    assert list((tmp_path / "elsewhere").iterdir()) == []
