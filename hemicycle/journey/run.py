"""One journey from start to end, in an installation of its own that is thrown away."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import secrets
import shutil
import sys
import tempfile
from pathlib import Path

from hemicycle.journey.affair import AffairRefused, read_affair


class OutRefused(Exception):
    """The folder to write in is not free; str() is one French sentence."""


def play(affair_folder: Path, out: Path) -> int:
    """Play the affair and write its artefacts in `out`. Returns 0 when the dossier ends archived.

    Everything is played and written beside first: `out` appears whole or not at all.
    """
    from hemicycle.demonstration.troupe import NotReady, on_stage

    try:
        affair = read_affair(affair_folder)
        _check_free(out)
        with tempfile.TemporaryDirectory(prefix="hemicycle-journey-") as name:
            folder = Path(name)
            start = affair.sitting - dt.timedelta(days=45)
            signing = (affair.sitting + dt.timedelta(days=1)).replace(hour=9, minute=0)
            with on_stage(folder, now=signing, delay=0.5) as troupe:
                _settle(folder, troupe.environment())
                from hemicycle.journey.stages import perform

                written = perform(affair, troupe, folder, start=start, signing=signing)
                _hand_over(written, out)
    except (AffairRefused, OutRefused, NotReady) as refusal:
        return _refused(str(refusal))
    except Exception as failure:
        sentence = _sentence_of(failure)
        if sentence is None:
            raise
        return _refused(sentence)
    sys.stdout.write(f"Le dossier est archivé ; tout est dans {out}.\n")
    return 0


def _refused(sentence: str) -> int:
    sys.stderr.write(sentence + "\n")
    return 1


def _sentence_of(failure: Exception) -> str | None:
    """The sentence of a refusal of the house; None for a defect, which must show as one."""
    from hemicycle.dossier.refusals import ActionRefused
    from hemicycle.journey.after import JourneyStopped

    return str(failure) if isinstance(failure, ActionRefused | JourneyStopped) else None


def _check_free(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise OutRefused(f"{out} est un fichier ; donnez un dossier à --out.")
    if out.is_dir() and any(out.iterdir()) and not (out / "journey.json").exists():
        raise OutRefused(f"Le dossier {out} contient autre chose qu’un parcours ; donnez un dossier vide à --out.")


def _hand_over(written: Path, out: Path) -> None:
    """Put the finished folder in its place, in one rename where the disk allows."""
    out.parent.mkdir(parents=True, exist_ok=True)
    if out.exists():
        shutil.rmtree(out)
    shutil.move(str(written), str(out))


def _settle(folder: Path, addresses: dict[str, str]) -> None:
    """A fresh installation in the folder: settings, embedded database, tables."""
    os.environ.update(addresses)
    os.environ.update(
        {
            "DJANGO_SETTINGS_MODULE": "hemicycle.config.settings.base",
            "HEMICYCLE_DATA": str(folder),
            "HEMICYCLE_BLOBS": str(folder / "blobs"),
            "HEMICYCLE_DATABASE_URL": f"sqlite:///{folder / 'hemicycle.sqlite3'}",
            "HEMICYCLE_SECRET_KEY": secrets.token_urlsafe(48),
            "HEMICYCLE_HTTPS": "0",
        }
    )
    import django
    from django.core.management import call_command

    django.setup()
    with contextlib.redirect_stdout(sys.stderr):
        call_command("migrate", verbosity=0, skip_checks=True)
