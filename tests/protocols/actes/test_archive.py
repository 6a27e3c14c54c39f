"""The tar.gz is read as what comes from a stranger."""

from __future__ import annotations

import gzip
import io
import tarfile

import pytest

from hemicycle.protocols.actes import Member, NotBuildable, TooLarge, Unreadable, read_archive, write_archive


def packed(*headers: tarfile.TarInfo) -> bytes:
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w") as tar:
        for header in headers:
            tar.addfile(header, io.BytesIO(bytes(header.size)))
    return gzip.compress(raw.getvalue())


def a_header(name: str, *, size: int = 3, kind: bytes = tarfile.REGTYPE) -> tarfile.TarInfo:
    header = tarfile.TarInfo(name)
    header.size, header.type = (size if kind == tarfile.REGTYPE else 0), kind
    header.linkname = "/etc/passwd" if kind != tarfile.REGTYPE else ""
    return header


def test_members_come_back_in_their_order() -> None:
    members = (Member(name="b.xml", data=b"1"), Member(name="a.xml", data=b""))

    assert read_archive(write_archive(members)) == members


@pytest.mark.parametrize("name", ["../a.xml", "/a.xml", "d/a.xml", "..", "", "a\\b.xml", "a\nb.xml"])
def test_a_name_with_a_path_is_neither_written_nor_read(name: str) -> None:
    with pytest.raises(NotBuildable):
        write_archive([Member(name=name, data=b"")])
    if name:
        with pytest.raises(Unreadable):
            read_archive(packed(a_header(name)))


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE])
def test_only_regular_files_are_read(kind: bytes) -> None:
    with pytest.raises(Unreadable, match="ordinaire"):
        read_archive(packed(a_header("a.xml", kind=kind)))


def test_two_files_of_one_name_are_refused() -> None:
    with pytest.raises(Unreadable, match="deux fois"):
        read_archive(packed(a_header("a.xml"), a_header("a.xml")))


def test_a_bomb_stops_at_the_budget() -> None:
    bomb = packed(a_header("a.xml", size=5_000_000))
    assert len(bomb) < 20_000

    with pytest.raises(TooLarge, match="décompressée"):
        read_archive(bomb, inflated_limit=1_000_000)


def test_an_archive_over_the_limit_is_refused_before_it_is_opened() -> None:
    with pytest.raises(TooLarge, match="Mio"):
        read_archive(b"\x1f\x8b" + bytes(2_000), limit=1_000)


@pytest.mark.parametrize("cut", [0, 5, 40, -1, -9])
def test_a_truncated_archive_is_refused(cut: int) -> None:
    whole = write_archive([Member(name="a.xml", data=bytes(range(256)) * 10)])

    with pytest.raises(Unreadable):
        read_archive(whole[:cut])


def test_a_damaged_archive_is_refused() -> None:
    whole = bytearray(write_archive([Member(name="a.xml", data=bytes(range(256)) * 10)]))
    whole[len(whole) // 2] ^= 0xFF

    with pytest.raises(Unreadable):
        read_archive(bytes(whole))
