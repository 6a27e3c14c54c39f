"""One journey from start to end, in an installation of its own that is thrown away."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import secrets
import signal
import sys
import tempfile
import traceback
from pathlib import Path

from hemicycle.journey.affair import AffairRefused, read_affair
from hemicycle.journey.delivery import OutRefused, check_free, hand_over

#: What the caller's environment may say to a journey; every other setting of an installation is left out of it.
KEPT = ("HEMICYCLE_ACTES_XSD", "HEMICYCLE_SEDA_XSD", "HEMICYCLE_LOG")


def play(affair_folder: Path, out: Path) -> int:
    """Play the affair and write its artefacts in `out`. Returns 0 when the dossier ends archived.

    Everything is played and written beside first: `out` appears whole or not at all. Stopped by a signal, the
    journey stops its simulators too.
    """
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stopped)
    try:
        _play(affair_folder, out)
    except Exception as failure:
        sys.stderr.write(_one_line(_sentence_of(failure)) + "\n")
        return 1
    sys.stdout.write(f"Le dossier est archivé ; tout est dans {out}.\n")
    return 0


def _play(affair_folder: Path, out: Path) -> None:
    from hemicycle.demonstration.troupe import on_stage
    from hemicycle.journey.rehearsal import rehearse

    affair = read_affair(affair_folder)
    check_free(out)
    rehearse(affair)
    _forget_other_installations()
    with tempfile.TemporaryDirectory(prefix="hemicycle-journey-") as name:
        folder = Path(name)
        start = affair.sitting - dt.timedelta(days=45)
        signing = (affair.sitting + dt.timedelta(days=1)).replace(hour=9, minute=0)
        with on_stage(folder, now=signing, delay=0.5) as troupe:
            _settle(folder, troupe.environment())
            from hemicycle.journey.stages import perform

            written = perform(affair, troupe, folder, start=start, signing=signing)
        hand_over(written, out)


def _stopped(number: int, _frame: object) -> None:
    sys.exit(128 + number)


def _one_line(sentence: str) -> str:
    return " ".join(sentence.split())


def _sentence_of(failure: Exception) -> str:
    """What to tell of a failure: its own sentence when it is a refusal; a defect leaves its trace in a file."""
    from hemicycle.demonstration.troupe import NotReady

    if isinstance(failure, AffairRefused | OutRefused | NotReady):
        return str(failure)
    if "hemicycle.journey.after" in sys.modules:
        from hemicycle.dossier.refusals import ActionRefused
        from hemicycle.journey.after import JourneyStopped

        if isinstance(failure, ActionRefused | JourneyStopped):
            return str(failure)
    if isinstance(failure, OSError) and failure.filename is not None:
        return f"Le fichier {failure.filename} ne se lit ou ne s’écrit pas ; vérifiez les droits et l’espace libre."
    with tempfile.NamedTemporaryFile("w", prefix="hemicycle-defaut-", suffix=".log", delete=False) as log:
        log.write("".join(traceback.format_exception(failure)))
    return (
        f"Le parcours s’est arrêté sur un défaut du logiciel ({type(failure).__name__}) ; "
        f"signalez-le avec le détail écrit dans {log.name}."
    )


def _forget_other_installations() -> None:
    """A journey runs on its own base and simulators, whatever installation the environment speaks of."""
    for name in [n for n in os.environ if n.startswith("HEMICYCLE_") and n not in KEPT]:
        del os.environ[name]


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
