"""Saying what a file of the archiving exchange is, and what is wrong with it."""

from __future__ import annotations

import gzip
import io
import re
import tarfile
import zipfile
from pathlib import Path

import pytest

from hemicycle.protocols.seda.inspection import describe
from hemicycle.protocols.seda.sip import build_sip
from tests.protocols.seda.building import transfer

_SOUND = {"OK", "WARNING", "ACCEPTED", "XSD OK", "UNZIP OK", "NAME OK", "PROFILE OK", "ATR OK", "KO*"}
_UNSOUND = {"KO", "ATR KO"}


def _index(folder: Path) -> dict[str, str]:
    """File name → expected verdict, from the INDEX of the samples."""
    rows = re.findall(r"^\| (\S+\.(?:zip|xml)) \| ([^|]+?) \|", (folder / "INDEX.md").read_text(), re.M)
    return dict(rows)


@pytest.mark.parametrize("with_schemas", [True, False])
def test_every_genuine_sample_is_judged_as_its_index_says(shared: Path, with_schemas: bool) -> None:
    folder = shared / "norms" / "seda" / "samples"
    schemas = folder.parent / "xsd" if with_schemas else None
    expected = _index(folder)

    found = {name: describe((folder / name).read_bytes(), name, schemas) for name in expected}

    assert set(expected.values()) <= _SOUND | _UNSOUND
    assert {path.name for path in folder.glob("*.[zx][im][pl]")} == set(expected)
    assert [name for name, description in found.items() if description is None] == []
    judged = {name: description.sound for name, description in found.items() if description}
    assert judged == {name: verdict in _SOUND for name, verdict in expected.items()}


def test_what_needs_the_referential_of_the_archive_is_a_note(shared: Path) -> None:
    data = (shared / "norms/seda/samples/SIP_INGEST_CONTRACT_UNKNOW.zip").read_bytes()

    description = describe(data, "sip.zip")

    assert description is not None
    assert any("non vérifiés ici" in note for note in description.notes)


def test_a_refused_transfer_says_why(shared: Path) -> None:
    data = (shared / "norms/seda/samples/sedaArchiveTransferReplyKO.xml").read_bytes()

    description = describe(data, "atr.xml")

    assert description is not None
    assert description.problems[0] == "Le service d’archives a refusé le transfert."
    assert any("FRAN_NP_000002" in problem for problem in description.problems)


def test_the_model_messages_are_sound_but_the_refusal(shared: Path) -> None:
    folder = shared / "norms" / "seda" / "examples"
    names = sorted(path.name for path in folder.iterdir() if path.suffix in (".xml", ".zip"))

    judged = {name: describe((folder / name).read_bytes(), name, folder.parent / "xsd") for name in names}

    assert [name for name in names if (d := judged[name]) is None or not d.sound] == ["atr-ko-2.2.xml"]


def test_our_own_package_is_sound_and_described(shared: Path) -> None:
    data = build_sip(transfer()).data

    description = describe(data, "ARCH-2026-0001.zip", shared / "norms" / "seda" / "xsd")

    assert description is not None
    assert description.problems == []
    assert ("Identifiant du transfert", "ARCH-2026-0001") in description.facts
    assert ("Objets", "4") in description.facts


def _tar_gz(data: bytes) -> bytes:
    buffer = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(data))
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name in source.namelist():
            info = tarfile.TarInfo(f"./{name}")
            info.size = len(source.read(name))
            archive.addfile(info, io.BytesIO(source.read(name)))
    return buffer.getvalue()


def test_a_tar_of_the_same_files_is_judged_the_same() -> None:
    data = _tar_gz(build_sip(transfer()).data)

    description = describe(data, "sip.tar.gz")

    assert description is not None
    assert (description.sound, description.facts[0]) == (True, ("Conteneur", "TAR.GZ"))


def test_a_damaged_object_is_found() -> None:
    data = build_sip(transfer()).data.replace(b"annex", b"ANNEX")

    description = describe(data, "sip.zip")

    assert description is not None
    assert any("illisible" in problem or "empreinte" in problem for problem in description.problems)


def test_a_truncated_package_is_said_damaged() -> None:
    data = build_sip(transfer()).data[:-300]

    description = describe(data, "sip.zip")

    assert description is not None
    assert description.problems == ["Le paquet est endommagé : il ne s’ouvre pas."]


def test_entities_are_never_expanded() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY x "xxxxxxxx"><!ENTITY y "&x;&x;">]><ArchiveTransfer>&y;</ArchiveTransfer>'

    description = describe(bomb, "bombe.xml")

    assert description is not None
    assert "DOCTYPE" in description.problems[0]


def test_a_compressed_bomb_stops_at_the_budget() -> None:
    bomb = gzip.compress(b"\0" * (257 << 20), compresslevel=1)

    description = describe(bomb, "bombe.tar.gz")

    assert description is None


def test_a_zip_that_announces_too_much_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("manifest.xml", "<ArchiveTransfer/>")
        archive.writestr("content/a.txt", "a")
    data = bytearray(buffer.getvalue())
    at = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1) + 24
    data[at : at + 4] = (2**31).to_bytes(4, "little")

    description = describe(bytes(data), "bombe.zip")

    assert description is not None
    assert "dépasse 1 Go" in description.problems[0]


def test_a_link_in_a_tar_is_not_followed() -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        link = tarfile.TarInfo("manifest.xml")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)

    description = describe(buffer.getvalue(), "sip.tar")

    assert description is None


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.7", b"<html/>", b"<a", b"PK\x03\x04", b"\x1f\x8b\x08", b"BZh9", b"\x00" * 600, b"<\xff\xfe\x00"],
)
def test_what_is_not_of_the_archive_is_left_to_others(data: bytes) -> None:
    assert describe(data, "fichier") is None


def test_an_office_document_is_not_taken_for_a_package() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")

    assert describe(buffer.getvalue(), "rapport.odt") is None
