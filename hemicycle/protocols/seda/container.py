"""Opening a package someone sent: ZIP, TAR, TAR.GZ or TAR.BZ2, in memory, within budgets, regular files only."""

from __future__ import annotations

import bz2
import hashlib
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import IO, Final

#: Most bytes a package may hold once opened. The SAE advises less than 1 GB for one package.
BUDGET: Final = 1 << 30
#: Most bytes of a compressed TAR held in memory.
TAR_BUDGET: Final = 256 << 20
#: Most files.
MEMBERS: Final = 100_000
#: Bytes of an object that are looked at to recognise its format.
SEEN: Final = 64 << 20
_CHUNK: Final = 1 << 20
#: Everything the standard library is known to raise on a damaged archive.
BROKEN: Final = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    OSError,
    EOFError,
    RuntimeError,
    NotImplementedError,
    ValueError,
    LookupError,
    ArithmeticError,
    struct.error,
    lzma.LZMAError,
)


class NotAPackage(ValueError):
    """The bytes are not a package that may be opened; str() is the sentence to show."""


@dataclass(frozen=True, kw_only=True)
class Package:
    """The regular files of an opened package, read on demand."""

    #: "ZIP", "TAR", "TAR.GZ", "TAR.BZ2".
    kind: str
    #: Size in bytes once opened, by path, in the order of the package.
    sizes: Mapping[str, int]
    folders: frozenset[str]
    repeated: tuple[str, ...]
    opener: Callable[[str], IO[bytes]]

    def read(self, name: str, budget: int = SEEN) -> bytes:
        """The first bytes of a file. Raises NotAPackage when the file is damaged or encrypted."""
        try:
            with self.opener(name) as stream:
                return stream.read(budget)
        except BROKEN as error:
            raise NotAPackage(f"Le fichier « {name} » du paquet est illisible ou chiffré.") from error

    def digest(self, name: str, algorithm: str) -> str:
        """Hexadecimal digest of a file, computed as it streams by. Raises NotAPackage when it is damaged."""
        computed = hashlib.new(algorithm, usedforsecurity=False)
        try:
            with self.opener(name) as stream:
                while chunk := stream.read(_CHUNK):
                    computed.update(chunk)
        except BROKEN as error:
            raise NotAPackage(f"Le fichier « {name} » du paquet est illisible ou chiffré.") from error
        return computed.hexdigest()


def open_package(data: bytes) -> Package:
    """The package in these bytes. Raises NotAPackage: wrong type, damaged, or larger than the budgets."""
    try:
        if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
            return _open_zip(data)
        if data[:2] == b"\x1f\x8b":
            return _open_tar("TAR.GZ", _inflate(data, zlib.decompressobj(wbits=31)))
        if data[:3] == b"BZh":
            return _open_tar("TAR.BZ2", _inflate(data, bz2.BZ2Decompressor()))
        if data[257:262] == b"ustar":
            return _open_tar("TAR", data)
    except BROKEN as error:
        if isinstance(error, NotAPackage):
            raise
        raise NotAPackage("Le paquet est endommagé : il ne s’ouvre pas.") from error
    raise NotAPackage("Le fichier n’est ni un ZIP, ni un TAR, ni un TAR compressé.")


def _open_zip(data: bytes) -> Package:
    archive = zipfile.ZipFile(io.BytesIO(data))
    infos = [info for info in archive.infolist() if not info.is_dir()]
    # Symbolic links are regular entries for zipfile; only their mode tells.
    if any((info.external_attr >> 16) & 0o170000 == 0o120000 for info in infos):
        raise NotAPackage("Le paquet contient un lien symbolique, qui n’y a pas sa place.")
    folders = frozenset(i.filename.rstrip("/") for i in archive.infolist() if i.is_dir())
    by_name = {info.filename: info for info in infos}
    return _package(
        "ZIP",
        [(info.filename, info.file_size) for info in infos],
        folders,
        lambda name: archive.open(by_name[name]),
    )


def _open_tar(kind: str, data: bytes) -> Package:
    archive = tarfile.open(fileobj=io.BytesIO(data), mode="r:")  # noqa: SIM115 (the package reads it later)
    infos = archive.getmembers()
    if any(not (info.isreg() or info.isdir()) for info in infos):
        raise NotAPackage("Le paquet contient un lien ou un fichier spécial, qui n’y a pas sa place.")
    by_name = {_flat(info.name): info for info in infos if info.isreg()}

    def opener(name: str) -> IO[bytes]:
        stream = archive.extractfile(by_name[name])
        if stream is None:
            raise OSError(name)
        return stream

    folders = frozenset(_flat(i.name) for i in infos if i.isdir() and _flat(i.name) not in ("", "."))
    return _package(kind, [(_flat(i.name), i.size) for i in infos if i.isreg()], folders, opener)


def _flat(name: str) -> str:
    return name.removeprefix("./")


def _package(
    kind: str, files: list[tuple[str, int]], folders: frozenset[str], opener: Callable[[str], IO[bytes]]
) -> Package:
    if len(files) > MEMBERS:
        raise NotAPackage(f"Le paquet contient plus de {MEMBERS} fichiers ; il est refusé.")
    if sum(size for _, size in files) > BUDGET:
        raise NotAPackage("Le paquet dépasse 1 Go une fois ouvert ; il est refusé.")
    sizes = dict(files)
    seen: set[str] = set()
    repeated = tuple(name for name, _ in files if name in seen or seen.add(name))  # type: ignore[func-returns-value]
    parents = {name.rsplit("/", 1)[0] for name in sizes if "/" in name}
    return Package(kind=kind, sizes=sizes, folders=frozenset(folders | parents), repeated=repeated, opener=opener)


def _inflate(data: bytes, decompressor: zlib._Decompress | bz2.BZ2Decompressor) -> bytes:
    """Decompress at most TAR_BUDGET bytes."""
    out = decompressor.decompress(data, TAR_BUDGET + 1)
    if len(out) > TAR_BUDGET:
        raise NotAPackage("Le paquet dépasse 256 Mo une fois décompressé ; il est refusé.")
    return out
