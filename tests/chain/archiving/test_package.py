"""What the package of a whole act holds, and that the official schemas and the controls take it."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path

from lxml import etree

from hemicycle.chain.archiving.actions.build_package import build_package
from hemicycle.chain.archiving.models import Deposit
from hemicycle.chain.publication.models import Publication
from hemicycle.chain.signing.models import Act
from hemicycle.chain.transmission.models import Departure
from hemicycle.dossier import attachments
from hemicycle.dossier.models import Attachment, Dossier, JournalEntry
from hemicycle.protocols.journal.chain import entry_hash
from hemicycle.protocols.seda.controls import judge
from hemicycle.protocols.seda.reading import children, descendants, read_xml, text
from hemicycle.protocols.seda.schema import violation
from tests.cast import Cast
from tests.published_acts import ONLINE_AT, packed, published


def manifest_of(deposit: Deposit) -> etree._Element:
    return read_xml(files_of(deposit)["manifest.xml"])


def files_of(deposit: Deposit) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(attachments.read(deposit.package))) as package:
        return {name: package.read(name) for name in package.namelist()}


def objects_of(deposit: Deposit) -> dict[str, bytes]:
    """Bytes of each object by the name it had with us."""
    files = files_of(deposit)
    return {
        text(entry, "FileInfo", "Filename"): files[text(entry, "Uri")]
        for entry in descendants(manifest_of(deposit), "BinaryDataObject")
    }


def files_shown(dossier: Dossier) -> tuple[Attachment, Attachment]:
    """The signed original and the stamped copy."""
    signed = Act.objects.get(dossier=dossier).signed
    stamped = Departure.objects.get(dossier=dossier).stamped
    assert signed is not None
    assert stamped is not None
    return signed, stamped


def test_the_package_of_a_whole_act_is_valid_against_the_standard_and_against_vitam(cast: Cast, shared: Path) -> None:
    schemas = shared / "norms" / "seda" / "xsd"

    _, deposit = packed(cast)

    root = manifest_of(deposit)
    assert (schemas / "standard" / "2.2").is_dir()
    assert violation(root, schemas, "standard") is None
    assert violation(root, schemas, "vitam-lxml") is None


def test_the_controls_of_an_archive_find_nothing_to_say(cast: Cast) -> None:
    _, deposit = packed(cast)

    verdict = judge(attachments.read(deposit.package))

    assert [c for c in verdict.controls if c.outcome != "OK"] == []


def test_the_signed_original_is_archived_byte_for_byte_with_the_copy_as_its_dissemination(cast: Cast) -> None:
    dossier, deposit = packed(cast)

    found = objects_of(deposit)

    signed, stamped = files_shown(dossier)
    assert found[signed.name] == attachments.read(signed)
    assert found[stamped.name] == attachments.read(stamped)
    usages = {
        text(e, "FileInfo", "Filename"): (text(e, "DataObjectVersion"), group.get("id"))
        for group in descendants(manifest_of(deposit), "DataObjectGroup")
        for e in descendants(group, "BinaryDataObject")
    }
    assert usages[signed.name][0] == "BinaryMaster_1"
    assert usages[stamped.name][0] == "Dissemination_1"
    assert usages[signed.name][1] == usages[stamped.name][1]


def test_the_annexes_the_messages_and_the_proofs_are_there(cast: Cast) -> None:
    dossier, deposit = packed(cast)

    titles = [text(unit, "Content", "Title") for unit in descendants(manifest_of(deposit), "ArchiveUnit")]

    number = dossier.act_number
    annexes = [f"Annexe {n} : {a.title}" for n, a in enumerate(attachments.annexes_of(dossier), start=1)]
    assert annexes
    assert titles == [
        f"{number} – {dossier.object}",
        f"Délibération n° {number}",
        *annexes,
        "Message de transmission (@CTES 1-1)",
        "Accusé de réception de la préfecture (ARActe)",
        f"Vérification de la signature – {number}",
        f"Preuve de publication – {number}",
        f"Extrait du journal – {number}",
        f"Fiche de parcours – {number}",
    ]


def test_an_annex_that_already_says_its_rank_is_titled_once(cast: Cast) -> None:
    dossier = published(cast)
    Attachment.objects.filter(dossier=dossier, order=1, kind="annex").update(title="Annexe n° 1 – Programme détaillé")
    deposit = build_package(dossier_id=dossier.id, agent=cast.courier, at=ONLINE_AT)

    titles = [text(unit, "Content", "Title") for unit in descendants(manifest_of(deposit), "ArchiveUnit")]

    assert "Annexe 1 : Programme détaillé" in titles


def test_the_manifest_tells_the_milestones_of_the_act(cast: Cast) -> None:
    _, deposit = packed(cast)

    content = next(descendants(manifest_of(deposit), "Content"))

    codes = [text(event, "EventTypeCode") for event in children(content, "Event")]
    assert codes == ["VOTE", "SIGNATURE", "TELETRANSMISSION", "AR_PREFECTURE", "PUBLICATION"]
    vote = children(content, "Event")[0]
    assert text(vote, "EventDetail") == "Pour : 11. Contre : 0. Abstentions : 0. Ne prennent pas part : 0."
    assert text(content, "Keyword", "KeywordContent") == "finances locales/subventions"


def test_the_rules_and_the_agencies_are_those_of_the_settings(cast: Cast) -> None:
    cast.authority.appraisal_rule, cast.authority.archival_agency = "APP-AUTRE", "FRAD098"
    cast.authority.save()

    _, deposit = packed(cast)

    root = manifest_of(deposit)
    management = next(descendants(root, "ManagementMetadata"))
    assert text(management, "AppraisalRule", "Rule") == "APP-AUTRE"
    assert text(management, "AppraisalRule", "FinalAction") == "Keep"
    assert text(root, "ArchivalAgency", "Identifier") == "FRAD098"
    assert text(root, "TransferringAgency", "Identifier") == cast.authority.siret


def test_each_entry_of_the_extract_can_be_verified_alone(cast: Cast) -> None:
    dossier, deposit = packed(cast)

    extract = json.loads(objects_of(deposit)[f"{dossier.act_number}-journal.json"])

    before = JournalEntry.objects.filter(dossier=dossier).exclude(event="archiving.package_built").order_by("n")
    assert [e["n"] for e in extract["entrees"]] == [e.n for e in before]
    assert len(extract["entrees"]) > 3
    for entry in extract["entrees"]:
        assert entry_hash(entry) == entry["hash"]


def test_the_proof_of_publication_names_the_file_offered(cast: Cast) -> None:
    dossier, deposit = packed(cast)

    proof = json.loads(objects_of(deposit)[f"{dossier.act_number}-publication.json"])

    document = Publication.objects.get(dossier=dossier).document
    assert proof["fichier_publie"]["sha256"] == hashlib.sha256(attachments.read(document)).hexdigest()
    assert proof["jour"] == "2026-11-27"
    assert proof["adresse"].endswith(f"/actes/{dossier.act_number.lower()}/")


def test_the_signature_is_told_as_it_was_verified(cast: Cast) -> None:
    dossier, deposit = packed(cast)

    proof = json.loads(objects_of(deposit)[f"{dossier.act_number}-signature.json"])

    assert proof["verification"]["level"] == "PAdES-B-T"
    assert proof["sha256"] == files_shown(dossier)[0].sha256


def test_the_journey_sheet_is_an_archival_pdf(cast: Cast) -> None:
    dossier, deposit = packed(cast)

    sheet = objects_of(deposit)[f"{dossier.act_number}-parcours.pdf"]

    assert sheet.startswith(b"%PDF")
    assert b"pdfaid:part" in sheet
