"""`python -m bench [SIZE]`: every measure, in an installation of its own; `python -m bench followup SIZE`: one family;
`python -m bench signatures COUNT`, `python -m bench sending COUNT`: so many acts.

The installation is a temporary folder with SQLite, or, with `--postgres`, a database made for the occasion in the
cluster of HEMICYCLE_DATABASE_URL (`.ci/with-postgres .venv/bin/python -m bench followup 100000 --postgres`).
"""

from __future__ import annotations

import argparse
import os
import secrets
import tempfile
from pathlib import Path

FAMILIES = ("actions", "signatures", "sending", "followup")


def main() -> None:
    reading = argparse.ArgumentParser(prog="python -m bench")
    reading.add_argument("families", nargs="*", default=[], help=f"{', '.join(FAMILIES)}, a number")
    reading.add_argument("--postgres", action="store_true")
    reading.add_argument("--keep", type=Path, help="a folder to seed once and measure again")
    asked = reading.parse_args()
    sizes = [int(word) for word in asked.families if word.isdigit()]
    families = [word for word in asked.families if word in FAMILIES] or list(FAMILIES)
    with tempfile.TemporaryDirectory(prefix="hemicycle-bench-") as name:
        _installed(asked.keep or Path(name), postgres=asked.postgres)
        if "actions" in families:
            _actions(Path(name))
        if "signatures" in families:
            from bench import signatures

            signatures.run(sizes[0] if sizes and families == ["signatures"] else 150)
        if "sending" in families:
            from bench import sending

            sending.run(sizes[0] if sizes and families == ["sending"] else 150)
        if "followup" in families:
            from bench import followup

            followup.run(sizes[0] if sizes else 2000)


def _installed(folder: Path, *, postgres: bool) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    url = os.environ["HEMICYCLE_DATABASE_URL"] if postgres else f"sqlite:///{folder / 'hemicycle.sqlite3'}"
    os.environ.update(
        {
            "DJANGO_SETTINGS_MODULE": "hemicycle.config.settings.base",
            "HEMICYCLE_DATA": str(folder),
            "HEMICYCLE_BLOBS": str(folder / "blobs"),
            "HEMICYCLE_DATABASE_URL": _made_for_this(url) if postgres else url,
            "HEMICYCLE_SECRET_KEY": secrets.token_urlsafe(48),
        }
    )
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, skip_checks=True)


def _made_for_this(url: str) -> str:
    """A new database of that cluster."""
    import psycopg

    cluster, name = url.rpartition("/")[0], f"bench_{secrets.token_hex(4)}"
    with psycopg.connect(f"{cluster}/postgres".replace("postgres://", "postgresql://"), autocommit=True) as base:
        base.execute(f"CREATE DATABASE {name}")
    return f"{cluster}/{name}"


def _actions(folder: Path) -> None:
    from bench import acts, documents, store

    print(f"{'measure':<52}{'ours':>12}{'limit':>12}{'ratio':>9}   what the limit is")
    for module in (acts, store, documents):
        for line in module.measures(folder):
            ratio = line.ours / line.limit
            print(f"{line.name:<52}{line.ours:>9.2f} ms{line.limit:>9.2f} ms{ratio:>8.1f}×   {line.what}")


if __name__ == "__main__":
    main()
