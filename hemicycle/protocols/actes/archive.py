"""The flat tar.gz that travels (norm, sections 4 and 5)."""

from __future__ import annotations

import gzip
import io
import tarfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from .errors import NotBuildable, TooLarge, Unreadable
from .names import is_flat_name

#: Limit on the .tar.gz itself (S²LOW's constant, « 150 Mo » elsewhere).
MAX_ARCHIVE = 150 * 1024 * 1024
#: Limit on what it inflates to: documents hardly compress, so twice the archive leaves room and stops a bomb.
MAX_INFLATED = 2 * MAX_ARCHIVE
_MAX_MEMBERS = 1000


@dataclass(frozen=True, kw_only=True)
class Member:
    name: str
    data: bytes


def write_archive(members: Iterable[Member]) -> bytes:
    """Flat, in the order given, the same bytes for the same members. Raises NotBuildable, TooLarge."""
    packed = io.BytesIO()
    seen: set[str] = set()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for member in members:
            if not is_flat_name(member.name) or member.name in seen:
                raise NotBuildable(f"« {_shown(member.name)} » ne peut pas être un nom de fichier de l’archive.")
            seen.add(member.name)
            header = tarfile.TarInfo(member.name)
            header.size = len(member.data)
            header.mode = 0o644
            tar.addfile(header, io.BytesIO(member.data))
    # No name and no time in the gzip header, or two builds would differ.
    data = gzip.compress(packed.getvalue(), compresslevel=9, mtime=0)
    if len(data) > MAX_ARCHIVE:
        raise TooLarge(
            f"L’archive pèse {_mib(len(data))} Mio ; la limite est de {_mib(MAX_ARCHIVE)} Mio. "
            "Allégez ou retirez des annexes."
        )
    return data


def read_archive(data: bytes, *, limit: int = MAX_ARCHIVE, inflated_limit: int = MAX_INFLATED) -> tuple[Member, ...]:
    """Every file of the archive, read as a stream and counted while it inflates.

    Regular files of flat, distinct names only. Raises TooLarge, Unreadable.
    """
    if len(data) > limit:
        raise TooLarge(f"L’archive pèse {_mib(len(data))} Mio, plus que les {_mib(limit)} Mio admis.")
    source = _Budget(gzip.GzipFile(fileobj=io.BytesIO(data)), inflated_limit)
    members: list[Member] = []
    try:
        with tarfile.open(fileobj=source, mode="r|") as tar:
            for header in tar:
                members.append(_read(tar, header, members))
        # The checksum of gzip stands at its very end.
        while source.read(65536):
            pass
    except (tarfile.TarError, OSError, EOFError, zlib.error, ValueError) as error:
        if isinstance(error, TooLarge | Unreadable):
            raise
        raise Unreadable("L’archive est illisible : ce n’est pas un tar.gz complet.") from None
    if not members:
        raise Unreadable("L’archive est vide.")
    return tuple(members)


def _read(tar: tarfile.TarFile, header: tarfile.TarInfo, before: list[Member]) -> Member:
    if not header.isreg():
        raise Unreadable(f"L’archive contient « {_shown(header.name)} », qui n’est pas un fichier ordinaire.")
    if not is_flat_name(header.name):
        raise Unreadable(f"L’archive contient « {_shown(header.name)} », dont le nom sort du dossier.")
    if any(member.name == header.name for member in before):
        raise Unreadable(f"L’archive contient deux fois « {_shown(header.name)} ».")
    if len(before) >= _MAX_MEMBERS:
        raise Unreadable(f"L’archive contient plus de {_MAX_MEMBERS} fichiers.")
    stream = tar.extractfile(header)
    content = stream.read() if stream else b""
    if len(content) != header.size:
        raise Unreadable(f"L’archive est tronquée dans « {_shown(header.name)} ».")
    return Member(name=header.name, data=content)


def _shown(name: str) -> str:
    """Names come from anyone: nothing in them may disturb the sentence they are quoted in."""
    return "".join(character if character.isprintable() else "?" for character in name[:120])


def _mib(size: int) -> int:
    return -(-size // (1024 * 1024))


class _Budget(io.RawIOBase):
    """A reader that stops inflating as soon as the budget is spent."""

    def __init__(self, source: gzip.GzipFile, budget: int) -> None:
        self._source = source
        self._budget = self._left = budget

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        chunk = self._source.read(min(size, self._left + 1) if size >= 0 else self._left + 1)
        self._left -= len(chunk)
        if self._left < 0:
            raise TooLarge(f"L’archive dépasse {_mib(self._budget)} Mio une fois décompressée : elle est refusée.")
        return chunk
