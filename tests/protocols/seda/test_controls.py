"""Vitam's controls, each on a package that is right but for one thing."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from hemicycle.protocols.seda.controls import Referential, Verdict, judge
from hemicycle.protocols.seda.sip import Sip, build_sip
from tests.protocols.seda.building import transfer

KNOWN = Referential(
    agreements={"IC-DELIBERATIONS": True, "IC-ANCIEN": False},
    archival_agencies=frozenset({"FRAD099"}),
    agencies=frozenset({"22999999000017"}),
    rules={
        "APP-DELIB-1AN": "AppraisalRule",
        "ACC-IMMEDIAT": "AccessRule",
        "ACC-50ANS": "AccessRule",
        "DIS-LIBRE": "DisseminationRule",
    },
    formats=frozenset({"fmt/476", "fmt/101"}),
)


def _packed(sip: Sip, manifest: bytes, name: str = "manifest.xml", **added: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, manifest)
        for piece in sip.pieces:
            archive.writestr(piece.uri, piece.document.data)
        for extra, data in added.items():
            archive.writestr(extra, data)
    return buffer.getvalue()


def _changed(old: str, new: str) -> Verdict:
    sip = build_sip(transfer())
    manifest = sip.manifest.replace(old.encode(), new.encode(), 1)
    assert manifest != sip.manifest
    return judge(_packed(sip, manifest), referential=KNOWN)


def _codes(verdict: Verdict) -> list[str]:
    return [control.detail for control in verdict.controls]


def test_our_package_passes_every_control_of_a_platform_that_knows_us() -> None:
    verdict = judge(build_sip(transfer()).data, referential=KNOWN)

    assert (verdict.outcome, verdict.controls) == ("OK", ())


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("seda:v2.2", "seda:v2.0", "CHECK_SEDA.UNSUPPORTED_SEDA_VERSION.KO"),
        ("<Date>2026-03-20T08:00:00+01:00</Date>", "", "CHECK_SEDA.NOT_XSD_VALID.KO"),
        ("<Date>2026-03-20T08:00:00+01:00</Date>", "<Date>hier</Date>", "CHECK_SEDA.NOT_XSD_VALID.KO"),
        (">File<", ">Dossier<", "CHECK_SEDA.NOT_XSD_VALID.KO"),
        (">Keep<", ">Garder<", "CHECK_SEDA.NOT_XSD_VALID.KO"),
        (
            ">IC-DELIBERATIONS<",
            ">IC-ANCIEN<",
            "CHECK_HEADER.CHECK_CONTRACT_INGEST.CONTRACT_INACTIVE.KO",
        ),
        (
            "<ArchivalAgreement>IC-DELIBERATIONS</ArchivalAgreement>",
            "",
            "CHECK_HEADER.CHECK_CONTRACT_INGEST.CONTRACT_NOT_IN_MANIFEST.KO",
        ),
        ("<Uri>content/ID5.pdf", "<Uri>content/ID4.pdf", "CHECK_DATAOBJECTPACKAGE.CHECK_MANIFEST_OBJECTNUMBER"),
        ("BinaryMaster_1", "BinaryMaster_2", "CHECK_DATAOBJECTPACKAGE.CHECK_MANIFEST.EXPECTED_MANDATORY_VERSION_1"),
        ("BinaryMaster_1", "Thumbnail_1", "CHECK_DATAOBJECTPACKAGE.CHECK_MANIFEST.MASTER_MANDATORY_REQUIRED"),
        ('algorithm="SHA-512"', 'algorithm="SHA-1"', "CHECK_DATAOBJECTPACKAGE.CHECK_MANIFEST_DATAOBJECT_VERSION"),
        ("<DataObjectGroupReferenceId>ID3<", "<DataObjectGroupReferenceId>ID999<", "CHECK_DATAOBJECTPACKAGE."),
        ('ArchiveUnit id="ID2"', 'ArchiveUnit id="ID1"', "CHECK_DATAOBJECTPACKAGE.CHECK_MANIFEST."),
        ("<Size>", "<Size>1", "CHECK_OBJECT_SIZE.WARNING"),
        ("fmt/476", "fmt/18", "OG_OBJECTS_FORMAT_CHECK.WARNING"),
        ("<Title>Délibération", "<Title>&amp;eacute;", "CHECK_UNIT_SCHEMA.INVALID_UNIT.KO"),
        ("<Title>Délibération n° DEL2026-012</Title>", "", "CHECK_UNIT_SCHEMA.EMPTY_REQUIRED_FIELD.KO"),
        ("<EndDate>2026", "<EndDate>2025", "CHECK_UNIT_SCHEMA.CONSISTENCY.KO"),
        ("ACC-50ANS", "ACC-99ANS", "UNITS_RULES_COMPUTE.UNKNOWN.KO"),
        ("ACC-50ANS", "DIS-LIBRE", "UNITS_RULES_COMPUTE.CONSISTENCY.KO"),
    ],
)  # fmt: skip
def test_one_fault_is_found_under_its_code(old: str, new: str, code: str) -> None:
    verdict = _changed(old, new)

    assert any(found.startswith(code) for found in _codes(verdict))
    assert verdict.outcome == ("WARNING" if code.endswith("WARNING") else "KO")


@pytest.mark.parametrize(
    ("name", "extra", "code"),
    [
        ("bordereau.xml", {}, "MANIFEST_FILE_NAME_CHECK.KO"),
        ("manifest.xml", {"lisez-moi.txt": b"a"}, "CHECK_SEDA.CONTAINER_FORMAT.FILE.KO"),
        ("manifest.xml", {"annexes/a.txt": b"a"}, "CHECK_SEDA.CONTAINER_FORMAT.DIRECTORY.KO"),
        ("manifest.xml", {"content/../../a.txt": b"a"}, "STP_UPLOAD_SIP.KO"),
        ("manifest.xml", {"content/été.txt": b"a"}, "STP_UPLOAD_SIP.KO"),
        ("manifest.xml", {"content/a.txt": b"a"}, "CHECK_DATAOBJECTPACKAGE.CHECK_MANIFEST_OBJECTNUMBER."),
    ],
)
def test_a_package_badly_laid_out_is_refused(name: str, extra: dict[str, bytes], code: str) -> None:
    sip = build_sip(transfer())

    verdict = judge(_packed(sip, sip.manifest, name, **extra))

    assert any(found.startswith(code) for found in _codes(verdict))


@pytest.mark.parametrize("name", ["ARCH-1_manifest.xml", "ARCH-1-manifest.xml"])
def test_a_prefixed_manifest_is_taken(name: str) -> None:
    sip = build_sip(transfer())

    assert judge(_packed(sip, sip.manifest, name), referential=KNOWN).outcome == "OK"


def test_the_workflow_stops_at_the_first_action_refused_unless_asked_for_everything() -> None:
    sip = build_sip(transfer())
    wrong = sip.manifest.replace(b"IC-DELIBERATIONS", b"IC-INCONNU").replace(b"ACC-50ANS", b"ACC-99ANS")

    stopped = judge(_packed(sip, wrong), referential=KNOWN)
    whole = judge(_packed(sip, wrong), referential=KNOWN, stop=False)

    assert _codes(stopped) == ["CHECK_HEADER.CHECK_CONTRACT_INGEST.CONTRACT_UNKNOWN.KO"]
    assert _codes(whole) == [*_codes(stopped), "UNITS_RULES_COMPUTE.UNKNOWN.KO"]


def test_a_format_the_contract_does_not_take_is_refused() -> None:
    narrow = replace(KNOWN, formats=frozenset({"fmt/476"}))

    verdict = judge(build_sip(transfer()).data, referential=narrow)

    assert _codes(verdict) == ["OG_OBJECTS_FORMAT_CHECK.REJECTED_FORMAT.KO"]


def test_any_siret_opens_the_door_to_a_siret_only() -> None:
    wide = replace(KNOWN, any_siret=True)

    assert wide.knows_agency("11111111111111")
    assert not wide.knows_agency("FRAD001")
    assert not KNOWN.knows_agency("11111111111111")


def test_nothing_is_compared_with_a_referential_that_is_not_at_hand() -> None:
    stranger = transfer(agreement="INCONNU", archival_agency="AILLEURS", originating_agency="AUTRE")

    assert judge(build_sip(stranger).data).outcome == "OK"
