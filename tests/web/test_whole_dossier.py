"""The whole dossier taken away: a readable tree, its evidence, and nothing that its reader may not read."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from typing import Any

import pytest

from hemicycle.accounts.models import Agent
from hemicycle.chain.circuit.models import Visa
from hemicycle.dossier.models import Dossier, Version
from hemicycle.web.dossier_files import safe
from tests.cast import Cast
from tests.chain.drafting.said import a_comment, on_report
from tests.factories import a_dossier, an_attachment
from tests.web.conftest import Enter

pytestmark = pytest.mark.django_db


def taken(enter: Enter, who: Agent, dossier: Dossier) -> dict[str, bytes]:
    """Path below the folder of the dossier → bytes."""
    answer: Any = enter(who).get(f"/dossiers/{dossier.id}/dossier.zip")
    assert answer.status_code == 200
    bundle = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert {name.split("/")[0] for name in bundle.namelist()} == {dossier.number}
    return {name.partition("/")[2]: bundle.read(name) for name in bundle.namelist()}


def test_everything_is_there_in_a_readable_tree(cast: Cast, enter: Enter) -> None:
    dossier = a_dossier(cast, ready=True)
    an_attachment(dossier, b"convention", by=cast.drafter, order=1)

    files = taken(enter, cast.drafter, dossier)

    assert files["01 Rapport.pdf"].startswith(b"%PDF") and files["02 Projet de délibération.pdf"].startswith(b"%PDF")
    assert files["03 Annexes/01 Convention.pdf"] == b"convention"
    assert {"00 Lisez-moi.txt", "05 Commentaires.html", "06 Visas.csv", "07 Journal/journal.json"} <= set(files)
    assert "Il est proposé de la lui accorder." in files["04 Versions/v1/Textes.html"].decode()


def test_the_bytes_of_a_version_have_the_digest_that_its_visas_bear(cast: Cast, enter: Enter) -> None:
    dossier = a_dossier(cast, ready=True)

    files = taken(enter, cast.drafter, dossier)

    digest = hashlib.sha256(files["04 Versions/v1/version.json"]).hexdigest()
    assert digest == Version.objects.get(dossier=dossier).digest
    assert digest in read_csv(files)


def test_every_file_has_its_digest(cast: Cast, enter: Enter) -> None:
    files = taken(enter, cast.drafter, a_dossier(cast, in_circuit=True))

    sums = dict(line.split("  ", 1)[::-1] for line in files["SHA256SUMS"].decode().splitlines())

    assert set(sums) == set(files) - {"SHA256SUMS", "00 Lisez-moi.txt"}
    assert all(hashlib.sha256(files[path]).hexdigest() == said for path, said in sums.items())


def test_the_visas_given_and_missing_are_told_with_their_digest(cast: Cast, enter: Enter) -> None:
    dossier = a_dossier(cast, in_circuit=True)

    rows = list(csv.DictReader(io.StringIO(read_csv(taken(enter, cast.drafter, dossier))), delimiter=";"))

    assert [(row["Étape"], row["Ce qui a été fait"]) for row in rows] == [
        ("Chef de service", "manquant"),
        ("Juridique", "manquant"),
        ("Cabinet", "manquant"),
    ]
    given = list(
        csv.DictReader(io.StringIO(read_csv(taken(enter, cast.drafter, a_dossier(cast, ready=True)))), delimiter=";")
    )
    assert {row["Ce qui a été fait"] for row in given} == {"visé"}
    assert all(len(row["Empreinte (SHA-256)"]) == 64 for row in given)


def read_csv(files: dict[str, bytes]) -> str:
    return files["06 Visas.csv"].decode("utf-8-sig")


def test_a_remark_that_looks_like_a_formula_runs_nowhere(cast: Cast, enter: Enter) -> None:
    dossier = a_dossier(cast, ready=True)
    Visa.objects.filter(step__run__dossier=dossier).update(remark="=HYPERLINK(1)")

    assert ";'=HYPERLINK(1)" in read_csv(taken(enter, cast.drafter, dossier))


def test_the_internal_comments_of_others_are_in_no_file(cast: Cast, enter: Enter) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    a_comment(dossier, cast.drafter, "Le tiers est douteux.", internal_to_id=cast.service.pk, anchor=on_report(dossier))

    assert any(b"douteux" in data for data in taken(enter, cast.colleague, dossier).values())
    assert not any(b"douteux" in data for data in taken(enter, cast.clerk, dossier).values())


def test_a_confidential_annex_goes_to_its_unit_its_circuit_and_the_office_only(cast: Cast, enter: Enter) -> None:
    dossier = a_dossier(cast, in_circuit=True)
    annex = an_attachment(dossier, b"secret", by=cast.drafter, order=1)
    annex.confidential = True
    annex.save()

    def reads(who: Agent) -> bool:
        return "03 Annexes/01 Convention.pdf" in taken(enter, who, dossier)

    assert reads(cast.drafter) and reads(cast.director) and reads(cast.clerk) and reads(cast.head_of_service)
    assert reads(cast.chief_executive) and reads(cast.president)
    assert not reads(cast.auditor) and not reads(cast.secretariat)


def test_the_journal_goes_with_the_head_of_the_chain(cast: Cast, enter: Enter) -> None:
    dossier = a_dossier(cast)
    a_comment(dossier, cast.drafter)

    told = json.loads(taken(enter, cast.drafter, dossier)["07 Journal/journal.json"])

    assert [entry["event"] for entry in told["entrees"]] == ["drafting.comment_written"]
    assert told["tete_du_journal"]["hash"] == told["entrees"][0]["hash"]


def test_a_text_that_cannot_be_printed_says_why(cast: Cast, enter: Enter) -> None:
    files = taken(enter, cast.drafter, a_dossier(cast, report={}))

    assert "01 Rapport.pdf" not in files
    assert files["01 Rapport (sans PDF).txt"].decode().strip()


def test_the_act_and_what_followed_are_in_it(cast: Cast, enter: Enter) -> None:
    files = taken(enter, cast.clerk, a_dossier(cast, archived=True))

    assert any(path.startswith("08 Acte et suites/01 ") for path in files)


def test_whoever_does_not_read_the_dossier_takes_nothing(cast: Cast, enter: Enter) -> None:
    assert enter(cast.neighbour).get(f"/dossiers/{a_dossier(cast).id}/dossier.zip").status_code == 404


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("convention.pdf", "convention.pdf"),
        ("../../etc/passwd", "etc-passwd"),
        ("a\nb\x00c:d.pdf", "a-b-c-d.pdf"),
        ("...", "sans nom"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_name_that_a_system_would_not_open_is_made_safe(name: str, kept: str) -> None:
    assert safe(name) == kept
