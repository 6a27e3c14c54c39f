"""`hemicycle serve`: one command, everything running, the addresses printed."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import secrets
import socket
import sys
from pathlib import Path

from hemicycle.serving.children import Children

#: Ports of the demonstration's outside world, next to the site's.
#: Whose seal the copies of the demonstration bear.
ORGANISATION = "Département de l’Ormelle"
PORTS = {"prefecture": 1, "archive": 2, "authority": 3, "mail": 4, "smtp": 5}
#: Password of every account of the demonstration: printed at the start, known to all, for trial only.
PASSWORD = "ormelle-demonstration"  # noqa: S105


def serve(*, host: str, port: int, data: Path | None, demonstration: bool, dossiers: bool = True) -> int:
    """Start the site and stay until it is stopped. Returns the exit code.

    `dossiers`: whether the demonstration opens with its dossiers, or with its people only.
    """
    folder = (data or Path(os.environ.get("HEMICYCLE_DATA") or "var")).expanduser().resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        sys.stderr.write(f"Le dossier {folder} ne peut pas être créé ; choisissez-en un autre avec --data.\n")
        return 1
    if not free(host, port):
        sys.stderr.write(f"Le port {port} est déjà pris ; choisissez-en un autre avec --port.\n")
        return 1
    _settings(folder, host, port)
    with contextlib.ExitStack() as stack:
        if demonstration:
            _demonstration(stack, folder, port, dossiers=dossiers)
        else:
            _tables()
        children = stack.enter_context(Children(log=folder / "logs"))
        children.start("site", web_command(host, port))
        children.start("coursiers", [sys.executable, "-m", "django", "run_couriers"])
        _say(f"\nHémicycle est ouvert : http://{host}:{port}/   (Ctrl-C pour arrêter)")
        return children.watch()


def web_command(host: str, port: int) -> list[str]:
    """granian, WSGI, its threads set (stack.md): the same application object runs under any other server."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "hemicycle.config.wsgi:application"),
        *("--host", host, "--port", str(port), "--workers", os.environ.get("HEMICYCLE_WEB_WORKERS", "2")),
        *("--blocking-threads", "2", "--no-ws", "--log-level", "warning"),
    ]


def free(host: str, port: int) -> bool:
    """Whether the port can be listened on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def _settings(folder: Path, host: str, port: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hemicycle.config.settings.base")
    os.environ["HEMICYCLE_DATA"] = str(folder)
    os.environ.setdefault("HEMICYCLE_SITE_URL", f"http://{host}:{port}")
    if not os.environ.get("HEMICYCLE_SECRET_KEY") and not os.environ.get("HEMICYCLE_SECRET_KEY_FILE"):
        place = folder / "secret_key"
        if not place.exists():
            place.write_text(secrets.token_urlsafe(64), encoding="utf-8")
            place.chmod(0o600)
        os.environ["HEMICYCLE_SECRET_KEY_FILE"] = str(place)


def _tables() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, skip_checks=True)


def _demonstration(stack: contextlib.ExitStack, folder: Path, port: int, *, dossiers: bool) -> None:
    """The simulators, the fictional département and, if wanted, its dossiers."""
    from hemicycle.demonstration.troupe import on_stage

    ports = {name: port + step for name, step in PORTS.items()}
    if not all(free("127.0.0.1", p) for p in ports.values()):
        ports = {}
    _say("Les simulateurs démarrent (préfecture, archive, certification, courrier)…")
    troupe = stack.enter_context(on_stage(folder, ports=ports))
    troupe.enrol_seal(ORGANISATION)
    os.environ.update(troupe.environment())
    _say("La base est préparée…")
    _tables()

    from hemicycle.couriers.world import World
    from hemicycle.demonstration.cast import accounts_table
    from hemicycle.demonstration.departement import build
    from hemicycle.demonstration.enrolment import enrol_all
    from hemicycle.demonstration.seeding import seed

    now = dt.datetime.now(dt.UTC)
    build(on=now.date(), password=PASSWORD)
    enrol_all(troupe, on=now.date())
    if dossiers:
        seed(now=now, world=World.from_settings(), say=_say)
    table = accounts_table(on=now.date())
    os.environ["HEMICYCLE_DEMONSTRATION_ACCOUNTS"] = json.dumps(table, ensure_ascii=False)
    os.environ["HEMICYCLE_DEMONSTRATION_PASSWORD"] = PASSWORD
    _show(table, {name: troupe.url(name) for name in ("prefecture", "archive", "authority", "mail")})


def _show(table: list[tuple[str, str, str]], urls: dict[str, str]) -> None:
    _say("\nComptes de démonstration (mot de passe de tous : " + PASSWORD + ")")
    for role, name, email in table:
        _say(f"  {role:<36} {name:<26} {email}")
    _say("\nSystèmes extérieurs simulés")
    labels = {
        "prefecture": "TdT et préfecture",
        "archive": "Archive (SAE)",
        "authority": "Certification et horodatage",
        "mail": "Courrier reçu",
    }
    for name, url in urls.items():
        _say(f"  {labels[name]:<36} {url}/")


def _say(sentence: str) -> None:
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()
