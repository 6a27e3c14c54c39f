"""`hemicycle inspect`: what every file of the chain is, and never a traceback."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from hemicycle.inspection import inspect
from tests.conftest import ROOT
from tests.journeys.playing import Played, run

SHARED = Path(os.environ.get("HEMICYCLE_SHARED", ROOT.parent / "shared"))
ACTES, SEDA = SHARED / "norms/actes/samples", SHARED / "norms/seda/samples"
#: Verdicts of the INDEX of the SEDA samples that mean « accepted »; KO* is refused only with a referential.
ACCEPTED = {"OK", "WARNING", "XSD OK", "UNZIP OK", "PROFILE OK", "ATR OK", "KO*"}


def actes_samples() -> list[tuple[str, bool]]:
    """Path and whether one generation at least accepts it, as the INDEX says; not those it does not judge."""
    index = (ACTES / "INDEX.md").read_text() if ACTES.is_dir() else ""
    rows = re.findall(r"^\| ([\w./\-]+) \|.*\| ([^|]*) \|$", index, re.MULTILINE)
    return [(path, bool(re.search(r":valid", said))) for path, said in rows if ":" in said]


def seda_samples() -> list[tuple[str, bool]]:
    index = (SEDA / "INDEX.md").read_text() if SEDA.is_dir() else ""
    rows = re.findall(r"^\| (\S+\.(?:zip|xml)) \| ([^|]+?) \|", index, re.MULTILINE)
    return [(name, said in ACCEPTED) for name, said in rows]


@pytest.fixture(params=[False, True], ids=["our rules", "and the official schemas"])
def _schemas(request: pytest.FixtureRequest, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable, norm in (("HEMICYCLE_ACTES_XSD", "actes"), ("HEMICYCLE_SEDA_XSD", "seda")):
        monkeypatch.delenv(variable, raising=False)
        if request.param:
            monkeypatch.setenv(variable, str(shared / "norms" / norm / "xsd"))


def test_the_indexes_are_read(shared: Path) -> None:
    assert len(actes_samples()) == 18
    assert len(seda_samples()) == len([p for p in SEDA.iterdir() if p.suffix in (".zip", ".xml")])
    assert {sound for _, sound in actes_samples()} == {sound for _, sound in seda_samples()} == {True, False}


@pytest.mark.usefixtures("_schemas")
@pytest.mark.parametrize(("name", "sound"), actes_samples())
def test_every_sample_of_actes_is_judged_as_its_index_says(name: str, sound: bool) -> None:
    report, judged = inspect(ACTES / name)

    assert judged is sound, report
    assert "@CTES" in report.splitlines()[0]
    assert report.endswith("Verdict : conforme." if sound else "Verdict : non conforme.")
    assert ("Ce qui ne va pas" in report) is not sound


@pytest.mark.usefixtures("_schemas")
@pytest.mark.parametrize(("name", "sound"), seda_samples())
def test_every_sample_of_seda_is_judged_as_its_index_says(name: str, sound: bool) -> None:
    report, judged = inspect(SEDA / name)

    assert judged is sound, report
    assert report.endswith("Verdict : conforme." if sound else "Verdict : non conforme.")
    assert ("Ce qui ne va pas" in report) is not sound


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("actes/samples/archives/SIC-EACT--210600730--20180115-1.tar.gz", 0, "Archive @CTES"),
        ("actes/samples/1-2_ARActe/faketdt-ar-actes-2013-INVALID.xml", 1, "ActeRecu"),
        ("seda/samples/OK_SEDA_2.2_Signature.zip", 0, "Paquet d"),
        ("seda/samples/KO_ARBO_recursif.zip", 1, "se contiennent"),
    ],
)
def test_the_command_says_it_and_its_exit_code_too(
    name: str, code: int, said: str, shared: Path, tmp_path: Path
) -> None:
    done = run("inspect", shared / "norms" / name, cwd=tmp_path)

    assert (done.returncode, done.stderr) == (code, "")
    assert said in done.stdout


def test_the_answer_in_json_has_its_shape(shared: Path, tmp_path: Path) -> None:
    done = run("inspect", SEDA / "KO_AU_REF_OBJ.xml", "--json", cwd=tmp_path)

    answer = json.loads(done.stdout)

    assert (done.returncode, done.stderr) == (1, "")
    assert set(answer) == {"fichier", "nature", "conforme", "faits", "problemes", "notes"}
    assert (answer["fichier"], answer["conforme"]) == ("KO_AU_REF_OBJ.xml", False)
    assert {"nom": "Version du SEDA", "valeur": "2.1"} in answer["faits"]
    assert len(answer["problemes"]) == 2


@pytest.mark.parametrize("as_json", [False, True])
@pytest.mark.parametrize("case", ["missing", "a folder", "empty", "random", "of another kind", "a device"])
def test_what_is_nothing_of_the_chain_is_one_french_sentence(case: str, as_json: bool, tmp_path: Path) -> None:
    place = {"missing": tmp_path / "absent.xml", "a folder": tmp_path, "a device": Path("/dev/zero")}.get(case)
    if place is None:
        place = tmp_path / "fichier.bin"
        place.write_bytes({"empty": b"", "random": os.urandom(5000)}.get(case, b"bonjour"))

    report, sound = inspect(place, as_json=as_json)

    assert not sound
    said = json.loads(report)["problemes"] if as_json else [report]
    assert len(said) == 1
    assert "\n" not in said[0]
    assert said[0].endswith(".")
    assert re.match(r"(Le|Ce) fichier |.* est un dossier", said[0])


@pytest.mark.parametrize("suffix", [".pdf", ".xml", ".zip", ".tar.gz", "-1-1_0.xml"])
def test_random_bytes_under_any_name_are_never_sound(suffix: str, tmp_path: Path) -> None:
    place = tmp_path / f"TACT--229999990--20261218-1{suffix}"
    place.write_bytes(os.urandom(4000))

    report, sound = inspect(place)

    assert not sound
    assert "Traceback" not in report


def test_the_command_never_shows_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7\n" + os.urandom(4000))

    done = run("inspect", "x.pdf", cwd=tmp_path)

    assert (done.returncode, done.stderr) == (1, "")
    assert "Verdict : non conforme." in done.stdout


@pytest.mark.journey
@pytest.mark.usefixtures("_schemas")
@pytest.mark.parametrize(
    "pattern", ["**/*.pdf", "transmission/*.xml", "transmission/*.tar.gz", "archive/*.zip", "archive/*.xml"]
)
def test_every_file_that_a_journey_leaves_is_sound(journey: Played, pattern: str) -> None:
    files = sorted(journey.out.glob(pattern))

    judged = {path.name: inspect(path) for path in files}

    assert judged
    assert {name: report for name, (report, sound) in judged.items() if not sound} == {}


@pytest.mark.journey
def test_the_signed_act_names_its_signatory_and_its_level(journey: Played) -> None:
    report, _ = inspect(journey.signed)

    assert "Document PDF signé (PAdES)" in report
    assert "Étienne Valmorin" in report
    assert "PDF/A-2a" in report
    assert re.search(r"Niveau +PAdES B-(T|LT)", report)


@pytest.mark.journey
@pytest.mark.parametrize("where", [0.3, 0.5, 0.6])
def test_one_altered_byte_of_the_signed_act_is_seen(journey: Played, where: float, tmp_path: Path) -> None:
    data = bytearray(journey.signed.read_bytes())
    signed_part = data.index(b"/ByteRange")
    data[int(signed_part * where)] ^= 1
    (tmp_path / "acte.pdf").write_bytes(data)

    report, sound = inspect(tmp_path / "acte.pdf")

    assert not sound
    assert "Ce qui ne va pas" in report
