"""Building the package that leaves for the archive."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hemicycle.protocols.seda.package import Agent, Document, InvalidTransfer, Rule, Rules, Unit, Version
from hemicycle.protocols.seda.reading import descendants, read_xml, text
from hemicycle.protocols.seda.schema import violation
from hemicycle.protocols.seda.sip import build_sip
from tests.protocols.seda.building import PARIS, PDF_A, act_unit, deliberation_unit, transfer

VERSIONS: tuple[Version, ...] = ("2.1", "2.2", "2.3")


@pytest.mark.parametrize("version", VERSIONS)
def test_a_package_is_valid_against_the_standard_and_against_vitam(version: Version, shared: Path) -> None:
    schemas = shared / "norms" / "seda" / "xsd"

    root = read_xml(build_sip(transfer(version)).manifest)

    assert (schemas / "standard" / version).is_dir()
    assert violation(root, schemas, "standard") is None
    assert violation(root, schemas, "vitam-lxml") is None


@pytest.mark.parametrize("version", VERSIONS)
def test_the_smallest_package_is_valid_too(version: Version, shared: Path) -> None:
    schemas = shared / "norms" / "seda" / "xsd"
    smallest = transfer(version, root=Unit(title="Dossier"), rules=Rules(), comment="", completes=())

    root = read_xml(build_sip(smallest).manifest)

    assert violation(root, schemas, "standard") is None
    assert violation(root, schemas, "vitam-lxml") is None


def test_the_same_transfer_gives_the_same_bytes() -> None:
    first, second = build_sip(transfer()), build_sip(transfer())

    assert first.data == second.data
    assert first.digest == hashlib.sha512(first.data).hexdigest()


def test_the_manifest_comes_first_and_objects_are_named_after_their_id() -> None:
    sip = build_sip(transfer())

    names = zipfile.ZipFile(io.BytesIO(sip.data)).namelist()

    assert names[0] == "manifest.xml"
    assert names[1:] == [f"content/{piece.object_id}.{piece.uri.rsplit('.', 1)[1]}" for piece in sip.pieces]


def test_every_object_carries_its_digest_size_format_and_true_name() -> None:
    sip = build_sip(transfer())
    archive = zipfile.ZipFile(io.BytesIO(sip.data))

    objects = list(descendants(read_xml(sip.manifest), "BinaryDataObject"))

    assert len(objects) == 4
    for entry in objects:
        data = archive.read(text(entry, "Uri"))
        assert text(entry, "MessageDigest") == hashlib.sha512(data).hexdigest()
        assert text(entry, "Size") == str(len(data))
    assert text(objects[0], "FileInfo", "Filename") == "délibération n° 12 (signée).pdf"
    assert text(objects[0], "FormatIdentification", "FormatId") == "fmt/476"
    assert text(objects[3], "FormatIdentification", "FormatId") == "fmt/101"


def test_the_original_and_its_copy_share_one_group() -> None:
    sip = build_sip(transfer())

    original, copy = sip.pieces[0], sip.pieces[1]

    assert (original.group_id, original.unit_id) == (copy.group_id, copy.unit_id)
    assert [original.document.usage, copy.document.usage] == ["BinaryMaster_1", "Dissemination_1"]


def test_a_nominative_annex_escapes_the_rule_of_the_transfer() -> None:
    root = read_xml(build_sip(transfer()).manifest)

    rules = [rule for rule in descendants(root, "AccessRule") if text(rule, "PreventInheritance") == "true"]

    assert [text(rule, "Rule") for rule in rules] == ["ACC-50ANS"]


def test_a_format_nobody_recognises_has_no_identifier() -> None:
    unit = Unit(title="Jeton", documents=(Document(filename="jeton.tsr", data=b"\x30\x82\x01\x00"),))

    root = read_xml(build_sip(transfer(root=unit)).manifest)

    (entry,) = descendants(root, "FormatIdentification")
    assert text(entry, "MimeType") == "application/timestamp-reply"
    assert text(entry, "FormatId") == ""


def _with(**changes: object) -> Unit:
    return replace(deliberation_unit(), **changes)  # type: ignore[arg-type]


_ORIGINAL = Document(filename="a.pdf", data=PDF_A)
_SHARED = act_unit()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"identifier": "ARCH 2026/1"}, "identifiant de transfert"),
        ({"agreement": " "}, "accord de versement"),
        ({"originating_agency": ""}, "service producteur"),
        ({"date": transfer().date.replace(tzinfo=None)}, "fuseau horaire"),
        ({"comment": "L&apos;objet"}, "échappé pour le HTML"),
        ({"comment": "<script>objet</script>"}, "balises"),
        ({"rules": Rules(access=Rule(code=""))}, "pas de code"),
        ({"rules": Rules(access=Rule(code="A", start=date(9090, 1, 1)))}, "date que le SAE"),
        ({"root": _with(title="  ")}, "intitulé"),
        ({"root": _with(title="Vote\x00")}, "caractère de contrôle"),
        ({"root": _with(description="a" * 32_001)}, "dépasse 32000"),
        ({"root": _with(start=date(2026, 4, 1))}, "date de début suit"),
        ({"root": _with(agents=(Agent(),))}, "personne ou un organisme"),
        ({"root": _with(documents=(_ORIGINAL, _ORIGINAL))}, "même usage"),
        ({"root": _with(documents=(replace(_ORIGINAL, usage="Dissemination_1"),))}, "pas d’original"),
        ({"root": _with(documents=(replace(_ORIGINAL, data=b""),))}, "vide"),
        ({"root": _with(children=(_SHARED, _SHARED))}, "deux fois"),
    ],
)
def test_what_the_archive_would_refuse_never_leaves(changes: dict[str, object], words: str) -> None:
    refused = transfer(**changes)  # type: ignore[arg-type]

    with pytest.raises(InvalidTransfer, match=words):
        build_sip(refused)


def test_an_ordinary_sentence_with_apostrophe_and_ampersand_passes() -> None:
    title = "L’achat & la vente : 3 < 5 ; d’où l’objet"

    root = read_xml(build_sip(transfer(root=_with(title=title))).manifest)

    assert title in [text(content, "Title") for content in descendants(root, "Content")]
    assert transfer().date.tzinfo is PARIS
