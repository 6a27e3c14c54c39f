"""The folder that a journey leaves: it appears whole, in one rename, or not at all."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from pathlib import Path

#: What a journey writes at the top of its folder.
WRITTEN = frozenset(
    {
        "journey.json",
        "dossier",
        "sitting",
        "act",
        "transmission",
        "distribution",
        "publication",
        "archive",
        "journal",
    }
)


class OutRefused(Exception):
    """The folder to write in is not free; str() is one French sentence."""


def check_free(out: Path) -> None:
    """Raises OutRefused unless `out` can be written: absent, empty, or holding an earlier journey and nothing else."""
    place = out.resolve()
    if place.exists() and not place.is_dir():
        raise OutRefused(f"{out} est un fichier ; donnez un dossier à --out.")
    held = {entry.name for entry in place.iterdir()} if place.is_dir() else set()
    if held and ("journey.json" not in held or held - WRITTEN):
        raise OutRefused(f"Le dossier {out} contient autre chose qu’un parcours ; donnez un dossier vide à --out.")
    above = next(folder for folder in place.parents if folder.exists())
    try:
        # Tried, not asked: rights do not tell a disk that only reads.
        tempfile.TemporaryDirectory(prefix=f".{place.name}-", dir=above).cleanup()
    except OSError as error:
        raise OutRefused(f"On ne peut pas écrire dans {above} ; donnez un autre dossier à --out.") from error


def hand_over(written: Path, out: Path) -> None:
    """Put the finished folder in the place of `out`. Raises OutRefused; `out` is then as it was."""
    place = out.resolve()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
    except OSError as error:
        raise _unwritable(out) from error
    try:
        # Another disk than the temporary one: copied beside first, so that the last step is a rename.
        shutil.move(str(written), str(beside / "new"))
        if place.exists():
            place.rename(beside / "old")
        (beside / "new").rename(place)
    except OSError as error:
        raise _unwritable(out) from error
    finally:
        if (beside / "old").exists() and not place.exists():
            with contextlib.suppress(OSError):
                (beside / "old").rename(place)
        shutil.rmtree(beside, ignore_errors=True)


def _unwritable(out: Path) -> OutRefused:
    return OutRefused(f"Le dossier {out} ne peut pas être écrit ; vérifiez les droits et la place sur le disque.")
